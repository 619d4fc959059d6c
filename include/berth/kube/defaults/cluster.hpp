#pragma once

/// \file
/// What namespaces, nodes, secrets and priority classes are when their manifests do not say (Kubernetes 1.36,
/// `pkg/apis/core/v1/defaults.go`, `pkg/apis/scheduling/v1/defaults.go`).

#include <berth/kube/defaults/container.hpp>
#include <berth/kube/types/namespace.hpp>
#include <berth/kube/types/node.hpp>
#include <berth/kube/types/priority_class.hpp>
#include <berth/kube/types/secret.hpp>

namespace berth::kube {

/// Fills in a namespace: its name is one of its labels.
inline auto set_defaults(namespace_& n) -> void {
    if (!n.metadata.name.empty()) n.metadata.labels["kubernetes.io/metadata.name"] = n.metadata.name;
    detail::set_default(n.status.phase, "Active");
}

/// Fills in a node: what it has is what pods may have, unless it says otherwise.
inline auto set_defaults(node& n) -> void {
    detail::round_amounts(n.status.capacity);
    detail::round_amounts(n.status.allocatable);
    if (n.status.allocatable.empty()) n.status.allocatable = n.status.capacity;
    // The old field for one range and the new one for several agree; the old one wins.
    auto& one = n.spec.pod_cidr;
    auto& all = n.spec.pod_cidrs;
    if (one.empty() && !all.empty()) one = all.front();
    if (!one.empty() && (all.empty() || all.front() != one)) all = {one};
}

/// Fills in a secret: plain texts become data.
inline auto set_defaults(secret& s) -> void {
    for (auto& [key, text] : s.string_data) s.data[key] = object::bytes{std::move(text)};
    s.string_data.clear();
    detail::set_default(s.type, "Opaque");
}

/// Fills in a priority class: its pods preempt.
inline auto set_defaults(priority_class& p) -> void {
    if (!p.preemption_policy) p.preemption_policy = std::string("PreemptLowerPriority");
}

} // namespace berth::kube
