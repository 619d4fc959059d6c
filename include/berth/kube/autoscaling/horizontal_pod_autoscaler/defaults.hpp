#pragma once

/// \file
/// What an autoscaler is when its manifest does not say (Kubernetes 1.36,
/// `pkg/apis/autoscaling/v2/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/type.hpp>

namespace berth::kube {

/// Fills in an autoscaler: at least one replica, 80 % of the requested CPU, and rules where some are given.
BERTH_DECL auto set_defaults(horizontal_pod_autoscaler& a) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/defaults.ipp>
#endif
