#pragma once

/// \file
/// Cordons.

#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/tolerations.hpp>
#include <berth/schedule/filter.hpp>

#include <string_view>
#include <vector>

namespace berth::kube::plugins {

/// A cordoned node takes only pods that tolerate it.
struct no_cordon {
    static constexpr std::string_view name = "NodeUnschedulable";
    using reads = schedule::reads<facets::cordoned>;

    auto operator()(pod_info const& p, node_info const& n) const -> schedule::verdict {
        if (!n.value->spec.unschedulable) return schedule::accept;
        auto cordoned = taint{};
        cordoned.key = "node.kubernetes.io/unschedulable";
        cordoned.effect = "NoSchedule";
        if (tolerates(p.spec().tolerations, cordoned)) return schedule::accept;
        return schedule::rule_out("node(s) were unschedulable");
    }
    /// The cordon goes.
    [[nodiscard]] auto remedies(pod_info const& p, node_info const& n) const -> std::vector<remedy>;
};

/// A cordoned node takes only pods that tolerate it (kubernetes 1.36, `nodeunschedulable`).
inline constexpr auto node_unschedulable = schedule::filter<no_cordon>({});

} // namespace berth::kube::plugins
