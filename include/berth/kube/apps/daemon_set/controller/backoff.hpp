#pragma once

/// \file
/// How long to wait before a daemon's failed pod is replaced again on the same node (kubernetes 1.36,
/// `client-go/util/flowcontrol`, `Backoff`).

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace berth::kube {

/// The waits of one set by node. Each failure doubles a node's wait, from a second to a quarter of an hour;
/// half an hour without one and it is forgotten.
class failure_backoff {
public:
    /// How much longer a node has to wait; nothing if it does not.
    [[nodiscard]] auto left(std::string const& node, time_point now) const -> std::optional<duration>;
    /// Counts a failure.
    auto add(std::string const& node, time_point now) -> void;
    /// Forgets what is long ago.
    auto forget(time_point now) -> void;

    friend auto operator==(failure_backoff const&, failure_backoff const&) -> bool = default;

private:
    struct wait {
        duration length;
        time_point since;
        friend auto operator==(wait const&, wait const&) -> bool = default;
    };

    std::map<std::string, wait> by_node_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/daemon_set/controller/backoff.ipp>
#endif
