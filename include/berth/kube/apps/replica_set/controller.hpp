#pragma once

/// \file
/// Keeps as many pods of a template as a replica set wants (kubernetes 1.36, `pkg/controller/replicaset`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/replica_set/controller/pod_ranking.hpp>
#include <berth/kube/apps/replica_set/type.hpp>
#include <berth/kube/control/ownership.hpp>
#include <berth/object/label_selector.hpp>
#include <berth/reconcile/conditions.hpp>

#include <range/v3/algorithm/count_if.hpp>

#include <algorithm>
#include <map>
#include <optional>

namespace berth::kube {

/// The reconcile function of replica sets.
struct replica_set_controller {
    static constexpr std::string_view name = "replicaset";
    using reconciles = replica_set;
    using owns = reconcile::kinds<pod>;

    /// The most pods that one plan creates or deletes.
    static constexpr std::ptrdiff_t burst = 500;

    static auto indexes() -> std::vector<reconcile::index>;

    /// A pod that nobody controls may be wanted by any set whose selector matches.
    auto keys_for(reconcile::snapshot const& world, pod const& p) const -> std::vector<object::key>;

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;

private:
    using pods = std::vector<reconcile::seen<pod>>;

    /// The pods of the set that are on their way out and not finished yet.
    static auto terminating_of(reconcile::snapshot const& world, replica_set const& set,
                               object::selector const& selector) -> std::int32_t;

    static auto manage(reconcile::snapshot const& world, reconcile::seen<replica_set> set, pods const& active,
                       std::int32_t wanted, reconcile::plan& plan) -> void;

    /// How many active pods that the sets of the same owner select are on each node. Nothing for a set
    /// without one.
    static auto siblings_by_node(reconcile::snapshot const& world, replica_set const& set)
        -> std::map<std::string, std::size_t>;

    static auto with_status(reconcile::snapshot const& world, replica_set const& set, pods const& active,
                            std::int32_t terminating, std::int32_t wanted) -> replica_set;

    /// The condition that says that pods could not be created or deleted, as long as that is so.
    static auto set_failure(reconcile::snapshot const& world, replica_set_status& s, bool too_few) -> void;

    /// Pods that are ready become available by the passing of time alone.
    static auto look_again(reconcile::snapshot const& world, replica_set const& set, pods const& active,
                           reconcile::plan& plan) -> void;
};
static_assert(reconcile::controller<replica_set_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/replica_set/controller.ipp>
#endif
