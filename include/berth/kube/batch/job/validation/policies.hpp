#pragma once

/// \file
/// Checks of what a job makes of failures and successes of its pods (Kubernetes 1.36,
/// `pkg/apis/batch/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/indexes.hpp>
#include <berth/kube/batch/job/state.hpp>
#include <berth/kube/core/validation/resources.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>

namespace berth::kube::detail {

BERTH_DECL auto validate_failure_policy(job_spec const& s, field_path const& at, field_errors& errors)
    -> void;

BERTH_DECL auto validate_success_policy(job_spec const& s, field_path const& at, field_errors& errors)
    -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/validation/policies.ipp>
#endif
