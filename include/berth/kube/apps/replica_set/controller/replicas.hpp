#pragma once

/// \file
/// Keeps as many equal pods as an object of some kind wants: what the controllers of replica sets and of
/// replication controllers have in common (kubernetes 1.36, `pkg/controller/replicaset`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/replica_set/controller/pod_ranking.hpp>
#include <berth/kube/control/ownership.hpp>
#include <berth/kube/control/pod_steps.hpp>
#include <berth/reconcile/conditions.hpp>
#include <berth/reconcile/world.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// The most pods that one plan makes or deletes.
inline constexpr std::ptrdiff_t replicas_burst = 500;

namespace detail {

using seen_pods = std::vector<reconcile::seen<pod>>;

struct replica_counts {
    std::int32_t all = 0;
    std::int32_t fully_labelled = 0; ///< with all labels of the template
    std::int32_t ready = 0;
    std::int32_t available = 0;
};

[[nodiscard]] BERTH_DECL auto count_replicas(seen_pods const& active, pod_template_spec const& t,
                                             std::int32_t min_ready_seconds, time_point now)
    -> replica_counts;

/// The last step on a pod that did not succeed, or null.
[[nodiscard]] BERTH_DECL auto failed_on_pods(reconcile::snapshot const& world) -> reconcile::failure const*;

/// The first of these pods to go, each with how many of its siblings are on its node.
[[nodiscard]] BERTH_DECL auto first_to_go(seen_pods const& active,
                                          std::map<std::string, std::size_t> const& siblings,
                                          std::ptrdiff_t count, time_point now) -> seen_pods;

/// How many of the pods that an object controls and `selector` matches are on their way out and not finished.
[[nodiscard]] BERTH_DECL auto count_terminating(reconcile::snapshot const& world, std::string_view owner_uid,
                                                object::selector const& selector) -> std::int32_t;

/// How many active pods of a namespace are on each node that some of the selectors match.
[[nodiscard]] BERTH_DECL auto count_by_node(reconcile::snapshot const& world, std::string_view namespace_,
                                            std::vector<object::selector> const& selectors)
    -> std::map<std::string, std::size_t>;

/// How many active pods that the sets of the same owner select are on each node. Nothing for a set without
/// one.
template <class Set> auto siblings_by_node(reconcile::snapshot const& world, Set const& set)
    -> std::map<std::string, std::size_t> {
    auto const* const owner = object::controller_of(set.metadata);
    if (owner == nullptr) return {};
    auto selectors = std::vector<object::selector>();
    for (auto const related : world.owned_by<Set>(owner->uid))
        if (auto s = label_selector_of(*related); s) selectors.push_back(*std::move(s));
    return count_by_node(world, set.metadata.namespace_, selectors);
}

/// How many pods are too many, or, below zero, missing: no more than one plan deletes or makes. Makes room in
/// the plan for the steps.
[[nodiscard]] BERTH_DECL auto surplus_of(seen_pods const& active, std::int32_t wanted, reconcile::plan& plan)
    -> std::ptrdiff_t;

/// Makes pods that are missing, deletes those that are too many.
template <class Set>
auto manage_replicas(reconcile::snapshot const& world, reconcile::seen<Set> set, pod_template_spec const& t,
                     seen_pods const& active, reconcile::plan& plan) -> void {
    auto const surplus = surplus_of(active, set->spec.replicas.value_or(1), plan);
    for (auto n = surplus; n < 0; ++n)
        make_pod(plan, set, pod_like(t, set->metadata, reconcile::controlled_by(*set)));
    if (surplus <= 0) return;
    auto const siblings = siblings_by_node(world, *set);
    for (auto const& p : first_to_go(active, siblings, surplus, world.now())) delete_pod(plan, set, p);
}

/// The condition that says that pods could not be created or deleted, as long as that is so.
template <class Status>
auto set_replica_failure(reconcile::snapshot const& world, Status& s, std::int32_t wanted) -> void {
    auto const* const failed = failed_on_pods(world);
    if (failed == nullptr) return reconcile::remove_condition(s.conditions, "ReplicaFailure");
    if (reconcile::is_true(s.conditions, "ReplicaFailure")) return;
    reconcile::set_condition(s.conditions,
                             {.type = "ReplicaFailure",
                              .status = "True",
                              .reason = s.replicas < wanted ? "FailedCreate" : "FailedDelete",
                              .message = failed->why.message},
                             world.now());
}

template <class Set>
auto with_replica_status(reconcile::snapshot const& world, Set out, replica_counts const& counts,
                         std::int32_t terminating) -> Set {
    auto& s = out.status;
    s.replicas = counts.all;
    s.fully_labeled_replicas = counts.fully_labelled;
    s.ready_replicas = counts.ready;
    s.available_replicas = counts.available;
    if constexpr (requires { s.terminating_replicas; }) s.terminating_replicas = terminating;
    s.observed_generation = out.metadata.generation;
    set_replica_failure(world, s, out.spec.replicas.value_or(1));
    return out;
}

} // namespace detail

/// What to do for a set whose pods `selector` matches, which are made like `t`. After a failure the status is
/// written before the next attempt, at which the plan may end again.
template <object::kind_type Set>
[[nodiscard]] auto keep_replicas(reconcile::snapshot const& world, reconcile::seen<Set> set,
                                 object::selector const& selector, pod_template_spec const& t)
    -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const active = claim<pod>(world, *set, selector, plan, [](pod const& p) { return is_active(p); });
    auto const needed = set->spec.min_ready_seconds;
    auto const counts = detail::count_replicas(active, t, needed, world.now());
    auto const terminating = detail::count_terminating(world, set->metadata.uid, selector);
    auto status = detail::with_replica_status(world, *set, counts, terminating);
    auto const had_failed = !world.failures().empty();
    if (had_failed) plan.update_status(set, status);
    if (!set->metadata.deleting()) detail::manage_replicas(world, set, t, active, plan);
    if (!had_failed) plan.update_status(set, std::move(status));
    look_again_when_available(plan, active, needed, world.now());
    return plan;
}

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/replica_set/controller/replicas.ipp>
#endif
