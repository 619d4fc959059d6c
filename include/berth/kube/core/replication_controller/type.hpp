#pragma once

/// \file
/// ReplicationControllers: a number of equal pods, as one said it before there were replica sets (core/v1 of
/// Kubernetes 1.36).

#include <berth/kube/core/pod/spec.hpp>

namespace berth::kube {

/// How many pods there are to be, and which.
struct replication_controller_spec {
    std::optional<std::int32_t> replicas;
    std::int32_t min_ready_seconds = 0;
    object::string_map selector; ///< labels that the pods have
    object::boxed<pod_template_spec> template_;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(replication_controller_spec, "io.k8s.api.core.v1.ReplicationControllerSpec",
                   (replicas, .fallback = "1", .minimum = 0, .number = 1),
                   (min_ready_seconds, .minimum = 0, .number = 4),
                   (selector, .topology = object::merge_topology::atomic, .number = 2),
                   (template_, .number = 3))
};

/// A named observation of a replication controller.
struct replication_controller_condition {
    std::string type;
    std::string status;
    object::timestamp last_transition_time;
    std::string reason;
    std::string message;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(replication_controller_condition, "io.k8s.api.core.v1.ReplicationControllerCondition",
                   (type, .required = true, .always = true, .number = 1),
                   (status, .required = true, .always = true, .number = 2),
                   (last_transition_time, .always = true, .number = 3), (reason, .number = 4),
                   (message, .number = 5))
};

/// How many pods there are.
struct replication_controller_status {
    std::int32_t replicas = 0;
    std::int32_t fully_labeled_replicas = 0;
    std::int32_t ready_replicas = 0;
    std::int32_t available_replicas = 0;
    std::int64_t observed_generation = 0;
    object::list<replication_controller_condition> conditions;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(replication_controller_status, "io.k8s.api.core.v1.ReplicationControllerStatus",
                   (replicas, .required = true, .always = true, .minimum = 0, .number = 1),
                   (fully_labeled_replicas, .minimum = 0, .number = 2),
                   (ready_replicas, .minimum = 0, .number = 4),
                   (available_replicas, .minimum = 0, .number = 5),
                   (observed_generation, .minimum = 0, .number = 3),
                   (conditions, .merge_key = "type", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "type", .number = 6))
};

/// A number of equal pods.
struct replication_controller {
    static constexpr object::resource_name resource{
        "", "v1", "ReplicationController", "replicationcontrollers", "replicationcontroller", true};

    object::meta metadata;
    replication_controller_spec spec;
    replication_controller_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(replication_controller, "io.k8s.api.core.v1.ReplicationController",
                   (metadata, .always = true, .number = 1), (spec, .always = true, .number = 2),
                   (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/replication_controller/type.ipp>
#endif
