#pragma once

/// \file
/// Roles of a namespace (rbac.authorization.k8s.io/v1 of Kubernetes 1.36).

#include <berth/kube/rbac/policy_rule.hpp>

namespace berth::kube {

/// What may be done in a namespace.
struct role {
    static constexpr object::resource_name resource{
        "rbac.authorization.k8s.io", "v1", "Role", "roles", "role", true};

    object::meta metadata;
    object::list<policy_rule> rules;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(role, "io.k8s.api.rbac.v1.Role", (metadata, .always = true, .number = 1),
                   (rules, .always = true, .topology = object::merge_topology::atomic, .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/rbac/role/type.ipp>
#endif
