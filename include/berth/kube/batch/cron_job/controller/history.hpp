#pragma once

/// \file
/// The jobs of a cron job: which are known to run, and which that have ended are kept (kubernetes 1.36,
/// `pkg/controller/cronjob`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/cron_job/type.hpp>
#include <berth/reconcile/table.hpp>

#include <string_view>
#include <vector>

namespace berth::kube {

/// The jobs that a cron job controls.
using scheduled_jobs = std::vector<reconcile::seen<job>>;

/// Whether a job is told to be active.
[[nodiscard]] BERTH_DECL auto is_listed(cron_job_status const& s, std::string_view uid) -> bool;

/// Takes a job out of those told to be active. Says whether it was there.
BERTH_DECL auto unlist(cron_job_status& s, std::string_view uid) -> bool;

/// Tells a job to be active.
BERTH_DECL auto enlist(cron_job_status& s, reconcile::seen<job> j) -> void;

/// The jobs that have ended and are more than are to be kept; those that began first.
[[nodiscard]] BERTH_DECL auto outdated_jobs(cron_job_spec const& s, scheduled_jobs const& jobs)
    -> scheduled_jobs;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/cron_job/controller/history.ipp>
#endif
