#pragma once

/// \file
/// The bodies of `berth/kube/control/ephemeral_volume.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/control/ephemeral_volume.hpp>
#include <berth/kube/control/pods_on_claims.hpp>
#include <berth/kube/schedule/volume_claims.hpp>
#include <berth/reconcile/ownership.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace berth::kube::detail {

inline auto has_ephemeral_volumes(pod const& p) -> bool {
    auto const& all = p.spec.volumes;
    return std::any_of(all.begin(), all.end(), [](volume const& v) { return bool(v.ephemeral); });
}

/// The claim that a pod's volume is to have.
inline auto claim_for(pod const& p, std::string name, ephemeral_volume_source const& of)
    -> persistent_volume_claim {
    auto out = persistent_volume_claim();
    out.metadata.namespace_ = p.metadata.namespace_;
    out.metadata.name = std::move(name);
    out.metadata.owner_references.push_back(reconcile::controlled_by(p));
    if (!of.volume_claim_template) return out;
    out.metadata.labels = of.volume_claim_template->metadata.labels;
    out.metadata.annotations = of.volume_claim_template->metadata.annotations;
    out.spec = of.volume_claim_template->spec;
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto ephemeral_volume_controller::indexes() -> std::vector<reconcile::index> {
    return {pods_by_claim_index()};
}

BERTH_DECL auto ephemeral_volume_controller::keys_for(reconcile::snapshot const& world,
                                                      persistent_volume_claim const& c) const
    -> std::vector<object::key> {
    auto out = std::vector<object::key>();
    for (auto const p : pods_on(world, c.metadata.where()))
        if (detail::has_ephemeral_volumes(*p)) out.push_back(p->metadata.where());
    return out;
}

BERTH_DECL auto ephemeral_volume_controller::matters(reconcile::snapshot const&, pod const& p) const -> bool {
    return detail::has_ephemeral_volumes(p);
}

BERTH_DECL auto ephemeral_volume_controller::reconcile(reconcile::snapshot const& world, object::key const& k,
                                                       told_note const& before) const
    -> reconcile::decision<told_note> {
    auto out = reconcile::decision<told_note>{};
    auto const p = world.get<pod>(k);
    if (!p || p->metadata.deleting()) return out;
    auto const refuse = [&](std::string const& volume, std::string why, reconcile::note::when when) {
        return reconcile::note{reconcile::reference(p.ref().object), "Warning", "FailedBinding",
                               "ephemeral volume " + volume + ": " + std::move(why), when};
    };
    for (auto const& v : p->spec.volumes) {
        if (!v.ephemeral) continue;
        auto const wanted = claim_of(*p, v)->name;
        auto const there = world.get<persistent_volume_claim>(k.namespace_, wanted);
        if (!there) {
            out.plan.create(detail::claim_for(*p, wanted, *v.ephemeral));
            out.plan.tell(
                refuse(v.name, "create PVC " + wanted + ": {error}", reconcile::note::when::failed));
        } else if (auto why = ownership_problem(*p, *there); !why.empty()) {
            out.memory = tell_again(out.plan, refuse(v.name, std::move(why), reconcile::note::when::always),
                                    before, world.now(), minutes(1));
            break;
        }
    }
    return out;
}

} // namespace berth::kube
