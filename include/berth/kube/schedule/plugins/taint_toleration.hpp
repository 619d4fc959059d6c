#pragma once

/// \file
/// Taints: which nodes do not want a pod, and which would rather not have it.

#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/plugins/normalize.hpp>
#include <berth/kube/schedule/tolerations.hpp>
#include <berth/schedule/filter.hpp>
#include <berth/schedule/score.hpp>

#include <string_view>
#include <vector>

namespace berth::kube::plugins {

/// Taints keep pods off that do not tolerate them.
struct required_tolerations {
    static constexpr std::string_view name = "TaintToleration";
    using reads = schedule::reads<facets::taints>;

    auto operator()(pod_info const& p, node_info const& n) const -> schedule::verdict {
        if (untolerated(n.value->spec.taints, p.spec().tolerations) == nullptr) return schedule::accept;
        return schedule::rule_out("node(s) had untolerated taint(s)");
    }
    /// The pod tolerates them; that of a cordon goes with it.
    [[nodiscard]] auto remedies(pod_info const& p, node_info const& n) const -> std::vector<remedy>;
};

/// Taints keep pods off that do not tolerate them (kubernetes 1.36, `tainttoleration`).
inline constexpr auto taint_toleration = schedule::filter<required_tolerations>({});

/// The fewer taints of the kind that only advises a pod does not tolerate, the better.
inline constexpr auto taint_toleration_score =
    schedule::score<"TaintToleration", schedule::reads<facets::taints>>(
        [](pod_info const& p, node_info const& n) -> schedule::points {
            auto count = 0;
            for (auto const& t : n.value->spec.taints)
                if (t.effect == "PreferNoSchedule" && !tolerates(p.spec().tolerations, t)) ++count;
            return count;
        },
        by_greatest_cost{});

} // namespace berth::kube::plugins
