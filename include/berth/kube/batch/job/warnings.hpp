#pragma once

/// \file
/// What the writer of a job is warned of, though it is accepted (Kubernetes 1.36, `pkg/api/job/warnings.go`,
/// `pkg/registry/batch/job/strategy.go`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/type.hpp>
#include <berth/kube/core/pod/warnings.hpp>

namespace berth::kube {

namespace detail {

/// About a name that becomes part of the names of pods.
BERTH_DECL auto warn_of_job_name(std::string const& name, warning_list& out) -> void;

/// About the spec of a job that is created or, with `before`, changed.
BERTH_DECL auto warn_of_job_spec(job_spec const& s, job_spec const* before, field_path const& at,
                                 warning_list& out) -> void;

} // namespace detail

/// Warnings about a job that is created or, with `before`, changed.
[[nodiscard]] BERTH_DECL auto warnings_of(job const& j, job const* before = nullptr) -> warning_list;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/warnings.ipp>
#endif
