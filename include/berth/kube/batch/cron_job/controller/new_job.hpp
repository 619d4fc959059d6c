#pragma once

/// \file
/// The jobs that a cron job makes (kubernetes 1.36, `pkg/controller/cronjob/utils.go`).

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/kube/batch/cron_job/type.hpp>
#include <berth/object/time_zone.hpp>

#include <string>
#include <string_view>

namespace berth::kube {

/// When a job was due, in the time zone of its cron job.
inline constexpr std::string_view scheduled_time_key = "batch.kubernetes.io/cronjob-scheduled-timestamp";

/// The name of the job that is due at a time: it tells the minute, so that none is made twice.
[[nodiscard]] BERTH_DECL auto job_name_at(cron_job const& c, time_point due) -> std::string;

/// The job that is due at a time; clocks are those of `zone`.
[[nodiscard]] BERTH_DECL auto new_job(cron_job const& c, time_point due, object::time_zone const& zone)
    -> job;

/// A time as clocks of a zone show it, with their distance from UTC: `2026-01-02T03:04:05+01:00`.
[[nodiscard]] BERTH_DECL auto zoned_text(time_point t, object::time_zone const& zone) -> std::string;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/cron_job/controller/new_job.ipp>
#endif
