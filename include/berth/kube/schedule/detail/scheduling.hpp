#pragma once

/// \file
/// What a scheduler can be asked for, whatever it decides by.

#include <berth/core/step.hpp>
#include <berth/core/time.hpp>
#include <berth/kube/schedule/scheduler_counters.hpp>

#include <string>

namespace berth::kube::detail {

/// See `scheduler`, whose members call these.
class scheduling {
public:
    scheduling() = default;
    scheduling(scheduling const&) = delete;
    auto operator=(scheduling const&) -> scheduling& = delete;
    virtual ~scheduling() = default;

    virtual auto step(time_point now) -> wake = 0;
    virtual auto on_wake(waker w) -> void = 0;
    [[nodiscard]] virtual auto counters() const -> scheduler_counters = 0;
    virtual auto allow(std::string const& uid) -> bool = 0;
    virtual auto deny(std::string const& uid, std::string why) -> bool = 0;
    virtual auto go_on(std::string const& uid) -> bool = 0;
    virtual auto again(std::string const& uid) -> void = 0;
};

} // namespace berth::kube::detail
