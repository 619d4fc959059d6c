#pragma once

/// \file
/// Checks of bindings of pods to nodes (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/kube/core/binding/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube {

/// Checks a binding of a pod to a node.
inline auto validate(binding const& b, api::field_errors& errors) -> void {
    auto const target = api::field_path("target");
    if (!b.target.kind.empty() && b.target.kind != "Node")
        errors.not_supported(target.child("kind"), b.target.kind, {"Node", "<empty>"});
    if (b.target.name.empty()) errors.required(target.child("name"));
}

} // namespace berth::kube
