#pragma once

/// \file
/// What deployments and replica sets are when their manifests do not say (Kubernetes 1.36,
/// `pkg/apis/apps/v1/defaults.go`).

#include <berth/kube/defaults/pod.hpp>
#include <berth/kube/types/deployment.hpp>
#include <berth/kube/types/replica_set.hpp>

namespace berth::kube {

/// Fills in a replica set: one pod.
inline auto set_defaults(replica_set& r) -> void {
    set_defaults(r.spec.template_.spec);
    if (!r.spec.replicas) r.spec.replicas = 1;
}

/// Fills in a deployment: one pod, replaced by rolling updates of a quarter at a time.
inline auto set_defaults(deployment& d) -> void {
    set_defaults(d.spec.template_.spec);
    if (!d.spec.replicas) d.spec.replicas = 1;
    auto& strategy = d.spec.strategy;
    detail::set_default(strategy.type, "RollingUpdate");
    if (strategy.type == "RollingUpdate") {
        auto& rolling = strategy.rolling_update.engage();
        if (!rolling.max_unavailable) rolling.max_unavailable = "25%";
        if (!rolling.max_surge) rolling.max_surge = "25%";
    }
    if (!d.spec.revision_history_limit) d.spec.revision_history_limit = 10;
    if (!d.spec.progress_deadline_seconds) d.spec.progress_deadline_seconds = 600;
}

} // namespace berth::kube
