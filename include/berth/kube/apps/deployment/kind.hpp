#pragma once

/// \file
/// How deployments behave in the API, and their table (kubernetes 1.36, `pkg/registry/apps/deployment`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apps/deployment/defaults.hpp>
#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/apps/deployment/validation.hpp>
#include <berth/kube/apps/deployment/warnings.hpp>
#include <berth/kube/apps/workload.hpp>
#include <berth/kube/columns.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto deployment_kind() -> api::kind_of<deployment>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/deployment/kind.ipp>
#endif
