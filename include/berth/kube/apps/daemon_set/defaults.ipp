#pragma once

/// \file
/// The bodies of `berth/kube/apps/daemon_set/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/defaults.hpp>

namespace berth::kube {

BERTH_DECL auto set_defaults(daemon_set& d) -> void {
    object::apply_defaults(d.spec);
    complete(d.spec.template_.spec);
    if (d.spec.update_strategy.type != "RollingUpdate") return;
    auto& rolling = d.spec.update_strategy.rolling_update.engage();
    if (!rolling.max_unavailable) rolling.max_unavailable = 1;
    if (!rolling.max_surge) rolling.max_surge = 0;
}

} // namespace berth::kube
