#pragma once

/// \file
/// What a role lets do (rbac.authorization.k8s.io/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// Some verbs on some resources, or on some paths that are no resources.
struct policy_rule {
    std::vector<std::string> verbs;
    std::vector<std::string> api_groups;
    std::vector<std::string> resources;
    std::vector<std::string> resource_names; ///< none: all
    std::vector<std::string> non_resource_urls;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(policy_rule, "io.k8s.api.rbac.v1.PolicyRule",
                   (verbs, .required = true, .always = true, .topology = object::merge_topology::atomic,
                    .number = 1),
                   (api_groups, .topology = object::merge_topology::atomic, .number = 2),
                   (resources, .topology = object::merge_topology::atomic, .number = 3),
                   (resource_names, .topology = object::merge_topology::atomic, .number = 4),
                   (non_resource_urls, .json = "nonResourceURLs", .topology = object::merge_topology::atomic,
                    .number = 5))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/rbac/policy_rule.ipp>
#endif
