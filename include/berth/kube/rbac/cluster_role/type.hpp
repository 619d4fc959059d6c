#pragma once

/// \file
/// Roles of the cluster (rbac.authorization.k8s.io/v1 of Kubernetes 1.36).

#include <berth/kube/rbac/policy_rule.hpp>
#include <berth/object/label_selector.hpp>

namespace berth::kube {

/// Roles whose rules are also those of this role.
struct aggregation_rule {
    object::list<object::label_selector> cluster_role_selectors;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(aggregation_rule, "io.k8s.api.rbac.v1.AggregationRule",
                   (cluster_role_selectors, .topology = object::merge_topology::atomic, .number = 1))
};

/// What may be done in the cluster, or in a namespace where it is bound.
struct cluster_role {
    static constexpr object::resource_name resource{
        "rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", "clusterrole", false};

    object::meta metadata;
    object::list<policy_rule> rules;
    object::boxed<kube::aggregation_rule> aggregation_rule;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(cluster_role, "io.k8s.api.rbac.v1.ClusterRole", (metadata, .always = true, .number = 1),
                   (rules, .always = true, .topology = object::merge_topology::atomic, .number = 2),
                   (aggregation_rule, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/rbac/cluster_role/type.ipp>
#endif
