#pragma once

/// \file
/// Checks of cron jobs (Kubernetes 1.36, `pkg/apis/batch/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/cron_job/type.hpp>
#include <berth/kube/batch/job/validation.hpp>

namespace berth::kube {

/// Checks a cron job that is to be created. That a time zone is known is looked up on disk
/// (`load_time_zone`).
BERTH_DECL auto validate(cron_job const& c, api::field_errors& errors) -> void;

/// Checks a change of a cron job.
BERTH_DECL auto validate_update(cron_job const& now, cron_job const& before, api::field_errors& errors)
    -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/cron_job/validation.ipp>
#endif
