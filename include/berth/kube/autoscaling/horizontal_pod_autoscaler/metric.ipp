#pragma once

/// \file
/// The tables of `berth/kube/autoscaling/horizontal_pod_autoscaler/metric.hpp`.

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/metric.hpp>

namespace berth::kube {

BERTH_TABLE(metric_target);
BERTH_TABLE(metric_value_status);
BERTH_TABLE(metric_identifier);
BERTH_TABLE(object_metric_source);
BERTH_TABLE(pods_metric_source);
BERTH_TABLE(resource_metric_source);
BERTH_TABLE(container_resource_metric_source);
BERTH_TABLE(external_metric_source);
BERTH_TABLE(metric_spec);
BERTH_TABLE(object_metric_status);
BERTH_TABLE(pods_metric_status);
BERTH_TABLE(resource_metric_status);
BERTH_TABLE(container_resource_metric_status);
BERTH_TABLE(external_metric_status);
BERTH_TABLE(metric_status);

} // namespace berth::kube
