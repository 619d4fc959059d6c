#pragma once

/// \file
/// The bodies of `berth/kube/control/taint_eviction.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/control/taint_eviction.hpp>

#include <algorithm>

namespace berth::kube::detail {

inline auto drives_off(node const& n) -> bool {
    auto const& all = n.spec.taints;
    return std::any_of(all.begin(), all.end(), [](taint const& t) { return t.effect == "NoExecute"; });
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto tolerated_for(object::list<taint> const& taints, object::list<toleration> const& tolerations)
    -> std::optional<duration> {
    auto out = std::optional<duration>();
    for (auto const& t : taints) {
        if (t.effect != "NoExecute") continue;
        auto const found = std::find_if(tolerations.begin(), tolerations.end(),
                                        [&](auto const& one) { return tolerates(one, t); });
        if (found == tolerations.end()) return seconds(0);
        if (!found->toleration_seconds) continue;
        auto const time = seconds(std::max<std::int64_t>(*found->toleration_seconds, 0));
        out = out ? std::min(*out, time) : time;
    }
    return out;
}

BERTH_DECL auto taint_eviction_controller::indexes() -> std::vector<reconcile::index> {
    return {node_index()};
}

BERTH_DECL auto taint_eviction_controller::keys_for(reconcile::snapshot const& world, node const& n) const
    -> std::vector<object::key> {
    auto out = std::vector<object::key>();
    for (auto const p : world.where<pod>(pods_by_node, n.metadata.name)) out.push_back(p->metadata.where());
    return out;
}

BERTH_DECL auto taint_eviction_controller::matters(node const& before, node const& after) const -> bool {
    return before.spec.taints != after.spec.taints;
}

BERTH_DECL auto taint_eviction_controller::matters(pod const& before, pod const& after) const -> bool {
    return before.spec.node_name != after.spec.node_name ||
           before.spec.tolerations != after.spec.tolerations || before.metadata.uid != after.metadata.uid;
}

BERTH_DECL auto taint_eviction_controller::matters(reconcile::snapshot const&, node const& n) const -> bool {
    return detail::drives_off(n);
}

BERTH_DECL auto taint_eviction_controller::matters(reconcile::snapshot const& world, pod const& p) const
    -> bool {
    if (p.spec.node_name.empty()) return false;
    auto const n = world.get<node>({}, p.spec.node_name);
    return n && detail::drives_off(*n);
}

BERTH_DECL auto taint_eviction_controller::reconcile(reconcile::snapshot const& world, object::key const& k,
                                                     scheduled_eviction const& before) const
    -> reconcile::decision<scheduled_eviction> {
    auto out = reconcile::decision<scheduled_eviction>{};
    auto const p = world.get<pod>(k);
    if (!p || p->spec.node_name.empty() || p->metadata.deleting()) return out;
    auto const n = world.get<node>({}, p->spec.node_name);
    if (!n) return out;
    if (!detail::drives_off(*n)) {
        if (before.waits)
            out.plan.tell(p, "TaintManagerEviction",
                          "Cancelling deletion of Pod " + p->metadata.where().to_string());
        return out;
    }
    out.memory = before;
    auto const patience = tolerated_for(n->spec.taints, p->spec.tolerations);
    if (!patience) return out;
    auto const due = begin_of(world, *n, *p) + *patience;
    if (*patience == duration{} || due <= world.now()) {
        evict(world, p, out.plan);
        return {std::move(out.plan), {}};
    }
    out.plan.look_again(due - world.now());
    out.memory.waits = true;
    return out;
}

BERTH_DECL auto taint_eviction_controller::begin_of(reconcile::snapshot const& world, node const& n,
                                                    pod const& p) const -> time_point {
    auto begin = world.now();
    for (auto const& t : n.spec.taints)
        if (t.effect == "NoExecute") begin = std::min(begin, since(world, n, t));
    auto const* const scheduled = object::find_condition(p.status.conditions, "PodScheduled");
    auto const bound = scheduled != nullptr && scheduled->status == "True" ? scheduled->last_transition_time
                                                                           : p.metadata.creation_timestamp;
    return std::max(begin, bound.time());
}

BERTH_DECL auto taint_eviction_controller::since(reconcile::snapshot const& world, node const& n,
                                                 taint const& t) const -> time_point {
    if (t.time_added) return t.time_added->time();
    if (observations == nullptr) return world.now();
    return observations->tainted_since(n.metadata.name, t).value_or(world.now());
}

BERTH_DECL auto taint_eviction_controller::evict(reconcile::snapshot const& world, reconcile::seen<pod> p,
                                                 reconcile::plan& plan) -> void {
    auto disrupted = *p;
    auto c = disruption_target("DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint");
    if (p->status.observed_generation != 0) c.observed_generation = p->metadata.generation;
    set_condition(disrupted.status.conditions, std::move(c), world.now());
    plan.update_status(p, std::move(disrupted));
    plan.tell(p, "TaintManagerEviction", "Marking for deletion Pod " + p->metadata.where().to_string());
    plan.remove(p, {.any_revision = true});
}

} // namespace berth::kube
