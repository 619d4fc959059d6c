#pragma once

/// \file
/// The filters of the first profile, with kube-scheduler's names, grades and reasons (kubernetes 1.36,
/// `pkg/scheduler/framework/plugins`).

#include <berth/core/config.hpp>
#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/node_selection.hpp>
#include <berth/kube/schedule/tolerations.hpp>
#include <berth/schedule/filter.hpp>

namespace berth::kube::plugins {

/// A cordoned node takes only pods that tolerate it.
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

/// A pod that names its node goes there or nowhere.
inline constexpr auto node_name = schedule::filter<"NodeName", schedule::reads<facets::name>>(
    [](pod_info const& p, node_info const& n) -> schedule::verdict {
        if (p.spec().node_name.empty() || p.spec().node_name == n.name()) return schedule::accept;
        return schedule::rule_out("node(s) didn't match the requested node name");
    });

/// Taints keep pods off that do not tolerate them.
inline constexpr auto taint_toleration = schedule::filter<"TaintToleration", schedule::reads<facets::taints>>(
    [](pod_info const& p, node_info const& n) -> schedule::verdict {
        if (untolerated(n.value->spec.taints, p.spec().tolerations) == nullptr) return schedule::accept;
        return schedule::rule_out("node(s) had untolerated taint(s)");
    });

/// Node selectors and required node affinity.
inline constexpr auto node_affinity =
    schedule::filter<"NodeAffinity", schedule::reads<facets::labels, facets::name>>(
        [](pod_info const& p, node_info const& n) -> schedule::verdict {
            if (selects(p.spec(), *n.value)) return schedule::accept;
            return schedule::rule_out("node(s) didn't match Pod's node affinity/selector");
        });

/// Two pods cannot have one port of the node.
inline constexpr auto node_ports = schedule::filter<"NodePorts", schedule::reads<&node_info::ports>>(
    [](pod_info const& p, node_info const& n) -> schedule::verdict {
        for (auto const& wanted : p.ports)
            for (auto const& taken : n.ports)
                if (wanted.clashes(taken))
                    return schedule::reject("node(s) didn't have free ports for the requested pod ports");
        return schedule::accept;
    });

namespace detail {

/// One resource: what is wanted, what there is at all, what is taken.
inline auto check(schedule::verdict& so_far, std::int64_t wanted, std::int64_t all, std::int64_t taken,
                  schedule::literal_reason reason) -> void {
    if (wanted > 0 && wanted > all - taken)
        so_far &= wanted > all ? schedule::rule_out(reason) : schedule::reject(reason);
}

BERTH_DECL auto fits(pod_info const& p, node_info const& n) -> schedule::verdict;

} // namespace detail

/// A node must have what the pod asks for left, and room for one more pod. Tells all that lacks.
inline constexpr auto node_resources_fit =
    schedule::filter<"NodeResourcesFit", schedule::reads<&node_info::allocatable, &node_info::requested,
                                                         &node_info::pod_limit, facets::pod_count>>(
        &detail::fits);

} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/filters.ipp>
#endif
