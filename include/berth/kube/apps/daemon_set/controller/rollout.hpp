#pragma once

/// \file
/// Which pods of a daemon set are replaced next in a rolling update, and on which nodes new ones start beside
/// old ones (kubernetes 1.36, `pkg/controller/daemon/update.go`, `rollingUpdate`). Pure functions of what is
/// on each node.

#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/reconcile/table.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace berth::kube {

/// How many nodes may have a pod too many, or none that is available.
struct daemon_bounds {
    std::int64_t surge = 0;
    std::int64_t unavailable = 0;

    friend auto operator==(daemon_bounds const&, daemon_bounds const&) -> bool = default;
};

/// The bounds of a set that wants pods on so many nodes: percentages round up; if both are none, one may be
/// unavailable.
[[nodiscard]] BERTH_DECL auto bounds_of(daemon_set const& set, std::int64_t wanted) -> daemon_bounds;

/// Whether new pods start beside old ones.
[[nodiscard]] BERTH_DECL auto allows_surge(daemon_set const& set) -> bool;

/// A node during a rolling update, with those of its pods that are not on their way out.
struct daemon_node {
    std::string_view name;
    bool run = false;           ///< the set wants a pod there
    reconcile::seen<pod> fresh; ///< the one of the present template
    reconcile::seen<pod> old;
    bool crowded = false; ///< there are several of one sort, which is none of the update's business
    bool fresh_available = false;
    bool old_available = false;
};

/// What to do next.
struct daemon_rollout {
    std::vector<reconcile::seen<pod>> remove;
    std::vector<std::string_view> create; ///< the nodes that get a pod
};

/// Replaces old pods: those that are not available, and of the others as many as may be missing.
[[nodiscard]] BERTH_DECL auto replace_in_turn(std::vector<daemon_node> const& nodes, std::int64_t unavailable)
    -> daemon_rollout;

/// Starts new pods beside old ones, which go once these are available. Where the set wants no pod any more,
/// available ones stay until there are more than `wanted`.
[[nodiscard]] BERTH_DECL auto surge_in_turn(std::vector<daemon_node> const& nodes, std::int64_t surge,
                                            std::int64_t wanted) -> daemon_rollout;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/daemon_set/controller/rollout.ipp>
#endif
