#pragma once

/// \file
/// DaemonSets: a pod on each node (apps/v1 of Kubernetes 1.36).

#include <berth/kube/core/pod/spec.hpp>
#include <berth/object/int_or_string.hpp>

#include <string_view>

namespace berth::kube {

/// The annotation of a daemon set that counts how often its template changed.
inline constexpr std::string_view template_generation_annotation = "deprecated.daemonset.template.generation";

/// How far the number of pods may be off during a change.
struct rolling_update_daemon_set {
    std::optional<object::int_or_string> max_unavailable;
    std::optional<object::int_or_string> max_surge;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(rolling_update_daemon_set, "io.k8s.api.apps.v1.RollingUpdateDaemonSet",
                   (max_unavailable, .number = 1), (max_surge, .number = 2))
};

/// How old pods are replaced by new ones.
struct daemon_set_update_strategy {
    std::string type;
    object::boxed<rolling_update_daemon_set> rolling_update;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(daemon_set_update_strategy, "io.k8s.api.apps.v1.DaemonSetUpdateStrategy",
                   (type, .values = "RollingUpdate,OnDelete", .fallback = "\"RollingUpdate\"", .number = 1),
                   (rolling_update, .number = 2))
};

/// Which pods there are to be, and how they change.
struct daemon_set_spec {
    object::boxed<object::label_selector> selector;
    pod_template_spec template_;
    daemon_set_update_strategy update_strategy;
    std::int32_t min_ready_seconds = 0;
    std::optional<std::int32_t> revision_history_limit;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(daemon_set_spec, "io.k8s.api.apps.v1.DaemonSetSpec",
                   (selector, .required = true, .always = true, .immutable = true, .number = 1),
                   (template_, .required = true, .always = true, .number = 2),
                   (update_strategy, .always = true, .number = 3),
                   (min_ready_seconds, .minimum = 0, .number = 4),
                   (revision_history_limit, .fallback = "10", .minimum = 0, .number = 6))
};

/// A named observation of a daemon set.
struct daemon_set_condition {
    std::string type;
    std::string status;
    object::timestamp last_transition_time;
    std::string reason;
    std::string message;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(daemon_set_condition, "io.k8s.api.apps.v1.DaemonSetCondition",
                   (type, .required = true, .always = true, .number = 1),
                   (status, .required = true, .always = true, .number = 2),
                   (last_transition_time, .always = true, .number = 3), (reason, .number = 4),
                   (message, .number = 5))
};

/// On how many nodes there are pods.
struct daemon_set_status {
    std::int32_t current_number_scheduled = 0;
    std::int32_t number_misscheduled = 0;
    std::int32_t desired_number_scheduled = 0;
    std::int32_t number_ready = 0;
    std::int64_t observed_generation = 0;
    std::int32_t updated_number_scheduled = 0;
    std::int32_t number_available = 0;
    std::int32_t number_unavailable = 0;
    std::optional<std::int32_t> collision_count;
    object::list<daemon_set_condition> conditions;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(daemon_set_status, "io.k8s.api.apps.v1.DaemonSetStatus",
                   (current_number_scheduled, .required = true, .always = true, .minimum = 0, .number = 1),
                   (number_misscheduled, .required = true, .always = true, .minimum = 0, .number = 2),
                   (desired_number_scheduled, .required = true, .always = true, .minimum = 0, .number = 3),
                   (number_ready, .required = true, .always = true, .minimum = 0, .number = 4),
                   (observed_generation, .minimum = 0, .number = 5),
                   (updated_number_scheduled, .minimum = 0, .number = 6),
                   (number_available, .minimum = 0, .number = 7),
                   (number_unavailable, .minimum = 0, .number = 8),
                   (collision_count, .minimum = 0, .number = 9),
                   (conditions, .merge_key = "type", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "type", .number = 10))
};

/// A pod on each node.
struct daemon_set {
    static constexpr object::resource_name resource{"apps",       "v1",        "DaemonSet",
                                                    "daemonsets", "daemonset", true};

    object::meta metadata;
    daemon_set_spec spec;
    daemon_set_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(daemon_set, "io.k8s.api.apps.v1.DaemonSet", (metadata, .always = true, .number = 1),
                   (spec, .always = true, .number = 2), (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/daemon_set/type.ipp>
#endif
