#pragma once

/// \file
/// How far a job has come, as its pods and its status tell (kubernetes 1.36, `pkg/controller/job`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/controller/pods.hpp>
#include <berth/reconcile/table.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace berth::kube {

/// A job and its pods, as one look finds them.
struct job_progress {
    reconcile::seen<job> self;
    job_pods pods; ///< by index and name
    job_pods active;
    std::set<std::string> uncounted_succeeded; ///< uids
    std::set<std::string> uncounted_failed;

    job_pods newly_succeeded; ///< which the status does not tell
    job_pods newly_failed;
    std::int64_t succeeded = 0; ///< with those
    std::int64_t failed = 0;    ///< with those that count

    index_set completed_before; ///< as the status tells; of an indexed job, as are these
    index_set completed;
    index_set failed_indexes;
    /// The pod of an index that failed and has no successor yet, which is to know of its failures.
    std::map<std::int64_t, reconcile::seen<pod>> to_replace;

    [[nodiscard]] auto spec() const -> job_spec const& { return self->spec; }
};

/// Looks at the pods of a job.
[[nodiscard]] BERTH_DECL auto progress_of(reconcile::seen<job> j, job_pods pods) -> job_progress;

/// Whether a pod is tracked, and has an index of the job if that is an indexed one.
[[nodiscard]] BERTH_DECL auto is_valid(job const& j, pod const& p) -> bool;

[[nodiscard]] inline auto is_suspended(job const& j) -> bool { return j.spec.suspend.value_or(false); }

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/controller/progress.ipp>
#endif
