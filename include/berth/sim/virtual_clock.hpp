#pragma once

/// \file
/// A clock that stands still until it is told to go on.

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>

#include <atomic>
#include <memory>

namespace berth::sim {

/// Virtual time. Copies are handles on one and the same clock, so that it can be given to whatever takes a
/// clock.
class virtual_clock {
public:
    /// Begins at 2026-01-01T00:00:00Z, unless told otherwise: never near zero, where times would count as
    /// absent.
    explicit virtual_clock(time_point start = time_point::from_unix_seconds(1'767'225'600))
        : now_(std::make_shared<std::atomic<std::int64_t>>(start.nanoseconds)) {}

    [[nodiscard]] auto now() const -> time_point { return {now_->load()}; }

    /// Goes on to `t`; time never goes back.
    auto advance_to(time_point t) const -> void;
    auto advance(duration d) const -> void { advance_to(now() + d); }

private:
    std::shared_ptr<std::atomic<std::int64_t>> now_;
};
static_assert(time_source<virtual_clock>);

} // namespace berth::sim

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/sim/virtual_clock.ipp>
#endif
