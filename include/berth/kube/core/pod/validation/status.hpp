#pragma once

/// \file
/// Checks of changes of a pod's status (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// Checks a change of a pod's status.
BERTH_DECL auto validate_status(pod const& now, pod const& before, api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation/status.ipp>
#endif
