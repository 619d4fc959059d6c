#pragma once

/// \file
/// Cordons.

#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/tolerations.hpp>
#include <berth/schedule/filter.hpp>

namespace berth::kube::plugins {

/// A cordoned node takes only pods that tolerate it (kubernetes 1.36, `nodeunschedulable`).
inline constexpr auto node_unschedulable =
    schedule::filter<"NodeUnschedulable", schedule::reads<facets::cordoned>>(
        [](pod_info const& p, node_info const& n) -> schedule::verdict {
            if (!n.value->spec.unschedulable) return schedule::accept;
            auto cordoned = taint{};
            cordoned.key = "node.kubernetes.io/unschedulable";
            cordoned.effect = "NoSchedule";
            if (tolerates(p.spec().tolerations, cordoned)) return schedule::accept;
            return schedule::rule_out("node(s) were unschedulable");
        });

} // namespace berth::kube::plugins
