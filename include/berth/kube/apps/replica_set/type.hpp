#pragma once

/// \file
/// ReplicaSets: a number of equal pods (apps/v1 of Kubernetes 1.36).

#include <berth/kube/core/pod/spec.hpp>

namespace berth::kube {

/// How many pods there are to be, and which.
struct replica_set_spec {
    std::optional<std::int32_t> replicas;
    std::int32_t min_ready_seconds = 0;
    object::boxed<object::label_selector> selector;
    pod_template_spec template_;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(replica_set_spec, "io.k8s.api.apps.v1.ReplicaSetSpec",
                   (replicas, .fallback = "1", .minimum = 0, .number = 1),
                   (min_ready_seconds, .minimum = 0, .number = 4),
                   (selector, .required = true, .always = true, .immutable = true, .number = 2),
                   (template_, .always = true, .number = 3))
};

/// A named observation of a replica set.
struct replica_set_condition {
    std::string type;
    std::string status;
    object::timestamp last_transition_time;
    std::string reason;
    std::string message;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(replica_set_condition, "io.k8s.api.apps.v1.ReplicaSetCondition",
                   (type, .required = true, .always = true, .number = 1),
                   (status, .required = true, .always = true, .number = 2),
                   (last_transition_time, .always = true, .number = 3), (reason, .number = 4),
                   (message, .number = 5))
};

/// How many pods there are.
struct replica_set_status {
    std::int32_t replicas = 0;
    std::int32_t fully_labeled_replicas = 0;
    std::int32_t ready_replicas = 0;
    std::int32_t available_replicas = 0;
    std::optional<std::int32_t> terminating_replicas;
    std::int64_t observed_generation = 0;
    object::list<replica_set_condition> conditions;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(replica_set_status, "io.k8s.api.apps.v1.ReplicaSetStatus",
                   (replicas, .required = true, .always = true, .minimum = 0, .number = 1),
                   (fully_labeled_replicas, .minimum = 0, .number = 2),
                   (ready_replicas, .minimum = 0, .number = 4),
                   (available_replicas, .minimum = 0, .number = 5),
                   (terminating_replicas, .minimum = 0, .number = 7),
                   (observed_generation, .minimum = 0, .number = 3),
                   (conditions, .merge_key = "type", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "type", .number = 6))
};

/// A number of equal pods.
struct replica_set {
    static constexpr object::resource_name resource{"apps",        "v1",         "ReplicaSet",
                                                    "replicasets", "replicaset", true};

    object::meta metadata;
    replica_set_spec spec;
    replica_set_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(replica_set, "io.k8s.api.apps.v1.ReplicaSet", (metadata, .always = true, .number = 1),
                   (spec, .always = true, .number = 2), (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/replica_set/type.ipp>
#endif
