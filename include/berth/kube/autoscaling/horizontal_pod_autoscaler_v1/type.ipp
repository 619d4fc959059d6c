#pragma once

/// \file
/// The tables of `berth/kube/autoscaling/horizontal_pod_autoscaler_v1/type.hpp`.

#include <berth/kube/autoscaling/horizontal_pod_autoscaler_v1/type.hpp>

namespace berth::kube {

BERTH_TABLE(object_metric_v1);
BERTH_TABLE(pods_metric_v1);
BERTH_TABLE(resource_metric_v1);
BERTH_TABLE(external_metric_v1);
BERTH_TABLE(metric_v1);
BERTH_TABLE(horizontal_pod_autoscaler_spec_v1);
BERTH_TABLE(horizontal_pod_autoscaler_status_v1);
BERTH_TABLE(horizontal_pod_autoscaler_v1);

} // namespace berth::kube
