#pragma once

/// \file
/// Bodies of `pods.hpp`.

#include <berth/bench/pods.hpp>

#include <utility>

namespace berth::bench {

namespace detail {

BERTH_DECL auto of_color(char const* color) -> object::label_selector {
    auto s = object::label_selector();
    s.match_labels["color"] = color;
    return s;
}
BERTH_DECL auto preferring(kube::pod_affinity_term t) -> kube::weighted_pod_affinity_term {
    auto w = kube::weighted_pod_affinity_term();
    w.weight = 1;
    w.pod_affinity_term = std::move(t);
    return w;
}
/// The term by which a pod chooses its node.
BERTH_DECL auto required_term(kube::pod& p) -> kube::node_selector_term& {
    return p.spec.affinity.engage()
        .node_affinity.engage()
        .required_during_scheduling_ignored_during_execution.engage()
        .node_selector_terms.emplace_back();
}

} // namespace detail

BERTH_DECL auto make_node(std::int64_t i, node_size const& size) -> kube::node {
    auto n = kube::node();
    n.metadata.name = "node-" + std::to_string(i);
    n.metadata.labels[host_label] = n.metadata.name;
    if (size.zones > 0) n.metadata.labels[zone_label] = "zone-" + std::to_string(i % size.zones);
    n.status.allocatable["cpu"] = object::quantity::of(size.cpu);
    n.status.allocatable["memory"] = object::quantity::of(size.memory_gib << 30U);
    n.status.allocatable["pods"] = object::quantity::of(size.pods);
    if (size.foos > 0) n.status.allocatable["foo.com/bar"] = object::quantity::of(size.foos);
    return n;
}
BERTH_DECL auto make_pod(std::int64_t i, pod_size const& size) -> kube::pod {
    auto p = kube::pod();
    p.metadata.name = "pod-" + std::to_string(i);
    p.metadata.namespace_ = size.namespace_;
    p.metadata.uid = p.metadata.name;
    auto& c = p.spec.containers.emplace_back();
    c.name = "pause";
    c.image = "registry.k8s.io/pause:3.9";
    c.resources.requests["cpu"] = object::quantity::of_milli(size.cpu_milli);
    c.resources.requests["memory"] = object::quantity::of(size.memory_mib << 20U);
    return p;
}

BERTH_DECL auto important(std::int64_t i, std::int32_t priority, std::int64_t cpu_milli) -> kube::pod {
    auto p = make_pod(i, {.cpu_milli = cpu_milli});
    p.spec.priority = priority;
    return p;
}
BERTH_DECL auto colored(std::int64_t i, char const* color) -> kube::pod {
    auto p = make_pod(i);
    p.metadata.labels["color"] = color;
    return p;
}
BERTH_DECL auto company_of(char const* color, char const* key) -> kube::pod_affinity_term {
    auto t = kube::pod_affinity_term();
    t.label_selector = detail::of_color(color);
    t.topology_key = key;
    t.namespaces.push_back("sched-1");
    t.namespaces.push_back("sched-0");
    return t;
}
BERTH_DECL auto of_devops(kube::pod_affinity_term t) -> kube::pod_affinity_term {
    t.namespaces.clear();
    t.namespace_selector.engage().match_labels["team"] = "devops";
    return t;
}
BERTH_DECL auto apart(std::int64_t i, kube::pod_affinity_term t) -> kube::pod {
    auto p = colored(i, "green");
    p.spec.affinity.engage()
        .pod_anti_affinity.engage()
        .required_during_scheduling_ignored_during_execution.push_back(std::move(t));
    return p;
}
BERTH_DECL auto together(std::int64_t i, kube::pod_affinity_term t) -> kube::pod {
    auto p = colored(i, "blue");
    p.spec.affinity.engage()
        .pod_affinity.engage()
        .required_during_scheduling_ignored_during_execution.push_back(std::move(t));
    return p;
}
BERTH_DECL auto rather_together(std::int64_t i, kube::pod_affinity_term t) -> kube::pod {
    auto p = colored(i, "red");
    p.spec.affinity.engage()
        .pod_affinity.engage()
        .preferred_during_scheduling_ignored_during_execution.push_back(detail::preferring(std::move(t)));
    return p;
}
BERTH_DECL auto rather_apart(std::int64_t i, kube::pod_affinity_term t) -> kube::pod {
    auto p = colored(i, "yellow");
    p.spec.affinity.engage()
        .pod_anti_affinity.engage()
        .preferred_during_scheduling_ignored_during_execution.push_back(detail::preferring(std::move(t)));
    return p;
}
BERTH_DECL auto spread_over_zones(std::int64_t i, char const* when_unsatisfiable) -> kube::pod {
    auto p = colored(i, "blue");
    auto& c = p.spec.topology_spread_constraints.emplace_back();
    c.max_skew = 5;
    c.topology_key = zone_label;
    c.when_unsatisfiable = when_unsatisfiable;
    c.label_selector = detail::of_color("blue");
    return p;
}
BERTH_DECL auto in_two_zones(std::int64_t i) -> kube::pod {
    auto p = make_pod(i);
    auto& r = detail::required_term(p).match_expressions.emplace_back();
    r.key = zone_label;
    r.operator_ = "In";
    r.values.push_back("zone-0");
    r.values.push_back("zone-1");
    return p;
}
BERTH_DECL auto on_node(std::int64_t i, char const* name) -> kube::pod {
    auto p = make_pod(i);
    auto& r = detail::required_term(p).match_fields.emplace_back();
    r.key = "metadata.name";
    r.operator_ = "In";
    r.values.push_back(name);
    return p;
}
BERTH_DECL auto in_devops(kube::pod p) -> kube::pod {
    p.metadata.namespace_ = "devops-" + std::to_string(p.metadata.name.back() % 100);
    return p;
}

} // namespace berth::bench
