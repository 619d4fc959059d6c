#pragma once

/// \file
/// How cron jobs behave in the API, and their table (kubernetes 1.36, `pkg/registry/batch/cronjob`,
/// `printCronJob`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/batch/cron_job/defaults.hpp>
#include <berth/kube/batch/cron_job/validation.hpp>
#include <berth/kube/batch/cron_job/warnings.hpp>
#include <berth/kube/columns.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto cron_job_kind() -> api::kind_of<cron_job>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/cron_job/kind.ipp>
#endif
