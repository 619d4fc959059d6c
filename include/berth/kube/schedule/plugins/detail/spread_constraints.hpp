#pragma once

/// \file
/// Which spreading a pod asks for, or is asked of it.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/object/selector.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube::plugins {

/// What is asked of pods that ask for no spreading themselves, but are selected by a service or belong to a
/// replica set: those select the pods that are counted.
struct default_spreading {
    /// By host (skew 3) and by zone (skew 5), as a preference only. Else `constraints`.
    bool by_system = true;
    std::span<topology_spread_constraint const> constraints{}; ///< without selectors; must outlive this
};

namespace detail {

/// A constraint, ready to be matched.
struct spread {
    std::int64_t max_skew = 1;
    std::string key;
    object::selector selects;
    std::int64_t min_domains = 1;
    bool honors_affinity = true;
    bool honors_taints = false;
};
using spreads = std::vector<spread>;

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

} // namespace detail
} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/detail/spread_constraints.ipp>
#endif
