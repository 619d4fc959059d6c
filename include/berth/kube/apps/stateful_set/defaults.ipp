#pragma once

/// \file
/// The bodies of `berth/kube/apps/stateful_set/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/stateful_set/defaults.hpp>

namespace berth::kube {

BERTH_DECL auto set_defaults(stateful_set& s) -> void {
    s.spec.persistent_volume_claim_retention_policy.engage();
    object::apply_defaults(s.spec);
    complete(s.spec.template_.spec);
    for (auto& claim : s.spec.volume_claim_templates) {
        claim.kind = persistent_volume_claim::resource.kind;
        claim.api_version = persistent_volume_claim::resource.version;
    }
    if (s.spec.update_strategy.type != "RollingUpdate") return;
    auto& rolling = s.spec.update_strategy.rolling_update.engage();
    if (!rolling.partition) rolling.partition = 0;
}

} // namespace berth::kube
