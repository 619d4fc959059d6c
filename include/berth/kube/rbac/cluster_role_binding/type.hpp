#pragma once

/// \file
/// ClusterRoleBindings: who may do what everywhere (rbac.authorization.k8s.io/v1 of Kubernetes 1.36).

#include <berth/kube/rbac/subject.hpp>

namespace berth::kube {

/// Gives a role in the whole cluster to some.
struct cluster_role_binding {
    static constexpr object::resource_name resource{"rbac.authorization.k8s.io", "v1",
                                                    "ClusterRoleBinding",        "clusterrolebindings",
                                                    "clusterrolebinding",        false};

    object::meta metadata;
    object::list<subject> subjects;
    kube::role_ref role_ref;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(cluster_role_binding, "io.k8s.api.rbac.v1.ClusterRoleBinding",
                   (metadata, .always = true, .number = 1),
                   (subjects, .topology = object::merge_topology::atomic, .number = 2),
                   (role_ref, .required = true, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/rbac/cluster_role_binding/type.ipp>
#endif
