#pragma once

/// \file
/// How many pods may go at the moment: the status of disruption budgets, and what is left of disruptions that
/// did not happen (kubernetes 1.36, `pkg/controller/disruption`).

#include <berth/core/config.hpp>
#include <berth/kube/control/selected_pods.hpp>
#include <berth/kube/policy/pod_disruption_budget/controller/expected_pods.hpp>
#include <berth/kube/policy/pod_disruption_budget/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <vector>

namespace berth::kube {

/// The reconcile function of disruption budgets.
///
/// Healthy is a pod that is ready, is not being deleted, and of which no eviction was granted within the last
/// two minutes. Where the number of pods cannot be told the budget allows nothing, and its condition says why
/// (`SyncFailed`). The notes come with a change of the status.
struct disruption_controller {
    static constexpr std::string_view name = "disruption";
    using reconciles = pod_disruption_budget;
    using watches = reconcile::kinds<pod, replica_set, deployment, stateful_set, replication_controller>;

    /// After this time a pod whose eviction was granted, and which is still there, counts again.
    static constexpr duration deletion_timeout = minutes(2);

    static auto indexes() -> std::vector<reconcile::index>;

    /// The budgets that guard a pod, or the pods of a workload's template.
    auto keys_for(reconcile::snapshot const& world, pod const& p) const -> std::vector<object::key>;
    auto keys_for(reconcile::snapshot const& world, replica_set const& w) const -> std::vector<object::key>;
    auto keys_for(reconcile::snapshot const& world, deployment const& w) const -> std::vector<object::key>;
    auto keys_for(reconcile::snapshot const& world, stateful_set const& w) const -> std::vector<object::key>;
    auto keys_for(reconcile::snapshot const& world, replication_controller const& w) const
        -> std::vector<object::key>;

    /// Of workloads only their numbers matter.
    auto matters(replica_set const& before, replica_set const& after) const -> bool;
    auto matters(deployment const& before, deployment const& after) const -> bool;
    auto matters(stateful_set const& before, stateful_set const& after) const -> bool;
    auto matters(replication_controller const& before, replication_controller const& after) const -> bool;

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<disruption_controller>);

/// Takes back the condition `DisruptionTarget` of pods that were to go, and are still there two minutes
/// later. What the kubelet has said stays, and so does what is said of pods that are over.
struct stale_disruption_controller {
    static constexpr std::string_view name = "stale-pod-disruption";
    using reconciles = pod;

    /// After this time a disruption that has not begun is over.
    static constexpr duration timeout = minutes(2);

    /// Few pods are to go.
    auto matters(reconcile::snapshot const& world, pod const& p) const -> bool;

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<stale_disruption_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/policy/pod_disruption_budget/controller.ipp>
#endif
