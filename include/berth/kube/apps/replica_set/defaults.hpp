#pragma once

/// \file
/// What a replica set is when its manifest does not say (Kubernetes 1.36, `pkg/apis/apps/v1/defaults.go`).

#include <berth/kube/apps/replica_set/type.hpp>
#include <berth/kube/core/pod/defaults.hpp>

namespace berth::kube {

/// Fills in a replica set: one pod.
inline auto set_defaults(replica_set& r) -> void {
    object::apply_defaults(r.spec);
    complete(r.spec.template_.spec);
}

} // namespace berth::kube
