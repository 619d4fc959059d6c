#pragma once

/// \file
/// What the writer of a cron job is warned of, though it is accepted (Kubernetes 1.36,
/// `pkg/registry/batch/cronjob/strategy.go`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/cron_job/type.hpp>
#include <berth/kube/batch/job/warnings.hpp>

namespace berth::kube {

/// Warnings about a cron job that is created or, with `before`, changed.
[[nodiscard]] BERTH_DECL auto warnings_of(cron_job const& c, cron_job const* before = nullptr)
    -> warning_list;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/cron_job/warnings.ipp>
#endif
