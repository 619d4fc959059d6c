#pragma once

/// \file
/// The bodies of `berth/kube/core/replication_controller/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/replication_controller/controller.hpp>

namespace berth::kube {

BERTH_DECL auto replication_controller_controller::indexes() -> std::vector<reconcile::index> {
    return {orphan_index<pod>()};
}

BERTH_DECL auto replication_controller_controller::keys_for(reconcile::snapshot const& world,
                                                            pod const& p) const -> std::vector<object::key> {
    return wanted_by<replication_controller>(world, p.metadata);
}

BERTH_DECL auto replication_controller_controller::reconcile(reconcile::snapshot const& world,
                                                             object::key const& k) const -> reconcile::plan {
    auto const set = world.get<replication_controller>(k);
    if (!set || !set->spec.template_) return {};
    auto const selector = label_selector_of(*set);
    if (!selector || selector->empty()) return {};
    return keep_replicas(world, set, *selector, *set->spec.template_);
}

} // namespace berth::kube
