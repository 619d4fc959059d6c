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
    auto out = std::vector<object::key>();
    if (object::controller_of(p.metadata) != nullptr) return out;
    for (auto const r : world.all_in<replica_set>(p.metadata.namespace_))
        if (auto const s = object::to_selector(r->spec.selector);
            s && !s->empty() && s->matches(p.metadata.labels))
            out.push_back(r->metadata.where());
    return out;
}

BERTH_DECL auto replica_set_controller::reconcile(reconcile::snapshot const& world,
                                                  object::key const& k) const -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const set = world.get<replica_set>(k);
    if (!set) return plan;
    auto const selector = object::to_selector(set->spec.selector);
    if (!selector || selector->empty()) return plan;
    auto const active = claim<pod>(world, *set, *selector, plan, [](pod const& p) { return is_active(p); });
    auto const terminating = terminating_of(world, *set, *selector);
    auto const wanted = set->spec.replicas.value_or(1);
    if (!set->metadata.deleting()) manage(world, set, active, wanted, plan);
    plan.update_status(set, with_status(world, *set, active, terminating, wanted));
    look_again(world, *set, active, plan);
    return plan;
}

BERTH_DECL auto replica_set_controller::terminating_of(reconcile::snapshot const& world,
                                                       replica_set const& set,
                                                       object::selector const& selector) -> std::int32_t {
    auto const is_terminating = [&](auto p) {
        return p->metadata.deleting() && !is_finished(*p) && selector.matches(p->metadata.labels);
    };
    auto const count = ranges::count_if(world.owned_by<pod>(set.metadata.uid), is_terminating);
    return static_cast<std::int32_t>(count);
}

BERTH_DECL auto replica_set_controller::manage(reconcile::snapshot const& world,
                                               reconcile::seen<replica_set> set, pods const& active,
                                               std::int32_t wanted, reconcile::plan& plan) -> void {
    auto const surplus = std::ssize(active) - wanted;
    for (auto n = std::min(-surplus, burst); n > 0; --n) {
        plan.create(pod_for(*set, set->spec.template_));
        plan.tell(set, "SuccessfulCreate", "Created pod: {name}");
        plan.warn(set, "FailedCreate", "Error creating: {error}", reconcile::note::when::failed);
    }
    if (surplus <= 0) return;
    auto ranked = std::vector<ranked_pod>();
    auto const siblings = siblings_by_node(world, *set);
    for (auto const& p : active) {
        auto const at = siblings.find(p->spec.node_name);
        ranked.push_back({p, at == siblings.end() ? 0 : at->second});
    }
    rank_for_deletion(ranked, world.now());
    for (auto i = std::ptrdiff_t{0}; i < std::min(surplus, burst); ++i) {
        auto const& p = ranked[static_cast<std::size_t>(i)].value;
        plan.remove(p, {.any_revision = true});
        plan.tell(set, "SuccessfulDelete", "Deleted pod: " + p->metadata.name);
        plan.warn(set, "FailedDelete", "Error deleting: {error}", reconcile::note::when::failed);
    }
}

BERTH_DECL auto replica_set_controller::siblings_by_node(reconcile::snapshot const& world,
                                                         replica_set const& set)
    -> std::map<std::string, std::size_t> {
    auto out = std::map<std::string, std::size_t>();
    auto const* const owner = object::controller_of(set.metadata);
    if (owner == nullptr) return out;
    auto selectors = std::vector<object::selector>();
    for (auto const related : world.owned_by<replica_set>(owner->uid))
        if (auto s = object::to_selector(related->spec.selector); s) selectors.push_back(*std::move(s));
    for (auto const p : world.all_in<pod>(set.metadata.namespace_)) {
        auto const selected = std::any_of(selectors.begin(), selectors.end(),
                                          [&](auto const& s) { return s.matches(p->metadata.labels); });
        if (selected && is_active(*p)) ++out[p->spec.node_name];
    }
    return out;
}

BERTH_DECL auto replica_set_controller::with_status(reconcile::snapshot const& world, replica_set const& set,
                                                    pods const& active, std::int32_t terminating,
                                                    std::int32_t wanted) -> replica_set {
    auto out = set;
    auto& s = out.status;
    auto const template_labels = object::selector::of_labels(set.spec.template_.metadata.labels);
    s.replicas = static_cast<std::int32_t>(active.size());
    s.fully_labeled_replicas = s.ready_replicas = s.available_replicas = 0;
    for (auto const& p : active) {
        s.fully_labeled_replicas += template_labels.matches(p->metadata.labels) ? 1 : 0;
        s.ready_replicas += is_ready(*p) ? 1 : 0;
        s.available_replicas += is_available(*p, set.spec.min_ready_seconds, world.now()) ? 1 : 0;
    }
    s.terminating_replicas = terminating;
    s.observed_generation = set.metadata.generation;
    set_failure(world, s, s.replicas < wanted);
    return out;
}

BERTH_DECL auto replica_set_controller::set_failure(reconcile::snapshot const& world, replica_set_status& s,
                                                    bool too_few) -> void {
    auto failed = static_cast<reconcile::failure const*>(nullptr);
    for (auto const& f : world.failures())
        if (auto const* const r = reconcile::resource_of(f.what); r != nullptr && *r == pod::resource)
            failed = &f;
    if (failed == nullptr) return reconcile::remove_condition(s.conditions, "ReplicaFailure");
    if (reconcile::is_true(s.conditions, "ReplicaFailure")) return;
    reconcile::set_condition(s.conditions,
                             {.type = "ReplicaFailure",
                              .status = "True",
                              .reason = too_few ? "FailedCreate" : "FailedDelete",
                              .message = failed->why.message},
                             world.now());
}

BERTH_DECL auto replica_set_controller::look_again(reconcile::snapshot const& world, replica_set const& set,
                                                   pods const& active, reconcile::plan& plan) -> void {
    auto const needed = set.spec.min_ready_seconds;
    for (auto const& p : active) {
        if (needed == 0 || !is_ready(*p) || is_available(*p, needed, world.now())) continue;
        auto const due = detail::ready_since(*p).time() + seconds(needed);
        plan.look_again(due - world.now());
    }
}

} // namespace berth::kube
