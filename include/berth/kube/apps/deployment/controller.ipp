#pragma once

/// \file
/// The bodies of `berth/kube/apps/deployment/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/deployment/controller.hpp>

namespace berth::kube {

BERTH_DECL auto deployment_controller::indexes() -> std::vector<reconcile::index> {
    return {orphan_index<replica_set>()};
}

BERTH_DECL auto deployment_controller::keys_for(reconcile::snapshot const& world, replica_set const& r) const
    -> std::vector<object::key> {
    return wanted_by<deployment>(world, r.metadata);
}

BERTH_DECL auto deployment_controller::keys_for(reconcile::snapshot const& world, pod const& p) const
    -> std::vector<object::key> {
    auto const* const owner = object::controller_of(p.metadata);
    if (owner == nullptr || owner->kind != "ReplicaSet") return {};
    auto const set = world.get<replica_set>(p.metadata.namespace_, owner->name);
    auto const* const top = set ? object::controller_of(set->metadata) : nullptr;
    if (top == nullptr || top->kind != "Deployment") return {};
    auto const d = world.get<deployment>(p.metadata.namespace_, top->name);
    if (!d || is_rolling(*d)) return {};
    return {d->metadata.where()};
}

BERTH_DECL auto deployment_controller::reconcile(reconcile::snapshot const& world, object::key const& k) const
    -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const seen = world.get<deployment>(k);
    if (!seen) return plan;
    auto const selector = object::to_selector(seen->spec.selector);
    if (!selector) return plan;
    if (selector->empty()) return refuse(seen);
    auto const sets = claim<replica_set>(world, *seen, *selector, plan);
    detail::deployment_sync(world, seen, *selector, sets).run(plan);
    return plan;
}

BERTH_DECL auto deployment_controller::refuse(reconcile::seen<deployment> seen) -> reconcile::plan {
    auto plan = reconcile::plan{};
    if (seen->status.observed_generation >= seen->metadata.generation) return plan;
    auto d = *seen;
    d.status.observed_generation = d.metadata.generation;
    plan.update_status(seen, std::move(d));
    plan.warn(seen, "SelectingAll",
              "This deployment is selecting all pods. A non-empty selector is required.");
    return plan;
}

} // namespace berth::kube
