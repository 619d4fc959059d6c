#pragma once

/// \file
/// The bodies of `berth/kube/core/node/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/node/controller.hpp>

#include <algorithm>

namespace berth::kube {

BERTH_DECL auto node_index() -> reconcile::index {
    return reconcile::index_of<pod>(std::string(pods_by_node), [](pod const& p) {
        return p.spec.node_name.empty() ? std::vector<std::string>()
                                        : std::vector<std::string>{p.spec.node_name};
    });
}

BERTH_DECL auto node_lifecycle_controller::indexes() -> std::vector<reconcile::index> {
    return {node_index(), readiness_index()};
}

BERTH_DECL auto node_lifecycle_controller::keys_for(reconcile::snapshot const&, pod const& p) const
    -> std::vector<object::key> {
    if (p.spec.node_name.empty()) return {};
    return {{{}, p.spec.node_name}};
}

BERTH_DECL auto node_lifecycle_controller::reconcile(reconcile::snapshot const& world,
                                                     object::key const& k) const -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const seen = world.get<node>(k);
    if (!seen) return plan;
    auto n = *seen;
    if (auto const deadline = deadline_of(world, n); world.now() > deadline) lose(n, world.now());
    else plan.look_again(deadline - world.now() + milliseconds(1));
    plan.update_status(seen, n);
    if (is_ready(*seen) && !is_ready(n))
        plan.tell(seen, "NodeNotReady", "Node " + k.name + " status is now: NodeNotReady");
    auto tainted = *seen;
    tainted.spec.taints = taints_by_condition(n, world.now(), judge_eviction(world, *seen, n, plan));
    plan.update(seen, std::move(tainted));
    mark_pods(world, n, plan);
    return plan;
}

BERTH_DECL auto node_lifecycle_controller::judge_eviction(reconcile::snapshot const& world,
                                                          node const& before, node const& n,
                                                          reconcile::plan& plan) const -> eviction_allowance {
    if (is_ready(n)) return eviction_allowance::allowed;
    if (is_ready(before)) return eviction_allowance::put_off; // it still counts as ready here
    plan.look_again(options.period);
    auto const turn = turn_of(world, n, options.evictions);
    if (turn.due) plan.look_again(*turn.due - world.now());
    return turn.now;
}

BERTH_DECL auto node_lifecycle_controller::deadline_of(reconcile::snapshot const& world, node const& n) const
    -> time_point {
    auto const* const ready = object::find_condition(n.status.conditions, "Ready");
    auto const posted = ready != nullptr && ready->reason != "NodeStatusNeverUpdated";
    return last_sign(world, n, ready) + (posted ? options.grace : options.startup_grace);
}

BERTH_DECL auto node_lifecycle_controller::last_sign(reconcile::snapshot const& world, node const& n,
                                                     node_condition const* ready) const -> time_point {
    auto out = n.metadata.creation_timestamp.time();
    if (observations != nullptr) return std::max(out, observations->last_sign(n.metadata.name).value_or(out));
    if (ready != nullptr && !ready->last_heartbeat_time.is_zero())
        out = std::max(out, ready->last_heartbeat_time.time());
    auto const l = world.get<lease>(node_lease_namespace, n.metadata.name);
    if (l && l->spec.renew_time) out = std::max(out, l->spec.renew_time->time());
    return out;
}

BERTH_DECL auto node_lifecycle_controller::lose(node& n, time_point now) -> void {
    for (auto const* const type : {"Ready", "MemoryPressure", "DiskPressure", "PIDPressure"}) {
        auto* c = object::find_condition(n.status.conditions, type);
        auto const never = c == nullptr;
        if (never) {
            c = &n.status.conditions.emplace_back();
            c->type = type;
            c->last_heartbeat_time = n.metadata.creation_timestamp;
        } else if (c->status == "Unknown") {
            continue;
        }
        c->status = "Unknown";
        c->reason = never ? "NodeStatusNeverUpdated" : "NodeStatusUnknown";
        c->message = never ? "Kubelet never posted node status." : "Kubelet stopped posting node status.";
        c->last_transition_time = object::timestamp(now);
    }
}

BERTH_DECL auto node_lifecycle_controller::mark_pods(reconcile::snapshot const& world, node const& n,
                                                     reconcile::plan& plan) -> void {
    auto const* const ready = object::find_condition(n.status.conditions, "Ready");
    if (ready == nullptr || ready->status != "Unknown") return;
    for (auto const p : world.where<pod>(pods_by_node, n.metadata.name)) {
        auto const* const c = object::find_condition(p->status.conditions, "Ready");
        if (c == nullptr || c->status != "True" || c->last_transition_time > ready->last_transition_time)
            continue;
        auto marked = *p;
        auto& condition = *object::find_condition(marked.status.conditions, "Ready");
        condition.status = "False";
        condition.last_transition_time = object::timestamp(world.now());
        plan.update_status(p, std::move(marked));
        plan.warn(p, "NodeNotReady", "Node is not ready", reconcile::note::when::succeeded);
    }
}

} // namespace berth::kube
