#pragma once

/// \file
/// The bodies of `berth/kube/apps/replica_set/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/replica_set/controller.hpp>

namespace berth::kube {

BERTH_DECL auto replica_set_controller::indexes() -> std::vector<reconcile::index> {
    return {orphan_index<pod>()};
}

BERTH_DECL auto replica_set_controller::keys_for(reconcile::snapshot const& world, pod const& p) const
    -> std::vector<object::key> {
    return wanted_by<replica_set>(world, p.metadata);
}

BERTH_DECL auto replica_set_controller::reconcile(reconcile::snapshot const& world,
                                                  object::key const& k) const -> reconcile::plan {
    auto const set = world.get<replica_set>(k);
    if (!set) return {};
    auto const selector = label_selector_of(*set);
    if (!selector || selector->empty()) return {};
    return keep_replicas(world, set, *selector, set->spec.template_);
}

} // namespace berth::kube
