#pragma once

/// \file
/// Taints: which nodes do not want a pod, and which would rather not have it.

#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/plugins/normalize.hpp>
#include <berth/kube/schedule/tolerations.hpp>
#include <berth/schedule/filter.hpp>
#include <berth/schedule/score.hpp>

namespace berth::kube::plugins {

/// Taints keep pods off that do not tolerate them (kubernetes 1.36, `tainttoleration`).
inline constexpr auto taint_toleration = schedule::filter<"TaintToleration", schedule::reads<facets::taints>>(
    [](pod_info const& p, node_info const& n) -> schedule::verdict {
        if (untolerated(n.value->spec.taints, p.spec().tolerations) == nullptr) return schedule::accept;
        return schedule::rule_out("node(s) had untolerated taint(s)");
    });

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
