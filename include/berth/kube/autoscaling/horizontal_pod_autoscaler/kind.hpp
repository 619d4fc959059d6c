#pragma once

/// \file
/// How autoscalers behave in the API (kubernetes 1.36, `pkg/registry/autoscaling/horizontalpodautoscaler`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/defaults.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/table.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/validation.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto horizontal_pod_autoscaler_kind() -> api::kind_of<horizontal_pod_autoscaler>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/kind.ipp>
#endif
