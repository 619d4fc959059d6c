#pragma once

/// \file
/// Checks of changes of jobs: what has been begun stays what it is (Kubernetes 1.36,
/// `pkg/apis/batch/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/validation.hpp>
#include <berth/kube/core/pod/validation/diff.hpp>

namespace berth::kube {

/// Checks a change of a job. (Kubernetes checks the spec twice, and tells mistakes as often.)
BERTH_DECL auto validate_update(job const& now, job const& before, api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/validation/update.ipp>
#endif
