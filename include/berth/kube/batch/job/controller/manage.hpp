#pragma once

/// \file
/// Which pods a job makes and takes away while it runs (kubernetes 1.36, `pkg/controller/job`).

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/kube/batch/job/controller/backoff.hpp>
#include <berth/kube/batch/job/controller/progress.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace berth::kube {

/// The most pods that one plan makes, or takes away from a job that runs on.
inline constexpr auto job_burst = std::ptrdiff_t{500};

/// What is to become of a job's pods; never both.
struct job_changes {
    job_pods surplus;         ///< to be taken away
    std::vector<pod> missing; ///< to be made
    std::optional<duration> again_after;
};

[[nodiscard]] BERTH_DECL auto changes_of(job_progress const& progress, job_backoff const& backoff,
                                         time_point now) -> job_changes;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/controller/manage.ipp>
#endif
