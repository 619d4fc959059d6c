#pragma once

/// \file
/// RoleBindings: who may do what in a namespace (rbac.authorization.k8s.io/v1 of Kubernetes 1.36).

#include <berth/kube/rbac/subject.hpp>

namespace berth::kube {

/// Gives a role in a namespace to some.
struct role_binding {
    static constexpr object::resource_name resource{
        "rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings", "rolebinding", true};

    object::meta metadata;
    object::list<subject> subjects;
    kube::role_ref role_ref;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(role_binding, "io.k8s.api.rbac.v1.RoleBinding", (metadata, .always = true, .number = 1),
                   (subjects, .topology = object::merge_topology::atomic, .number = 2),
                   (role_ref, .required = true, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/rbac/role_binding/type.ipp>
#endif
