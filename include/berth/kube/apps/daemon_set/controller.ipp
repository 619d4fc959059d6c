#pragma once

/// \file
/// The bodies of `berth/kube/apps/daemon_set/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/controller.hpp>

#include <utility>

namespace berth::kube {

BERTH_DECL auto daemon_set_controller::indexes() -> std::vector<reconcile::index> {
    return {orphan_index<pod>(), orphan_index<controller_revision>()};
}

BERTH_DECL auto daemon_set_controller::keys_for(reconcile::snapshot const& world, pod const& p) const
    -> std::vector<object::key> {
    return wanted_by<daemon_set>(world, p.metadata);
}

BERTH_DECL auto daemon_set_controller::keys_for(reconcile::snapshot const& world,
                                                controller_revision const& r) const
    -> std::vector<object::key> {
    return wanted_by<daemon_set>(world, r.metadata);
}

BERTH_DECL auto daemon_set_controller::keys_for(reconcile::snapshot const& world, node const& n) const
    -> std::vector<object::key> {
    auto out = std::vector<object::key>();
    // Sets hear of a node that goes by what becomes of its pods, as in Kubernetes.
    if (!world.get<node>({}, n.metadata.name)) return out;
    for (auto const d : world.all<daemon_set>()) out.push_back(d->metadata.where());
    return out;
}

BERTH_DECL auto daemon_set_controller::matters(node const& before, node const& after) const -> bool {
    return before.metadata.labels != after.metadata.labels || before.spec.taints != after.spec.taints;
}

BERTH_DECL auto daemon_set_controller::reconcile(reconcile::snapshot const& world, object::key const& k,
                                                 failure_backoff const& before) const
    -> reconcile::decision<failure_backoff> {
    auto out = reconcile::decision<failure_backoff>{.plan = {}, .memory = before};
    auto const set = world.get<daemon_set>(k);
    if (!set) return {};
    auto const selector = object::to_selector(set->spec.selector);
    if (!selector || selector->empty() || set->metadata.deleting()) return out;
    auto revisions = claim<controller_revision>(world, *set, *selector, out.plan);
    auto const pods = claim<pod>(world, *set, *selector, out.plan);
    if (!out.plan.empty()) return out; // what is claimed is looked at once it is there
    sort_revisions(revisions);
    auto history = settle_history(world, set, revisions, pods, out.plan);
    if (history) detail::daemon_sync(world, set, pods, *std::move(history), out.memory).run(out.plan);
    return out;
}

} // namespace berth::kube
