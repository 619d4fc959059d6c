#pragma once

/// \file
/// Which spreading a pod asks for, or is asked of it.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/pod_topology_spread.hpp>

#include <string_view>

namespace berth::kube::plugins::detail {

/// Those of a pod's constraints, or of the defaults, that are of this kind (`DoNotSchedule` or
/// `ScheduleAnyway`).
BERTH_DECL auto spreads_of(pod_info const& p, default_spreading const& defaults, std::string_view kind)
    -> spreads;

/// Whether a node has all keys.
BERTH_DECL auto has_keys(node const& n, spreads const& all) -> bool;

/// Whether the pods of a node count for a constraint of a pod.
BERTH_DECL auto counts_in(spread const& s, pod_info const& p, node const& n) -> bool;

/// How many pods of a node match; those on their way out do not count, and an empty selector has none.
BERTH_DECL auto matching_pods(spread const& s, pod_info const& p, node_info const& n) -> std::int64_t;

} // namespace berth::kube::plugins::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/detail/spread_constraints.ipp>
#endif
