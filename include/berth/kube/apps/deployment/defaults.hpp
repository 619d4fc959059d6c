#pragma once

/// \file
/// What a deployment is when its manifest does not say (Kubernetes 1.36, `pkg/apis/apps/v1/defaults.go`).

#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/core/pod/defaults.hpp>

namespace berth::kube {

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
