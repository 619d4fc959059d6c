#pragma once

/// \file
/// The bodies of `berth/kube/control/volume_protection.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/control/pods_on_claims.hpp>
#include <berth/kube/control/volume_protection.hpp>
#include <berth/kube/core/persistent_volume_claim/admission.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/kube/schedule/volume_claims.hpp>
#include <berth/reconcile/finalizer.hpp>

namespace berth::kube::detail {

/// The plan that takes a finalizer off an object that is to go, if it is there.
template <class Seen> auto let_go(Seen there, std::string_view finalizer) -> reconcile::plan {
    auto plan = reconcile::plan{};
    reconcile::remove_finalizer(plan, there.ref(), finalizer);
    return plan;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto claim_protection_controller::indexes() -> std::vector<reconcile::index> {
    return {pods_by_claim_index()};
}

BERTH_DECL auto claim_protection_controller::keys_for(reconcile::snapshot const&, pod const& p) const
    -> std::vector<object::key> {
    auto out = std::vector<object::key>();
    for (auto const& use : claims_of(p)) out.push_back({p.metadata.namespace_, use.name});
    return out;
}

BERTH_DECL auto claim_protection_controller::reconcile(reconcile::snapshot const& world,
                                                       object::key const& k) const -> reconcile::plan {
    auto const claim = world.get<persistent_volume_claim>(k);
    if (!claim || !claim->metadata.deleting()) return {};
    for (auto const p : pods_on(world, k))
        if (!p->spec.node_name.empty() && !is_finished(*p)) return {};
    return detail::let_go(claim, claim_protection_finalizer);
}

BERTH_DECL auto volume_protection_controller::reconcile(reconcile::snapshot const& world,
                                                        object::key const& k) const -> reconcile::plan {
    auto const volume = world.get<persistent_volume>(k);
    if (!volume || !volume->metadata.deleting() || volume->status.phase == "Bound") return {};
    return detail::let_go(volume, volume_protection_finalizer);
}

} // namespace berth::kube
