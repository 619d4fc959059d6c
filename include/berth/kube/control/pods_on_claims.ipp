#pragma once

/// \file
/// The bodies of `berth/kube/control/pods_on_claims.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/control/pods_on_claims.hpp>
#include <berth/kube/schedule/volume_claims.hpp>

#include <string>
#include <vector>

namespace berth::kube {

BERTH_DECL auto pods_by_claim_index() -> reconcile::index {
    return reconcile::index_of<pod>(std::string(pods_by_claim), [](pod const& p) {
        auto out = std::vector<std::string>();
        for (auto const& use : claims_of(p))
            out.push_back(object::key{p.metadata.namespace_, use.name}.to_string());
        return out;
    });
}

BERTH_DECL auto pods_on(reconcile::snapshot const& world, object::key const& claim)
    -> reconcile::objects<pod> {
    return world.where<pod>(pods_by_claim, claim.to_string());
}

} // namespace berth::kube
