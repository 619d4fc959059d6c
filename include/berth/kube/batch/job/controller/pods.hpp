#pragma once

/// \file
/// What a job reads off its pods: whether one is tracked, its index, whether and when it failed, and which
/// go first when there are too many (kubernetes 1.36, `pkg/controller/job`, `controller_utils.go`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/controller/index_set.hpp>
#include <berth/kube/batch/job/state.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/kube/meta/index_labels.hpp>
#include <berth/reconcile/table.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace berth::kube {

/// The finalizer that keeps a pod until its job has counted it.
inline constexpr std::string_view job_tracking_finalizer = "batch.kubernetes.io/job-tracking";

/// How many pods of the same index have failed before, and count.
inline constexpr std::string_view index_failures_key = "batch.kubernetes.io/job-index-failure-count";
/// How many have failed before, and do not count.
inline constexpr std::string_view index_ignored_failures_key =
    "batch.kubernetes.io/job-index-ignored-failure-count";

using job_pods = std::vector<reconcile::seen<pod>>;

[[nodiscard]] BERTH_DECL auto is_tracked(pod const& p) -> bool;

/// On its way out, and not over.
[[nodiscard]] inline auto is_terminating(pod const& p) -> bool {
    return p.metadata.deleting() && !is_finished(p);
}

/// The index that an annotation tells, or nothing.
[[nodiscard]] BERTH_DECL auto completion_index(pod const& p) -> std::optional<std::int64_t>;

/// The same, if it is one that the job has.
[[nodiscard]] BERTH_DECL auto index_within(job const& j, pod const& p) -> std::optional<std::int64_t>;

/// The indexes of the job that pods tell.
[[nodiscard]] BERTH_DECL auto indexes_of(job const& j, job_pods const& pods) -> index_set;

[[nodiscard]] inline auto has_backoff_per_index(job const& j) -> bool {
    return is_indexed(j.spec) && j.spec.backoff_limit_per_index;
}

/// Whether a pod is only replaced when it is over, and not as soon as it is on its way out.
[[nodiscard]] BERTH_DECL auto replaces_only_failed(job_spec const& s) -> bool;

/// Whether a pod has failed, or will never have the chance to succeed.
[[nodiscard]] BERTH_DECL auto has_failed(job const& j, pod const& p) -> bool;

/// Failures of earlier pods of the same index, as annotations tell them.
struct index_failures {
    std::int32_t counted = 0;
    std::int32_t ignored = 0;

    [[nodiscard]] auto total() const -> std::int64_t { return std::int64_t{counted} + ignored; }
};
[[nodiscard]] BERTH_DECL auto index_failures_of(pod const& p) -> index_failures;

/// When a pod ended: its containers, or its readiness, or when it was to go, or when it was made.
[[nodiscard]] BERTH_DECL auto finished_at(pod const& p) -> time_point;

/// The active pods that are to go: all with an index that is none or is told twice, and then, until they are
/// `at_least` so many, those that are missed least.
[[nodiscard]] BERTH_DECL auto surplus_of(job const& j, job_pods active, std::ptrdiff_t at_least) -> job_pods;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/controller/pods.ipp>
#endif
