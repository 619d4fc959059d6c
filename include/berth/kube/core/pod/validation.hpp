#pragma once

/// \file
/// Checks of pods that are to be created (Kubernetes 1.36, `pkg/apis/core/validation`). Changes of pods are
/// in `validation/update.hpp`, their status in `validation/status.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/core/pod/validation/annotations.hpp>
#include <berth/kube/core/pod/validation/spec.hpp>

namespace berth::kube {

namespace detail {

/// What must hold of a pod at all times.
BERTH_DECL auto validate_whole_pod(pod const& p, field_errors& errors) -> void;

/// The security profiles of a pod and the annotations that once told them must agree.
BERTH_DECL auto validate_profiles(object::string_map const& annotations, pod_spec const& spec,
                                  field_path const& at, field_errors& errors) -> void;

} // namespace detail

/// Checks a pod that is to be created.
BERTH_DECL auto validate(pod const& p, api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation.ipp>
#endif
