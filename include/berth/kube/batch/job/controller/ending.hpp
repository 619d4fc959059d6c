#pragma once

/// \file
/// Why a job is over (kubernetes 1.36, `pkg/controller/job`). That is told in two steps: first that it will
/// be over (`FailureTarget`, `SuccessCriteriaMet`), and once no pod is left that it is (`Failed`,
/// `Complete`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/controller/progress.hpp>
#include <berth/reconcile/conditions.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace berth::kube {

/// How and why a job ends.
struct job_ending {
    bool success = false;
    std::string reason;
    std::string message;

    /// The condition that announces it.
    [[nodiscard]] auto interim() const -> std::string_view {
        return success ? "SuccessCriteriaMet" : "FailureTarget";
    }
    /// The condition that holds once no pod is left.
    [[nodiscard]] auto last() const -> std::string_view { return success ? "Complete" : "Failed"; }

    friend auto operator==(job_ending const&, job_ending const&) -> bool = default;
};

/// The ending that was announced before, or that the pods' failures, the time or the indexes bring about;
/// nothing while the job may go on. `started`: when it did, if it has.
[[nodiscard]] BERTH_DECL auto ending_of(job_progress const& progress,
                                        std::optional<object::timestamp> started, time_point now)
    -> std::optional<job_ending>;

/// The success of a job of which enough pods have succeeded and none is active; nothing if that is not so.
[[nodiscard]] BERTH_DECL auto completion_of(job_progress const& progress, std::int64_t active)
    -> std::optional<job_ending>;

/// Sets a condition, with the time, if anything about it is new; one that does not hold is not added. Says
/// whether anything changed.
BERTH_DECL auto set_condition(job_status& s, reconcile::observation what, time_point now) -> bool;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/controller/ending.ipp>
#endif
