#pragma once

/// \file
/// How the two versions of autoscalers become each other (kubernetes 1.36,
/// `pkg/apis/autoscaling/v1/conversion.go`). What the older one has no members for it carries in
/// annotations.

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler_v1/type.hpp>

namespace berth::kube {

/// Annotations that cannot be read are as if they were not there. Linear in the size of the object.
[[nodiscard]] BERTH_DECL auto to_version_2(horizontal_pod_autoscaler_v1 const& a)
    -> horizontal_pod_autoscaler;

[[nodiscard]] BERTH_DECL auto to_version_1(horizontal_pod_autoscaler const& a)
    -> horizontal_pod_autoscaler_v1;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler_v1/conversion.ipp>
#endif
