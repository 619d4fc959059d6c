#pragma once

/// \file
/// How jobs behave in the API, and their table (kubernetes 1.36, `pkg/registry/batch/job`, `printJob`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/batch/job/defaults.hpp>
#include <berth/kube/batch/job/validation.hpp>
#include <berth/kube/batch/job/validation/status.hpp>
#include <berth/kube/batch/job/validation/update.hpp>
#include <berth/kube/batch/job/warnings.hpp>
#include <berth/kube/columns.hpp>

namespace berth::kube {

/// Deleting a job leaves its pods, unless the request says otherwise.
[[nodiscard]] BERTH_DECL auto job_kind() -> api::kind_of<job>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/kind.ipp>
#endif
