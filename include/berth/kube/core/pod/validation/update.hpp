#pragma once

/// \file
/// Checks of changes of pods: almost all of a pod is fixed when it is made (Kubernetes 1.36,
/// `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation.hpp>
#include <berth/kube/core/pod/validation/diff.hpp>

#include <string_view>
#include <tuple>

namespace berth::kube {

/// Checks a change of a pod.
BERTH_DECL auto validate_update(pod const& now, pod const& before, api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation/update.ipp>
#endif
