#pragma once

/// \file
/// StatefulSets: pods with names and storage of their own (apps/v1 of Kubernetes 1.36).

#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/core/pod/spec.hpp>
#include <berth/object/int_or_string.hpp>

namespace berth::kube {

/// How far a change of the pods goes.
struct rolling_update_stateful_set_strategy {
    std::optional<std::int32_t> partition; ///< pods with lower numbers stay as they are
    std::optional<object::int_or_string> max_unavailable;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(rolling_update_stateful_set_strategy,
                   "io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy",
                   (partition, .minimum = 0, .number = 1), (max_unavailable, .number = 2))
};

/// How old pods are replaced by new ones.
struct stateful_set_update_strategy {
    std::string type;
    object::boxed<rolling_update_stateful_set_strategy> rolling_update;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(stateful_set_update_strategy, "io.k8s.api.apps.v1.StatefulSetUpdateStrategy",
                   (type, .values = "OnDelete,RollingUpdate", .fallback = "\"RollingUpdate\"", .number = 1),
                   (rolling_update, .number = 2))
};

/// What becomes of the pods' claims when the set, or a pod of it, is not wanted any more.
struct stateful_set_persistent_volume_claim_retention_policy {
    std::string when_deleted;
    std::string when_scaled;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(stateful_set_persistent_volume_claim_retention_policy,
                   "io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy",
                   (when_deleted, .quiet = true, .values = "Retain,Delete", .fallback = "\"Retain\"",
                    .number = 1),
                   (when_scaled, .quiet = true, .values = "Retain,Delete", .fallback = "\"Retain\"",
                    .number = 2))
};

/// Where the numbers of the pods begin.
struct stateful_set_ordinals {
    std::int32_t start = 0;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(stateful_set_ordinals, "io.k8s.api.apps.v1.StatefulSetOrdinals",
                   (start, .always = true, .minimum = 0, .number = 1))
};

/// A claim that each pod gets one like: a claim inside an object, where it tells its kind as well.
struct embedded_persistent_volume_claim {
    std::string kind;
    std::string api_version;
    object::meta metadata;
    persistent_volume_claim_spec spec;
    persistent_volume_claim_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(embedded_persistent_volume_claim, "io.k8s.api.core.v1.PersistentVolumeClaim", (kind),
                   (api_version), (metadata, .always = true, .number = 1),
                   (spec, .always = true, .number = 2), (status, .always = true, .number = 3))
};

/// How many pods there are to be, which, with which storage, and how they change.
struct stateful_set_spec {
    std::optional<std::int32_t> replicas;
    object::boxed<object::label_selector> selector;
    pod_template_spec template_;
    object::list<embedded_persistent_volume_claim> volume_claim_templates;
    std::string service_name;
    std::string pod_management_policy;
    stateful_set_update_strategy update_strategy;
    std::optional<std::int32_t> revision_history_limit;
    std::int32_t min_ready_seconds = 0;
    object::boxed<stateful_set_persistent_volume_claim_retention_policy>
        persistent_volume_claim_retention_policy;
    object::boxed<stateful_set_ordinals> ordinals;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(stateful_set_spec, "io.k8s.api.apps.v1.StatefulSetSpec",
                   (replicas, .fallback = "1", .minimum = 0, .number = 1),
                   (selector, .required = true, .always = true, .number = 2),
                   (template_, .required = true, .always = true, .number = 3),
                   (volume_claim_templates, .topology = object::merge_topology::atomic, .number = 4),
                   (service_name, .always = true, .number = 5),
                   (pod_management_policy, .values = "OrderedReady,Parallel", .fallback = "\"OrderedReady\"",
                    .number = 6),
                   (update_strategy, .always = true, .number = 7),
                   (revision_history_limit, .fallback = "10", .number = 8),
                   (min_ready_seconds, .minimum = 0, .number = 9),
                   (persistent_volume_claim_retention_policy, .number = 10), (ordinals, .number = 11))
};

/// A named observation of a stateful set.
struct stateful_set_condition {
    std::string type;
    std::string status;
    object::timestamp last_transition_time;
    std::string reason;
    std::string message;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(stateful_set_condition, "io.k8s.api.apps.v1.StatefulSetCondition",
                   (type, .required = true, .always = true, .number = 1),
                   (status, .required = true, .always = true, .number = 2),
                   (last_transition_time, .always = true, .number = 3), (reason, .number = 4),
                   (message, .number = 5))
};

/// How many pods there are.
struct stateful_set_status {
    std::int64_t observed_generation = 0;
    std::int32_t replicas = 0;
    std::int32_t ready_replicas = 0;
    std::int32_t current_replicas = 0;
    std::int32_t updated_replicas = 0;
    std::string current_revision;
    std::string update_revision;
    std::optional<std::int32_t> collision_count;
    object::list<stateful_set_condition> conditions;
    std::int32_t available_replicas = 0;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(stateful_set_status, "io.k8s.api.apps.v1.StatefulSetStatus",
                   (observed_generation, .minimum = 0, .number = 1),
                   (replicas, .required = true, .always = true, .minimum = 0, .number = 2),
                   (ready_replicas, .minimum = 0, .number = 3), (current_replicas, .minimum = 0, .number = 4),
                   (updated_replicas, .minimum = 0, .number = 5), (current_revision, .number = 6),
                   (update_revision, .number = 7), (collision_count, .minimum = 0, .number = 9),
                   (conditions, .merge_key = "type", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "type", .number = 10),
                   (available_replicas, .always = true, .minimum = 0, .number = 11))
};

/// Pods with names and storage of their own.
struct stateful_set {
    static constexpr object::resource_name resource{"apps",         "v1",          "StatefulSet",
                                                    "statefulsets", "statefulset", true};

    object::meta metadata;
    stateful_set_spec spec;
    stateful_set_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(stateful_set, "io.k8s.api.apps.v1.StatefulSet", (metadata, .always = true, .number = 1),
                   (spec, .always = true, .number = 2), (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/stateful_set/type.ipp>
#endif
