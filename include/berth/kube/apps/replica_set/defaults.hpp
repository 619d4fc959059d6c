#pragma once

/// \file
/// What a replica set is when its manifest does not say (Kubernetes 1.36, `pkg/apis/apps/v1/defaults.go`).

#include <berth/kube/apps/replica_set/type.hpp>
#include <berth/kube/core/pod/defaults.hpp>

namespace berth::kube {

/// Fills in a replica set: one pod.
inline auto set_defaults(replica_set& r) -> void {
    set_defaults(r.spec.template_.spec);
    if (!r.spec.replicas) r.spec.replicas = 1;
}

} // namespace berth::kube
