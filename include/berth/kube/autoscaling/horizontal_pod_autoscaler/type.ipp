#pragma once

/// \file
/// The tables of `berth/kube/autoscaling/horizontal_pod_autoscaler/type.hpp`.

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/type.hpp>

namespace berth::kube {

BERTH_TABLE(hpa_scaling_policy);
BERTH_TABLE(hpa_scaling_rules);
BERTH_TABLE(horizontal_pod_autoscaler_behavior);
BERTH_TABLE(horizontal_pod_autoscaler_spec);
BERTH_TABLE(horizontal_pod_autoscaler_condition);
BERTH_TABLE(horizontal_pod_autoscaler_status);
BERTH_TABLE(horizontal_pod_autoscaler);

} // namespace berth::kube
