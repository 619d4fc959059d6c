#pragma once

/// \file
/// What horizontal pod autoscalers go by: metrics, and what they are to be (autoscaling/v2 of Kubernetes
/// 1.36).

#include <berth/kube/autoscaling/cross_version_object_reference.hpp>
#include <berth/object/label_selector.hpp>
#include <berth/object/quantity.hpp>

namespace berth::kube {

/// What a metric is to be.
struct metric_target {
    std::string type; ///< `Utilization`, `Value` or `AverageValue`
    object::boxed<object::quantity> value;
    object::boxed<object::quantity> average_value;   ///< of all pods
    std::optional<std::int32_t> average_utilization; ///< percent of what the pods request
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(metric_target, "io.k8s.api.autoscaling.v2.MetricTarget",
                   (type, .required = true, .always = true, .number = 1), (value, .number = 2),
                   (average_value, .number = 3), (average_utilization, .number = 4))
};

/// What a metric is.
struct metric_value_status {
    object::boxed<object::quantity> value;
    object::boxed<object::quantity> average_value;
    std::optional<std::int32_t> average_utilization; ///< percent of what the pods request
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(metric_value_status, "io.k8s.api.autoscaling.v2.MetricValueStatus", (value, .number = 1),
                   (average_value, .number = 2), (average_utilization, .number = 3))
};

/// A metric by its name, and which of its series.
struct metric_identifier {
    std::string name;
    object::boxed<object::label_selector> selector;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(metric_identifier, "io.k8s.api.autoscaling.v2.MetricIdentifier",
                   (name, .required = true, .always = true, .number = 1), (selector, .number = 2))
};

/// A metric of one object.
struct object_metric_source {
    cross_version_object_reference described_object;
    metric_target target;
    metric_identifier metric;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(object_metric_source, "io.k8s.api.autoscaling.v2.ObjectMetricSource",
                   (described_object, .required = true, .always = true, .number = 1),
                   (target, .required = true, .always = true, .number = 2),
                   (metric, .required = true, .always = true, .number = 3))
};

/// A metric that each pod has.
struct pods_metric_source {
    metric_identifier metric;
    metric_target target;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pods_metric_source, "io.k8s.api.autoscaling.v2.PodsMetricSource",
                   (metric, .required = true, .always = true, .number = 1),
                   (target, .required = true, .always = true, .number = 2))
};

/// What the pods use of a resource.
struct resource_metric_source {
    std::string name;
    metric_target target;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(resource_metric_source, "io.k8s.api.autoscaling.v2.ResourceMetricSource",
                   (name, .required = true, .always = true, .number = 1),
                   (target, .required = true, .always = true, .number = 2))
};

/// What one container of each pod uses of a resource.
struct container_resource_metric_source {
    std::string name;
    metric_target target;
    std::string container;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(container_resource_metric_source,
                   "io.k8s.api.autoscaling.v2.ContainerResourceMetricSource",
                   (name, .required = true, .always = true, .number = 1),
                   (target, .required = true, .always = true, .number = 2),
                   (container, .required = true, .always = true, .number = 3))
};

/// A metric of something outside the cluster.
struct external_metric_source {
    metric_identifier metric;
    metric_target target;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(external_metric_source, "io.k8s.api.autoscaling.v2.ExternalMetricSource",
                   (metric, .required = true, .always = true, .number = 1),
                   (target, .required = true, .always = true, .number = 2))
};

/// One of the metrics that an autoscaler goes by.
struct metric_spec {
    std::string type; ///< says which of the others is there
    object::boxed<object_metric_source> object;
    object::boxed<pods_metric_source> pods;
    object::boxed<resource_metric_source> resource_;
    object::boxed<container_resource_metric_source> container_resource;
    object::boxed<external_metric_source> external;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(metric_spec, "io.k8s.api.autoscaling.v2.MetricSpec",
                   (type, .required = true, .always = true, .quiet = true,
                    .values = "ContainerResource,External,Object,Pods,Resource", .number = 1),
                   (object, .number = 2), (pods, .number = 3), (resource_, .number = 4),
                   (container_resource, .number = 7), (external, .number = 5))
};

/// What a metric of one object was.
struct object_metric_status {
    metric_identifier metric;
    metric_value_status current;
    cross_version_object_reference described_object;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(object_metric_status, "io.k8s.api.autoscaling.v2.ObjectMetricStatus",
                   (metric, .required = true, .always = true, .number = 1),
                   (current, .required = true, .always = true, .number = 2),
                   (described_object, .required = true, .always = true, .number = 3))
};

/// What a metric of each pod was.
struct pods_metric_status {
    metric_identifier metric;
    metric_value_status current;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pods_metric_status, "io.k8s.api.autoscaling.v2.PodsMetricStatus",
                   (metric, .required = true, .always = true, .number = 1),
                   (current, .required = true, .always = true, .number = 2))
};

/// What the pods used of a resource.
struct resource_metric_status {
    std::string name;
    metric_value_status current;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(resource_metric_status, "io.k8s.api.autoscaling.v2.ResourceMetricStatus",
                   (name, .required = true, .always = true, .number = 1),
                   (current, .required = true, .always = true, .number = 2))
};

/// What one container of each pod used of a resource.
struct container_resource_metric_status {
    std::string name;
    metric_value_status current;
    std::string container;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(container_resource_metric_status,
                   "io.k8s.api.autoscaling.v2.ContainerResourceMetricStatus",
                   (name, .required = true, .always = true, .number = 1),
                   (current, .required = true, .always = true, .number = 2),
                   (container, .required = true, .always = true, .number = 3))
};

/// What a metric of something outside was.
struct external_metric_status {
    metric_identifier metric;
    metric_value_status current;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(external_metric_status, "io.k8s.api.autoscaling.v2.ExternalMetricStatus",
                   (metric, .required = true, .always = true, .number = 1),
                   (current, .required = true, .always = true, .number = 2))
};

/// One of the metrics as it was last read.
struct metric_status {
    std::string type; ///< says which of the others is there
    object::boxed<object_metric_status> object;
    object::boxed<pods_metric_status> pods;
    object::boxed<resource_metric_status> resource_;
    object::boxed<container_resource_metric_status> container_resource;
    object::boxed<external_metric_status> external;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(metric_status, "io.k8s.api.autoscaling.v2.MetricStatus",
                   (type, .required = true, .always = true, .number = 1), (object, .number = 2),
                   (pods, .number = 3), (resource_, .number = 4), (container_resource, .number = 7),
                   (external, .number = 5))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/metric.ipp>
#endif
