#pragma once

/// \file
/// Horizontal pod autoscalers: how many replicas there are, by metrics (autoscaling/v2 of Kubernetes 1.36).

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/metric.hpp>

namespace berth::kube {

/// How much may change within a time.
struct hpa_scaling_policy {
    std::string type; ///< what `value` counts
    std::int32_t value = 0;
    std::int32_t period_seconds = 0;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(hpa_scaling_policy, "io.k8s.api.autoscaling.v2.HPAScalingPolicy",
                   (type, .required = true, .always = true, .quiet = true, .values = "Percent,Pods",
                    .number = 1),
                   (value, .required = true, .always = true, .number = 2),
                   (period_seconds, .required = true, .always = true, .maximum = 1800, .number = 3))
};

/// How fast replicas come or go.
struct hpa_scaling_rules {
    std::optional<std::int32_t> stabilization_window_seconds;
    object::boxed<std::string> select_policy; ///< which of the policies counts
    object::boxed<object::list<hpa_scaling_policy>> policies; ///< absent: the usual ones; empty: refused
    object::boxed<object::quantity> tolerance; ///< how far a metric may be off its target
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(hpa_scaling_rules, "io.k8s.api.autoscaling.v2.HPAScalingRules",
                   (stabilization_window_seconds, .maximum = 3600, .number = 3),
                   (select_policy, .quiet = true, .values = "Disabled,Max,Min", .number = 1),
                   (policies, .topology = object::merge_topology::atomic, .number = 2),
                   (tolerance, .number = 4))
};

/// How fast replicas come and go.
struct horizontal_pod_autoscaler_behavior {
    object::boxed<hpa_scaling_rules> scale_up;
    object::boxed<hpa_scaling_rules> scale_down;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(horizontal_pod_autoscaler_behavior,
                   "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior", (scale_up, .number = 1),
                   (scale_down, .number = 2))
};

/// What is scaled, within which bounds, and by what.
struct horizontal_pod_autoscaler_spec {
    cross_version_object_reference scale_target_ref;
    std::optional<std::int32_t> min_replicas;
    std::int32_t max_replicas = 0;
    object::list<metric_spec> metrics;
    object::boxed<horizontal_pod_autoscaler_behavior> behavior;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(horizontal_pod_autoscaler_spec, "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec",
                   (scale_target_ref, .required = true, .always = true, .number = 1),
                   (min_replicas, .number = 2), (max_replicas, .required = true, .always = true, .number = 3),
                   (metrics, .topology = object::merge_topology::atomic, .number = 4),
                   (behavior, .number = 5))
};

/// A named observation of an autoscaler.
struct horizontal_pod_autoscaler_condition {
    std::string type;
    std::string status;
    object::timestamp last_transition_time;
    std::string reason;
    std::string message;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(horizontal_pod_autoscaler_condition,
                   "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition",
                   (type, .required = true, .always = true, .number = 1),
                   (status, .required = true, .always = true, .number = 2),
                   (last_transition_time, .always = true, .number = 3), (reason, .number = 4),
                   (message, .number = 5))
};

/// What was last seen and wanted.
struct horizontal_pod_autoscaler_status {
    std::optional<std::int64_t> observed_generation;
    std::optional<object::timestamp> last_scale_time;
    std::int32_t current_replicas = 0;
    std::int32_t desired_replicas = 0;
    object::list<metric_status> current_metrics;
    object::list<horizontal_pod_autoscaler_condition> conditions;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(horizontal_pod_autoscaler_status,
                   "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus",
                   (observed_generation, .number = 1), (last_scale_time, .number = 2),
                   (current_replicas, .minimum = 0, .number = 3),
                   (desired_replicas, .required = true, .always = true, .minimum = 0, .number = 4),
                   (current_metrics, .always = true, .topology = object::merge_topology::atomic, .number = 5),
                   (conditions, .merge_key = "type", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "type", .number = 6))
};

/// Under which annotations autoscaling/v1 carries what it has no members for, in the order: metrics, their
/// values, behavior, conditions.
inline constexpr std::string_view carried_annotations[] = {
    "autoscaling.alpha.kubernetes.io/metrics", "autoscaling.alpha.kubernetes.io/current-metrics",
    "autoscaling.alpha.kubernetes.io/behavior", "autoscaling.alpha.kubernetes.io/conditions"};

/// Scales something between two numbers of replicas.
struct horizontal_pod_autoscaler {
    static constexpr object::resource_name resource{
        "autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "horizontalpodautoscaler",
        true};

    object::meta metadata;
    horizontal_pod_autoscaler_spec spec;
    horizontal_pod_autoscaler_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(horizontal_pod_autoscaler, "io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler",
                   (metadata, .always = true, .number = 1),
                   (spec, .required = true, .always = true, .number = 2),
                   (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/type.ipp>
#endif
