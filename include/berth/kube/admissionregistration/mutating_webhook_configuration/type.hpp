#pragma once

/// \file
/// Webhooks that may change what is written (admissionregistration.k8s.io/v1 of Kubernetes 1.36).

#include <berth/kube/admissionregistration/webhook.hpp>

namespace berth::kube {

/// A webhook that may change or refuse.
struct mutating_webhook {
    std::string name;
    webhook_client_config client_config;
    object::list<rule_with_operations> rules;
    object::boxed<std::string> failure_policy;
    object::boxed<std::string> match_policy;
    object::boxed<object::label_selector> namespace_selector;
    object::boxed<object::label_selector> object_selector;
    object::boxed<std::string> side_effects;
    std::optional<std::int32_t> timeout_seconds;
    std::vector<std::string> admission_review_versions;
    object::boxed<std::string>
        reinvocation_policy; ///< whether it is asked again when others have changed something
    object::list<match_condition> match_conditions;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(mutating_webhook, "io.k8s.api.admissionregistration.v1.MutatingWebhook",
                   (name, .required = true, .always = true, .number = 1),
                   (client_config, .required = true, .always = true, .number = 2),
                   (rules, .topology = object::merge_topology::atomic, .number = 3),
                   (failure_policy, .quiet = true, .values = "Fail,Ignore", .fallback = "\"Fail\"",
                    .number = 4),
                   (match_policy, .quiet = true, .values = "Equivalent,Exact", .fallback = "\"Equivalent\"",
                    .number = 9),
                   (namespace_selector, .number = 5), (object_selector, .number = 11),
                   (side_effects, .required = true, .always = true, .quiet = true,
                    .values = "None,NoneOnDryRun", .number = 6),
                   (timeout_seconds, .fallback = "10", .number = 7),
                   (admission_review_versions, .required = true, .always = true,
                    .topology = object::merge_topology::atomic, .number = 8),
                   (reinvocation_policy, .quiet = true, .values = "IfNeeded,Never", .fallback = "\"Never\"",
                    .number = 10),
                   (match_conditions, .merge_key = "name", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "name", .number = 12))
};

/// Webhooks that may change what is written.
struct mutating_webhook_configuration {
    static constexpr object::resource_name resource{
        "admissionregistration.k8s.io", "v1", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations",
        "mutatingwebhookconfiguration", false};

    object::meta metadata;
    object::list<mutating_webhook> webhooks;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(mutating_webhook_configuration,
                   "io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration",
                   (metadata, .always = true, .number = 1),
                   (webhooks, .merge_key = "name", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "name", .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/admissionregistration/mutating_webhook_configuration/type.ipp>
#endif
