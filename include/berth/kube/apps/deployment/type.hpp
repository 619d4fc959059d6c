#pragma once

/// \file
/// Deployments: equal pods, and how they change (apps/v1 of Kubernetes 1.36).

#include <berth/kube/core/pod/spec.hpp>
#include <berth/object/int_or_string.hpp>

namespace berth::kube {

/// How far the number of pods may be off during a change.
struct rolling_update_deployment {
    std::optional<object::int_or_string> max_unavailable;
    std::optional<object::int_or_string> max_surge;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(rolling_update_deployment, "io.k8s.api.apps.v1.RollingUpdateDeployment",
                   (max_unavailable, .number = 1), (max_surge, .number = 2))
};

/// How old pods are replaced by new ones.
struct deployment_strategy {
    std::string type;
    object::boxed<rolling_update_deployment> rolling_update;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(deployment_strategy, "io.k8s.api.apps.v1.DeploymentStrategy",
                   (type, .values = "Recreate,RollingUpdate", .fallback = "\"RollingUpdate\"", .number = 1),
                   (rolling_update, .number = 2))
};

/// How many pods there are to be, which, and how they change.
struct deployment_spec {
    std::optional<std::int32_t> replicas;
    object::boxed<object::label_selector> selector;
    pod_template_spec template_;
    deployment_strategy strategy;
    std::int32_t min_ready_seconds = 0;
    std::optional<std::int32_t> revision_history_limit;
    bool paused = false;
    std::optional<std::int32_t> progress_deadline_seconds;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(deployment_spec, "io.k8s.api.apps.v1.DeploymentSpec",
                   (replicas, .fallback = "1", .minimum = 0, .number = 1),
                   (selector, .required = true, .always = true, .immutable = true, .number = 2),
                   (template_, .required = true, .always = true, .number = 3),
                   (strategy, .always = true, .patch = object::patch_strategy::retain_keys, .number = 4),
                   (min_ready_seconds, .minimum = 0, .number = 5),
                   (revision_history_limit, .fallback = "10", .minimum = 0, .number = 6),
                   (paused, .number = 7),
                   (progress_deadline_seconds, .fallback = "600", .minimum = 0, .number = 9))
};

/// A named observation of a deployment.
struct deployment_condition {
    std::string type;
    std::string status;
    object::timestamp last_update_time;
    object::timestamp last_transition_time;
    std::string reason;
    std::string message;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(deployment_condition, "io.k8s.api.apps.v1.DeploymentCondition",
                   (type, .required = true, .always = true, .number = 1),
                   (status, .required = true, .always = true, .number = 2),
                   (last_update_time, .always = true, .number = 6),
                   (last_transition_time, .always = true, .number = 7), (reason, .number = 4),
                   (message, .number = 5))
};

/// How far a deployment has come.
struct deployment_status {
    std::int64_t observed_generation = 0;
    std::int32_t replicas = 0;
    std::int32_t updated_replicas = 0;
    std::int32_t ready_replicas = 0;
    std::int32_t available_replicas = 0;
    std::int32_t unavailable_replicas = 0;
    std::optional<std::int32_t> terminating_replicas;
    object::list<deployment_condition> conditions;
    std::optional<std::int32_t> collision_count;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(deployment_status, "io.k8s.api.apps.v1.DeploymentStatus",
                   (observed_generation, .minimum = 0, .number = 1), (replicas, .minimum = 0, .number = 2),
                   (updated_replicas, .minimum = 0, .number = 3), (ready_replicas, .minimum = 0, .number = 7),
                   (available_replicas, .minimum = 0, .number = 4),
                   (unavailable_replicas, .minimum = 0, .number = 5),
                   (terminating_replicas, .minimum = 0, .number = 9),
                   (conditions, .merge_key = "type", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "type", .number = 6),
                   (collision_count, .minimum = 0, .number = 8))
};

/// Equal pods, and how they change.
struct deployment {
    static constexpr object::resource_name resource{"apps",        "v1",         "Deployment",
                                                    "deployments", "deployment", true};

    object::meta metadata;
    deployment_spec spec;
    deployment_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(deployment, "io.k8s.api.apps.v1.Deployment", (metadata, .always = true, .number = 1),
                   (spec, .always = true, .number = 2), (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/deployment/type.ipp>
#endif
