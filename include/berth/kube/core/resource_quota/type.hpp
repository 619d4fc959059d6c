#pragma once

/// \file
/// ResourceQuotas: what the objects of a namespace may use together (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/resources.hpp>

namespace berth::kube {

/// Objects of a sort: those whose scope has, or has not, one of some values.
struct scoped_resource_selector_requirement {
    std::string scope_name;
    std::string operator_;
    std::vector<std::string> values;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(scoped_resource_selector_requirement,
                   "io.k8s.api.core.v1.ScopedResourceSelectorRequirement",
                   (scope_name, .required = true, .always = true,
                    .values = "BestEffort,CrossNamespacePodAffinity,NotBestEffort,NotTerminating,"
                              "PriorityClass,Terminating,VolumeAttributesClass",
                    .number = 1),
                   (operator_, .required = true, .always = true, .values = "DoesNotExist,Exists,In,NotIn",
                    .number = 2),
                   (values, .topology = object::merge_topology::atomic, .number = 3))
};

/// Objects that are of all of these sorts.
struct scope_selector {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    object::list<scoped_resource_selector_requirement> match_expressions;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(scope_selector, "io.k8s.api.core.v1.ScopeSelector",
                   (match_expressions, .topology = object::merge_topology::atomic, .number = 1))
};

/// How much of what may be used, by which objects.
struct resource_quota_spec {
    resource_list hard;
    std::vector<std::string> scopes;
    object::boxed<kube::scope_selector> scope_selector;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(resource_quota_spec, "io.k8s.api.core.v1.ResourceQuotaSpec", (hard, .number = 1),
                   (scopes, .topology = object::merge_topology::atomic, .number = 2),
                   (scope_selector, .number = 3))
};

/// What is enforced, and what is used of it.
struct resource_quota_status {
    resource_list hard;
    resource_list used;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(resource_quota_status, "io.k8s.api.core.v1.ResourceQuotaStatus", (hard, .number = 1),
                   (used, .number = 2))
};

/// What the objects of a namespace may use together.
struct resource_quota {
    static constexpr object::resource_name resource{
        "", "v1", "ResourceQuota", "resourcequotas", "resourcequota", true};

    object::meta metadata;
    resource_quota_spec spec;
    resource_quota_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(resource_quota, "io.k8s.api.core.v1.ResourceQuota",
                   (metadata, .always = true, .number = 1), (spec, .always = true, .number = 2),
                   (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/resource_quota/type.ipp>
#endif
