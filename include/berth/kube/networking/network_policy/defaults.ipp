#pragma once

/// \file
/// The bodies of `berth/kube/networking/network_policy/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/networking/network_policy/defaults.hpp>
#include <berth/object/defaults.hpp>

namespace berth::kube {

BERTH_DECL auto set_defaults(network_policy& p) -> void {
    object::apply_defaults(p.spec);
    auto& types = p.spec.policy_types;
    if (!types.empty()) return;
    types.emplace_back("Ingress");
    if (!p.spec.egress.empty()) types.emplace_back("Egress");
}

} // namespace berth::kube
