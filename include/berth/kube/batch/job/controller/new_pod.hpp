#pragma once

/// \file
/// The pods that a job makes (kubernetes 1.36, `pkg/controller/job`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/controller/progress.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace berth::kube {

/// The variable by which a container knows its index.
inline constexpr std::string_view completion_index_variable = "JOB_COMPLETION_INDEX";

/// A pod of the job's template, tracked.
[[nodiscard]] BERTH_DECL auto new_job_pod(job const& j) -> pod;

/// The same for an index: that is in its name, host name, labels, annotations and environment. One that
/// comes after a pod that failed knows how many have.
[[nodiscard]] BERTH_DECL auto new_job_pod(job_progress const& progress, std::int64_t index) -> pod;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/controller/new_pod.ipp>
#endif
