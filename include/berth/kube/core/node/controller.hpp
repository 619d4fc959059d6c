#pragma once

/// \file
/// Finds out which nodes have died, and says so: in their conditions, by taints, and in the conditions of
/// their pods (kubernetes 1.36, `pkg/controller/nodelifecycle`).

#include <berth/core/config.hpp>
#include <berth/kube/core/node/controller/taints.hpp>
#include <berth/kube/core/node/controller/zones.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/reconcile/controller.hpp>

#include <string>
#include <utility>
#include <vector>

namespace berth::kube {

/// The index of pods by the node that they are bound to.
inline constexpr std::string_view pods_by_node = "node";

[[nodiscard]] BERTH_DECL auto node_index() -> reconcile::index;

/// How patient the controller is.
struct node_lifecycle_options {
    duration grace = seconds(50); ///< without a sign of life, after which a node counts as unreachable
    duration startup_grace = seconds(60); ///< the same for a node that never posted a status
    duration period = seconds(5);         ///< how often nodes that are not ready are looked at
    eviction_rates evictions = {};        ///< how fast nodes are given up
};

/// The reconcile function of nodes. A sign of life is a new heartbeat of the `Ready` condition or a renewal
/// of the node's lease. Each node that is ready is looked at when its time is up.
///
/// Pods are driven off nodes no faster than `evictions` says, slower or not at all in zones most of whose
/// nodes are not ready, and nowhere while no node is ready at all: then it is more likely that this side is
/// cut off.
struct node_lifecycle_controller {
    static constexpr std::string_view name = "node-lifecycle";
    using reconciles = node;
    using watches = reconcile::kinds<pod>;
    using reads = reconcile::kinds<lease>;

    node_lifecycle_options options = {};
    node_observations const* observations = nullptr; ///< null: the times in the objects are believed

    static auto indexes() -> std::vector<reconcile::index>;

    auto keys_for(reconcile::snapshot const&, pod const& p) const -> std::vector<object::key>;
    auto matters(pod const& before, pod const& after) const -> bool {
        return before.spec.node_name != after.spec.node_name || is_ready(before) != is_ready(after);
    }

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;

private:
    /// Whether pods are to leave a node; when it is not ready the plan looks again.
    auto judge_eviction(reconcile::snapshot const& world, node const& before, node const& n,
                        reconcile::plan& plan) const -> eviction_allowance;

    /// When the node must have given its next sign of life.
    auto deadline_of(reconcile::snapshot const& world, node const& n) const -> time_point;
    auto last_sign(reconcile::snapshot const& world, node const& n, node_condition const* ready) const
        -> time_point;

    /// Nothing is known any more of what the node's agent would have to tell.
    static auto lose(node& n, time_point now) -> void;

    /// Pods of a node that is not ready are not either. A pod whose agent said so after that is believed.
    static auto mark_pods(reconcile::snapshot const& world, node const& n, reconcile::plan& plan) -> void;
};
static_assert(reconcile::controller<node_lifecycle_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/node/controller.ipp>
#endif
