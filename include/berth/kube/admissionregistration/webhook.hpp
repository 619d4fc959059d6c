#pragma once

/// \file
/// What webhooks of admission have in common (admissionregistration.k8s.io/v1 of Kubernetes 1.36).

#include <berth/object/label_selector.hpp>
#include <berth/object/scalars.hpp>

namespace berth::kube {

/// A service that answers.
struct webhook_service_reference {
    std::string namespace_;
    std::string name;
    object::boxed<std::string> path;
    std::optional<std::int32_t> port;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(webhook_service_reference, "io.k8s.api.admissionregistration.v1.ServiceReference",
                   (namespace_, .required = true, .always = true, .number = 1),
                   (name, .required = true, .always = true, .number = 2), (path, .number = 3),
                   (port, .fallback = "443", .number = 4))
};

/// Where a webhook is called.
struct webhook_client_config {
    object::boxed<std::string> url;
    object::boxed<webhook_service_reference> service;
    object::bytes ca_bundle;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(webhook_client_config, "io.k8s.api.admissionregistration.v1.WebhookClientConfig",
                   (url, .number = 3), (service, .number = 1), (ca_bundle, .json = "caBundle", .number = 2))
};

/// Which requests a webhook is asked about.
struct rule_with_operations {
    std::vector<std::string> operations;
    std::vector<std::string> api_groups;
    std::vector<std::string> api_versions;
    std::vector<std::string> resources;
    object::boxed<std::string> scope;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(rule_with_operations, "io.k8s.api.admissionregistration.v1.RuleWithOperations",
                   (operations, .quiet = true, .topology = object::merge_topology::atomic,
                    .values = "*,CONNECT,CREATE,DELETE,UPDATE", .number = 1),
                   (api_groups, .topology = object::merge_topology::atomic, .number = 2001),
                   (api_versions, .topology = object::merge_topology::atomic, .number = 2002),
                   (resources, .topology = object::merge_topology::atomic, .number = 2003),
                   (scope, .quiet = true, .values = "*,Cluster,Namespaced", .fallback = "\"*\"",
                    .number = 2004))
};

/// A condition on the request, in CEL.
struct match_condition {
    std::string name;
    std::string expression;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(match_condition, "io.k8s.api.admissionregistration.v1.MatchCondition",
                   (name, .required = true, .always = true, .number = 1),
                   (expression, .required = true, .always = true, .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/admissionregistration/webhook.ipp>
#endif
