#pragma once

/// \file
/// How daemon sets behave in the API, and their table (kubernetes 1.36, `pkg/registry/apps/daemonset`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/defaults.hpp>
#include <berth/kube/apps/daemon_set/validation.hpp>
#include <berth/kube/apps/daemon_set/warnings.hpp>
#include <berth/kube/apps/workload.hpp>
#include <berth/kube/columns.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto daemon_set_kind() -> api::kind_of<daemon_set>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/daemon_set/kind.ipp>
#endif
