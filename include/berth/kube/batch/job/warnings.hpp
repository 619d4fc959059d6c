#pragma once

/// \file
/// What the writer of a job is warned of, though it is accepted (Kubernetes 1.36, `pkg/api/job/warnings.go`,
/// `pkg/registry/batch/job/strategy.go`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/type.hpp>
#include <berth/kube/core/pod/warnings.hpp>

namespace berth::kube {

/// Warnings about a job that is created or, with `before`, changed.
[[nodiscard]] BERTH_DECL auto warnings_of(job const& j, job const* before = nullptr) -> warning_list;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/warnings.ipp>
#endif
