#pragma once

/// \file
/// What a namespace is when its manifest does not say (Kubernetes 1.36, `pkg/apis/core/v1/defaults.go`).

#include <berth/kube/core/namespace/type.hpp>
#include <berth/object/defaults.hpp>

namespace berth::kube {

/// Fills in a namespace: its name is one of its labels.
inline auto set_defaults(namespace_& n) -> void {
    if (!n.metadata.name.empty()) n.metadata.labels["kubernetes.io/metadata.name"] = n.metadata.name;
    object::apply_defaults(n);
}

} // namespace berth::kube
