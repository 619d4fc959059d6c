#pragma once

/// \file
/// Checks of changes of a job's status: a job that is over stays over, and its counts agree (Kubernetes 1.36,
/// `pkg/apis/batch/validation`, `pkg/registry/batch/job`). A rule is applied when something that it speaks of
/// changes: other mistakes that are there already do not keep a status from being written.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/validation.hpp>

namespace berth::kube {

/// Checks a change of a job's status.
BERTH_DECL auto validate_status(job const& now, job const& before, api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/validation/status.ipp>
#endif
