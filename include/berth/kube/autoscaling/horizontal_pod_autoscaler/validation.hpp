#pragma once

/// \file
/// Checks of autoscalers (Kubernetes 1.36, `pkg/apis/autoscaling/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube {

/// Checks an autoscaler that is to be created.
BERTH_DECL auto validate(horizontal_pod_autoscaler const& a, api::field_errors& errors) -> void;

/// Checks a change of an autoscaler. What it was before it may stay: a minimum of zero, a target without a
/// group.
BERTH_DECL auto validate_update(horizontal_pod_autoscaler const& now, horizontal_pod_autoscaler const& before,
                                api::field_errors& errors) -> void;

/// Checks a change of its status.
BERTH_DECL auto validate_status(horizontal_pod_autoscaler const& now, horizontal_pod_autoscaler const& before,
                                api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/validation.ipp>
#endif
