#pragma once

/// \file
/// What a deployment is when its manifest does not say (Kubernetes 1.36, `pkg/apis/apps/v1/defaults.go`).

#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/core/pod/defaults.hpp>

namespace berth::kube {

/// Fills in a deployment: one pod, replaced by rolling updates of a quarter at a time.
inline auto set_defaults(deployment& d) -> void {
    object::apply_defaults(d.spec);
    complete(d.spec.template_.spec);
    if (d.spec.strategy.type != "RollingUpdate") return;
    auto& rolling = d.spec.strategy.rolling_update.engage();
    if (!rolling.max_unavailable) rolling.max_unavailable = "25%";
    if (!rolling.max_surge) rolling.max_surge = "25%";
}

} // namespace berth::kube
