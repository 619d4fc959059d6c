#pragma once

/// \file
/// Checks of jobs that are to be created (Kubernetes 1.36, `pkg/apis/batch/validation`). Changes of jobs are
/// in `validation/update.hpp`, their status in `validation/status.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/validation/policies.hpp>
#include <berth/kube/core/pod/validation/template.hpp>

namespace berth::kube {

namespace detail {

/// The labels by which a job knows its pods: what it adds to their template. The second of each pair is the
/// older name.
inline constexpr std::string_view job_uid_labels[] = {"batch.kubernetes.io/controller-uid", "controller-uid"};
inline constexpr std::string_view job_name_labels[] = {"batch.kubernetes.io/job-name", "job-name"};

/// Everything about a job's spec but its selector, which templates for jobs do not have.
BERTH_DECL auto validate_job_body(job_spec const& s, field_path const& at, field_errors& errors) -> void;

BERTH_DECL auto validate_job_spec(job_spec const& s, field_errors& errors) -> void;

} // namespace detail

/// Checks a job that is to be created.
BERTH_DECL auto validate(job const& j, api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/validation.ipp>
#endif
