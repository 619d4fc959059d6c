#pragma once

/// \file
/// What a replica set is when its manifest does not say (Kubernetes 1.36, `pkg/apis/apps/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/replica_set/type.hpp>
#include <berth/kube/core/pod/defaults.hpp>

namespace berth::kube {

/// Fills in a replica set: one pod.
BERTH_DECL auto set_defaults(replica_set& r) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/replica_set/defaults.ipp>
#endif
