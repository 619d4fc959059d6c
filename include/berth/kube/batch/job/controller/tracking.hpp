#pragma once

/// \file
/// How pods that have ended are counted once and not twice (kubernetes 1.36, `pkg/controller/job`): their
/// uids go into the status, then the finalizer off the pods, then the uids out of the status and into the
/// counts.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/controller/ending.hpp>
#include <berth/kube/batch/job/controller/progress.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace berth::kube {

/// The most uids that the status holds before they are counted.
inline constexpr auto most_uncounted = std::size_t{500};

/// Which pods are let go, and what the status tells of them.
struct job_tally {
    job_status before; ///< with their uids, to be written before they are let go
    job_pods release;  ///< to lose the finalizer
    job_status after;  ///< with their number
    bool all = true;   ///< whether there was room for all, and each is counted
};

/// Tallies the pods of a job that goes on, or ends; `status` is what else is known of it.
[[nodiscard]] BERTH_DECL auto tally(job_progress const& progress, std::optional<job_ending> const& ending,
                                    job_status status) -> job_tally;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/controller/tracking.ipp>
#endif
