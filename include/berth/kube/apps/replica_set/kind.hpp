#pragma once

/// \file
/// How replica sets behave in the API, and their table (kubernetes 1.36, `pkg/registry/apps/replicaset`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apps/replica_set/defaults.hpp>
#include <berth/kube/apps/replica_set/type.hpp>
#include <berth/kube/apps/replica_set/validation.hpp>
#include <berth/kube/apps/replica_set/warnings.hpp>
#include <berth/kube/apps/workload.hpp>
#include <berth/kube/columns.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto replica_set_kind() -> api::kind_of<replica_set>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/replica_set/kind.ipp>
#endif
