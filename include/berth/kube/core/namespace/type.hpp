#pragma once

/// \file
/// Namespaces (core/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// What keeps a namespace from going away.
struct namespace_spec {
    std::vector<std::string> finalizers;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(namespace_spec, "io.k8s.api.core.v1.NamespaceSpec",
                   (finalizers, .topology = object::merge_topology::atomic, .number = 1))
};

/// A named observation of a namespace.
struct namespace_condition {
    std::string type;
    std::string status;
    object::timestamp last_transition_time;
    std::string reason;
    std::string message;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(namespace_condition, "io.k8s.api.core.v1.NamespaceCondition",
                   (type, .required = true, .always = true, .number = 1),
                   (status, .required = true, .always = true, .number = 2),
                   (last_transition_time, .always = true, .number = 4), (reason, .number = 5),
                   (message, .number = 6))
};

/// Whether a namespace is in use or going away.
struct namespace_status {
    std::string phase;
    object::list<namespace_condition> conditions;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(namespace_status, "io.k8s.api.core.v1.NamespaceStatus",
                   (phase, .values = "Active,Terminating", .fallback = "\"Active\"", .number = 1),
                   (conditions, .merge_key = "type", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "type", .number = 2))
};

/// A scope for names.
struct namespace_ {
    static constexpr object::resource_name resource{"", "v1", "Namespace", "namespaces", "namespace", false};

    object::meta metadata;
    namespace_spec spec;
    namespace_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(namespace_, "io.k8s.api.core.v1.Namespace", (metadata, .always = true, .number = 1),
                   (spec, .always = true, .number = 2), (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/namespace/type.ipp>
#endif
