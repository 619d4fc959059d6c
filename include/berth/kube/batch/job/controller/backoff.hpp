#pragma once

/// \file
/// How long a job waits before it replaces pods that failed (kubernetes 1.36,
/// `pkg/controller/job/backoff_utils.go`).

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/kube/batch/job/controller/pods.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace berth::kube {

/// What the controller remembers of a job: how many pods have failed since the last success, and when the
/// last of them did.
struct job_backoff {
    std::int64_t failures = 0;
    std::optional<time_point> last_failure;
    /// The uids of pods that are reckoned in here and that the status does not count yet, in order.
    std::vector<std::string> reckoned;

    friend auto operator==(job_backoff const&, job_backoff const&) -> bool = default;
};

/// The first pause after a failure; each further one doubles it.
inline constexpr auto first_job_backoff = seconds(10);
inline constexpr auto longest_job_backoff = minutes(10);

/// What is left of the pause after so many failures, the last of which was at `last`; none if it is over.
[[nodiscard]] BERTH_DECL auto backoff_left(std::int64_t failures, std::optional<time_point> last,
                                           time_point now) -> duration;

/// Reckons in the pods that have ended and that the status does not count yet.
[[nodiscard]] BERTH_DECL auto with_ended(job_backoff const& before, job_pods const& succeeded,
                                         job_pods const& failed) -> job_backoff;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/controller/backoff.ipp>
#endif
