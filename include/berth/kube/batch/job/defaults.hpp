#pragma once

/// \file
/// What a job is when its manifest does not say (Kubernetes 1.36, `pkg/apis/batch/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/type.hpp>
#include <berth/kube/core/pod/defaults.hpp>

#include <limits>

namespace berth::kube {

/// Fills in a job: one pod that is to succeed once, with six retries.
BERTH_DECL auto set_defaults(job& j) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/defaults.ipp>
#endif
