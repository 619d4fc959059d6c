#pragma once

/// \file
/// Bindings: which node a pod runs on (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/reference.hpp>

namespace berth::kube {

/// Binds a pod to a node.
struct binding {
    static constexpr object::resource_name resource{"", "v1", "Binding", "bindings", "binding", true};

    object::meta metadata;
    object_reference target;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(binding, "io.k8s.api.core.v1.Binding", (metadata, .always = true, .number = 1),
                   (target, .required = true, .always = true, .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/binding/type.ipp>
#endif
