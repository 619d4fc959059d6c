#pragma once

/// \file
/// The bodies of `berth/kube/apps/deployment/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/deployment/defaults.hpp>

namespace berth::kube {

BERTH_DECL auto set_defaults(deployment& d) -> void {
    object::apply_defaults(d.spec);
    complete(d.spec.template_.spec);
    if (d.spec.strategy.type != "RollingUpdate") return;
    auto& rolling = d.spec.strategy.rolling_update.engage();
    if (!rolling.max_unavailable) rolling.max_unavailable = "25%";
    if (!rolling.max_surge) rolling.max_surge = "25%";
}

} // namespace berth::kube
