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

/// Whether a pod counts for a constraint of a pod of namespace `space`: one on its way out does not, and none
/// does for an empty selector.
BERTH_DECL auto counts(spread const& s, std::string_view space, pod_info const& there) -> bool;

/// How many pods of a node match; those on their way out do not count, and an empty selector has none.
BERTH_DECL auto matching_pods(spread const& s, pod_info const& p, node_info const& n) -> std::int64_t;

/// Whether a domain with `in` matching pods may have this one too (`own`: 1 if it matches itself), where the
/// least of all `domains` has `least`.
[[nodiscard]] inline auto allows(spread const& s, std::int64_t in, std::int64_t own, std::int64_t least,
                                 std::int64_t domains) -> bool {
    return in + own - (domains < s.min_domains ? 0 : least) <= s.max_skew;
}

/// What `in` matching pods in its domain cost a node, where a key weighs so much.
[[nodiscard]] inline auto cost_of(spread const& s, std::int64_t in, double weight) -> double {
    return static_cast<double>(in) * weight + static_cast<double>(s.max_skew - 1);
}

/// The nearest whole number to what is not negative, halves up; `std::round` without a call.
[[nodiscard]] inline auto rounded(double x) -> double {
    auto const whole = static_cast<double>(static_cast<std::int64_t>(x));
    return x - whole >= 0.5 ? whole + 1 : whole;
}

} // namespace detail
} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/detail/spread_constraints.ipp>
#endif
