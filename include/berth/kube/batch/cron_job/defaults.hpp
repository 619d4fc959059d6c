#pragma once

/// \file
/// What a cron job is when its manifest does not say (Kubernetes 1.36, `pkg/apis/batch/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/cron_job/type.hpp>
#include <berth/kube/core/pod/defaults.hpp>

namespace berth::kube {

/// Fills in a cron job: jobs run beside each other, and three good and one bad of them are kept. Of the
/// template only the pods are filled in; the jobs themselves get their defaults when they are made.
BERTH_DECL auto set_defaults(cron_job& c) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/cron_job/defaults.ipp>
#endif
