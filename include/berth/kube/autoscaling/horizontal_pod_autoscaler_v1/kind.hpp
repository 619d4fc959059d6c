#pragma once

/// \file
/// How autoscalers behave in the API as autoscaling/v1, which is stored as v2 (kubernetes 1.36,
/// `pkg/registry/autoscaling/horizontalpodautoscaler`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler_v1/conversion.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto horizontal_pod_autoscaler_v1_kind()
    -> api::kind_of<horizontal_pod_autoscaler_v1>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler_v1/kind.ipp>
#endif
