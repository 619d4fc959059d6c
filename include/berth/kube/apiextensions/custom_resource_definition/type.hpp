#pragma once

/// \file
/// CustomResourceDefinitions: kinds that users add (apiextensions.k8s.io/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>

#include <optional>
#include <string>
#include <vector>

namespace berth::kube {

/// What a kind is called.
struct custom_resource_names {
    std::string plural;
    std::string singular;
    std::vector<std::string> short_names;
    std::string kind;
    std::string list_kind;
    std::vector<std::string> categories;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(custom_resource_names,
                   "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames",
                   (plural, .required = true, .always = true, .number = 1), (singular, .number = 2),
                   (short_names, .topology = object::merge_topology::atomic, .number = 3),
                   (kind, .required = true, .always = true, .number = 4), (list_kind, .number = 5),
                   (categories, .topology = object::merge_topology::atomic, .number = 6))
};

/// The schema of a version's objects.
struct custom_resource_validation {
    /// A `JSONSchemaProps`, its unknown members dropped (`json_schema.hpp`).
    object::boxed<object::raw_json> open_api_v3_schema;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(custom_resource_validation,
                   "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation",
                   (open_api_v3_schema, .json = "openAPIV3Schema"))
};

/// That objects have a status of their own.
struct custom_resource_status {
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(custom_resource_status,
                   "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus")
};

/// Where in an object its replicas are: simple JSON paths.
struct custom_resource_scale {
    std::string spec_replicas_path;
    std::string status_replicas_path;
    object::boxed<std::string> label_selector_path;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(custom_resource_scale,
                   "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale",
                   (spec_replicas_path, .required = true, .always = true, .number = 1),
                   (status_replicas_path, .required = true, .always = true, .number = 2),
                   (label_selector_path, .number = 3))
};

struct custom_resource_subresources {
    object::boxed<custom_resource_status> status;
    object::boxed<custom_resource_scale> scale;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(custom_resource_subresources,
                   "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources",
                   (status, .number = 1), (scale, .number = 2))
};

/// A column of the table that shows objects.
struct custom_resource_column {
    std::string name;
    std::string type;
    std::string format;
    std::string description;
    std::int32_t priority = 0;
    std::string json_path;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(custom_resource_column,
                   "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition",
                   (name, .required = true, .always = true, .number = 1),
                   (type, .required = true, .always = true, .number = 2), (format, .number = 3),
                   (description, .number = 4), (priority, .number = 5),
                   (json_path, .required = true, .always = true, .number = 6))
};

/// A field that field selectors may name.
struct selectable_field {
    std::string json_path;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(selectable_field,
                   "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField",
                   (json_path, .required = true, .always = true, .number = 1))
};

/// A version of a kind.
struct custom_resource_version {
    std::string name;
    bool served = false;
    bool storage = false;
    bool deprecated = false;
    object::boxed<std::string> deprecation_warning;
    object::boxed<custom_resource_validation> schema;
    object::boxed<custom_resource_subresources> subresources;
    object::list<custom_resource_column> additional_printer_columns;
    object::list<selectable_field> selectable_fields;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(custom_resource_version,
                   "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion",
                   (name, .required = true, .always = true, .number = 1),
                   (served, .required = true, .always = true, .number = 2),
                   (storage, .required = true, .always = true, .number = 3), (deprecated, .number = 7),
                   (deprecation_warning, .number = 8), (schema, .number = 4), (subresources, .number = 5),
                   (additional_printer_columns, .topology = object::merge_topology::atomic, .number = 6),
                   (selectable_fields, .topology = object::merge_topology::atomic, .number = 9))
};

struct custom_resource_service_reference {
    std::string namespace_;
    std::string name;
    object::boxed<std::string> path;
    std::optional<std::int32_t> port;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(custom_resource_service_reference,
                   "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference",
                   (namespace_, .required = true, .always = true, .number = 1),
                   (name, .required = true, .always = true, .number = 2), (path, .number = 3),
                   (port, .number = 4))
};

struct custom_resource_webhook_client {
    object::boxed<std::string> url;
    object::boxed<custom_resource_service_reference> service;
    std::string ca_bundle; ///< in base64
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(custom_resource_webhook_client,
                   "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig",
                   (url, .number = 3), (service, .number = 1), (ca_bundle, .json = "caBundle", .number = 2))
};

struct custom_resource_webhook {
    object::boxed<custom_resource_webhook_client> client_config;
    std::vector<std::string> conversion_review_versions;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(custom_resource_webhook,
                   "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion",
                   (client_config, .number = 2),
                   (conversion_review_versions, .required = true, .always = true,
                    .topology = object::merge_topology::atomic, .number = 3))
};

/// How objects become those of another version.
struct custom_resource_conversion {
    std::string strategy;
    object::boxed<custom_resource_webhook> webhook;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(custom_resource_conversion,
                   "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion",
                   (strategy, .required = true, .always = true, .number = 1), (webhook, .number = 2))
};

struct custom_resource_definition_spec {
    std::string group;
    custom_resource_names names;
    std::string scope; ///< `Namespaced`, `Cluster`
    object::list<custom_resource_version> versions;
    object::boxed<custom_resource_conversion> conversion;
    bool preserve_unknown_fields = false;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(custom_resource_definition_spec,
                   "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec",
                   (group, .required = true, .always = true, .number = 1),
                   (names, .required = true, .always = true, .number = 3),
                   (scope, .required = true, .always = true, .number = 4),
                   (versions, .required = true, .always = true, .topology = object::merge_topology::atomic,
                    .number = 7),
                   (conversion, .number = 9), (preserve_unknown_fields, .number = 10))
};

struct custom_resource_definition_condition {
    std::string type;
    std::string status;
    object::timestamp last_transition_time;
    std::string reason;
    std::string message;
    std::optional<std::int64_t> observed_generation;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(
        custom_resource_definition_condition,
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition",
        (type, .required = true, .always = true, .number = 1),
        (status, .required = true, .always = true, .number = 2),
        (last_transition_time, .always = true, .number = 3), (reason, .number = 4), (message, .number = 5),
        (observed_generation, .number = 6))
};

struct custom_resource_definition_status {
    object::list<custom_resource_definition_condition> conditions;
    custom_resource_names accepted_names;
    std::vector<std::string> stored_versions; ///< in which objects were ever stored
    std::int64_t observed_generation = 0;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(custom_resource_definition_status,
                   "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus",
                   (conditions, .always = true, .topology = object::merge_topology::map, .list_keys = "type",
                    .number = 1),
                   (accepted_names, .always = true, .number = 2),
                   (stored_versions, .always = true, .topology = object::merge_topology::atomic, .number = 3),
                   (observed_generation, .number = 4))
};

/// A kind that users add.
struct custom_resource_definition {
    static constexpr object::resource_name resource{"apiextensions.k8s.io",     "v1",
                                                    "CustomResourceDefinition", "customresourcedefinitions",
                                                    "customresourcedefinition", false};

    object::meta metadata;
    custom_resource_definition_spec spec;
    custom_resource_definition_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(custom_resource_definition,
                   "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition",
                   (metadata, .always = true), (spec, .required = true, .always = true),
                   (status, .always = true)) // no numbers: a schema kept as JSON has no protobuf
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/type.ipp>
#endif
