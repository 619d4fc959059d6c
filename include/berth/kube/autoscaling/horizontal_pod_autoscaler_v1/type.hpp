#pragma once

/// \file
/// Horizontal pod autoscalers in their older version, which knows one metric and carries the others in
/// annotations (autoscaling/v1 of Kubernetes 1.36).

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/type.hpp>

namespace berth::kube {

/// A metric of one object, as annotations carry it.
struct object_metric_v1 {
    cross_version_object_reference target;
    std::string metric_name;
    object::boxed<object::quantity> target_value;
    object::boxed<object::quantity> current_value; ///< of a status
    object::boxed<object::label_selector> selector;
    object::boxed<object::quantity> average_value;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(object_metric_v1, "berth.autoscaling.v1.ObjectMetric", (target, .always = true),
                   (metric_name, .always = true), (target_value), (current_value), (selector),
                   (average_value))
};

/// A metric that each pod has, as annotations carry it.
struct pods_metric_v1 {
    std::string metric_name;
    object::boxed<object::quantity> target_average_value;
    object::boxed<object::quantity> current_average_value; ///< of a status
    object::boxed<object::label_selector> selector;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pods_metric_v1, "berth.autoscaling.v1.PodsMetric", (metric_name, .always = true),
                   (target_average_value), (current_average_value), (selector))
};

/// What the pods, or a container of each, use of a resource, as annotations carry it.
struct resource_metric_v1 {
    std::string name;
    std::optional<std::int32_t> target_average_utilization;
    object::boxed<object::quantity> target_average_value;
    std::optional<std::int32_t> current_average_utilization; ///< of a status
    object::boxed<object::quantity> current_average_value;   ///< of a status
    std::string container;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(resource_metric_v1, "berth.autoscaling.v1.ResourceMetric", (name, .always = true),
                   (target_average_utilization), (target_average_value), (current_average_utilization),
                   (current_average_value), (container))
};

/// A metric of something outside the cluster, as annotations carry it.
struct external_metric_v1 {
    std::string metric_name;
    object::boxed<object::label_selector> metric_selector;
    object::boxed<object::quantity> target_value;
    object::boxed<object::quantity> target_average_value;
    object::boxed<object::quantity> current_value;         ///< of a status
    object::boxed<object::quantity> current_average_value; ///< of a status
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(external_metric_v1, "berth.autoscaling.v1.ExternalMetric", (metric_name, .always = true),
                   (metric_selector), (target_value), (target_average_value), (current_value),
                   (current_average_value))
};

/// A metric, or what it was, as annotations carry it.
struct metric_v1 {
    std::string type;
    object::boxed<object_metric_v1> object;
    object::boxed<pods_metric_v1> pods;
    object::boxed<resource_metric_v1> resource_;
    object::boxed<resource_metric_v1> container_resource;
    object::boxed<external_metric_v1> external;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(metric_v1, "berth.autoscaling.v1.Metric", (type, .always = true), (object), (pods),
                   (resource_), (container_resource), (external))
};

/// What is scaled, within which bounds, and by how much CPU.
struct horizontal_pod_autoscaler_spec_v1 {
    cross_version_object_reference scale_target_ref;
    std::optional<std::int32_t> min_replicas;
    std::int32_t max_replicas = 0;
    std::optional<std::int32_t> target_cpu_utilization_percentage;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(horizontal_pod_autoscaler_spec_v1, "io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec",
                   (scale_target_ref, .required = true, .always = true, .number = 1),
                   (min_replicas, .number = 2), (max_replicas, .required = true, .always = true, .number = 3),
                   (target_cpu_utilization_percentage, .json = "targetCPUUtilizationPercentage", .number = 4))
};

/// What was last seen and wanted.
struct horizontal_pod_autoscaler_status_v1 {
    std::optional<std::int64_t> observed_generation;
    std::optional<object::timestamp> last_scale_time;
    std::int32_t current_replicas = 0;
    std::int32_t desired_replicas = 0;
    std::optional<std::int32_t> current_cpu_utilization_percentage;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(horizontal_pod_autoscaler_status_v1,
                   "io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatus",
                   (observed_generation, .number = 1), (last_scale_time, .number = 2),
                   (current_replicas, .required = true, .always = true, .number = 3),
                   (desired_replicas, .required = true, .always = true, .number = 4),
                   (current_cpu_utilization_percentage, .json = "currentCPUUtilizationPercentage",
                    .number = 5))
};

/// Scales something between two numbers of replicas, by CPU.
struct horizontal_pod_autoscaler_v1 {
    static constexpr object::resource_name resource{
        "autoscaling", "v1", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "horizontalpodautoscaler",
        true};

    object::meta metadata;
    horizontal_pod_autoscaler_spec_v1 spec;
    horizontal_pod_autoscaler_status_v1 status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(horizontal_pod_autoscaler_v1, "io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler",
                   (metadata, .always = true, .number = 1), (spec, .always = true, .number = 2),
                   (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler_v1/type.ipp>
#endif
