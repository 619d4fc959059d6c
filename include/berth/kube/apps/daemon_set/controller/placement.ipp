#pragma once

/// \file
/// The bodies of `berth/kube/apps/daemon_set/controller/placement.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/annotated_number.hpp>
#include <berth/kube/apps/controller_revision/history.hpp>
#include <berth/kube/apps/daemon_set/controller/placement.hpp>
#include <berth/kube/control/pod_steps.hpp>
#include <berth/kube/schedule/node_selection.hpp>
#include <berth/kube/schedule/tolerations.hpp>
#include <berth/reconcile/ownership.hpp>

#include <algorithm>
#include <utility>

namespace berth::kube::detail {

inline auto add_toleration(pod_spec& spec, std::string_view key, std::string_view effect) -> void {
    auto wanted = toleration{};
    wanted.key = key;
    wanted.operator_ = "Exists";
    wanted.effect = effect;
    auto found = false;
    for (auto& t : spec.tolerations) {
        if (t.key != wanted.key || t.effect != wanted.effect || t.operator_ != wanted.operator_ ||
            !t.value.empty())
            continue;
        t = wanted;
        found = true;
    }
    if (!found) spec.tolerations.push_back(std::move(wanted));
}

/// Affinity to one node, by its name.
inline auto pin_to(pod_spec& spec, std::string_view node) -> void {
    auto by_name = node_selector_requirement{};
    by_name.key = "metadata.name";
    by_name.operator_ = "In";
    by_name.values.emplace_back(node);
    auto term = node_selector_term{};
    term.match_fields.push_back(std::move(by_name));
    auto& required = spec.affinity.engage()
                         .node_affinity.engage()
                         .required_during_scheduling_ignored_during_execution.engage();
    required.node_selector_terms.clear();
    required.node_selector_terms.push_back(std::move(term));
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto annotated_generation(daemon_set const& set) -> std::optional<std::int64_t> {
    return annotated_number(set.metadata, template_generation_annotation);
}

BERTH_DECL auto with_daemon_tolerations(pod_spec spec) -> pod_spec {
    detail::add_toleration(spec, "node.kubernetes.io/not-ready", "NoExecute");
    detail::add_toleration(spec, "node.kubernetes.io/unreachable", "NoExecute");
    detail::add_toleration(spec, "node.kubernetes.io/disk-pressure", "NoSchedule");
    detail::add_toleration(spec, "node.kubernetes.io/memory-pressure", "NoSchedule");
    detail::add_toleration(spec, "node.kubernetes.io/pid-pressure", "NoSchedule");
    detail::add_toleration(spec, "node.kubernetes.io/unschedulable", "NoSchedule");
    if (spec.host_network)
        detail::add_toleration(spec, "node.kubernetes.io/network-unavailable", "NoSchedule");
    return spec;
}

BERTH_DECL auto daemon_permission_on(node const& n, pod_spec const& spec) -> daemon_permission {
    auto const is_named = spec.node_name.empty() || spec.node_name == n.metadata.name;
    if (!is_named || !selects(spec, n)) return {};
    auto const& taints = n.spec.taints;
    if (untolerated(taints, spec.tolerations) == nullptr) return {.run = true, .stay = true};
    auto const driven_away = std::any_of(taints.begin(), taints.end(), [&](taint const& t) {
        return t.effect == "NoExecute" && !tolerates(spec.tolerations, t);
    });
    return {.run = false, .stay = !driven_away};
}

BERTH_DECL auto target_node(pod const& p) -> std::string_view {
    if (!p.spec.node_name.empty()) return p.spec.node_name;
    if (!p.spec.affinity || !p.spec.affinity->node_affinity) return {};
    auto const& required =
        p.spec.affinity->node_affinity->required_during_scheduling_ignored_during_execution;
    if (!required) return {};
    for (auto const& term : required->node_selector_terms)
        for (auto const& r : term.match_fields)
            if (r.key == "metadata.name" && r.operator_ == "In")
                return r.values.size() == 1 ? std::string_view(r.values.front()) : std::string_view();
    return {};
}

BERTH_DECL auto daemon_pod(daemon_set const& set, std::string_view node, std::string const& hash) -> pod {
    auto p = pod_like(set.spec.template_, set.metadata, reconcile::controlled_by(set));
    p.spec = with_daemon_tolerations(std::move(p.spec));
    detail::pin_to(p.spec, node);
    if (auto const generation = annotated_generation(set); generation)
        p.metadata.labels[template_generation_label] = std::to_string(*generation);
    p.metadata.labels[revision_hash_label] = hash;
    return p;
}

BERTH_DECL auto is_updated(daemon_set const& set, pod const& p, std::string_view hash) -> bool {
    auto const* const label = p.metadata.labels.find(revision_hash_label);
    if (label != nullptr && *label == hash) return true;
    auto const generation = annotated_generation(set);
    return generation && p.metadata.labels.get(template_generation_label) == std::to_string(*generation);
}

} // namespace berth::kube
