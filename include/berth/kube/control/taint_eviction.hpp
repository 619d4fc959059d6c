#pragma once

/// \file
/// Drives pods off nodes whose taints they do not tolerate, or no longer (kubernetes 1.36,
/// `pkg/controller/tainteviction`).

#include <berth/core/config.hpp>
#include <berth/kube/core/node/controller.hpp>
#include <berth/kube/schedule/tolerations.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace berth::kube {

/// How long a pod may stay on a node with these `NoExecute` taints: nothing is for ever. For each taint the
/// first toleration that speaks of it counts; a taint without one allows no time at all.
[[nodiscard]] BERTH_DECL auto tolerated_for(object::list<taint> const& taints,
                                            object::list<toleration> const& tolerations)
    -> std::optional<duration>;

/// What is remembered of a pod whose time on its node is short.
struct scheduled_eviction {
    bool waits = false; ///< it is to be evicted later

    friend auto operator==(scheduled_eviction const&, scheduled_eviction const&) -> bool = default;
};

/// The reconcile function that evicts pods by `NoExecute` taints. The time that a pod tolerates them begins
/// with the first of them, or when the pod was bound, whichever is later.
struct taint_eviction_controller {
    static constexpr std::string_view name = "taint-eviction";
    using reconciles = pod;
    using watches = reconcile::kinds<node>;
    using memory = scheduled_eviction;

    /// Tells since when a taint is there that does not say so itself. Null: such a taint counts from now, for
    /// ever.
    node_observations const* observations = nullptr;

    static auto indexes() -> std::vector<reconcile::index>;

    auto keys_for(reconcile::snapshot const& world, node const& n) const -> std::vector<object::key>;
    auto matters(node const& before, node const& after) const -> bool;
    auto matters(pod const& before, pod const& after) const -> bool;
    /// Only those that drive pods off.
    auto matters(reconcile::snapshot const& world, node const& n) const -> bool;
    /// Only those on such nodes: of the rest, which are nearly all, nobody need think.
    auto matters(reconcile::snapshot const& world, pod const& p) const -> bool;

    auto reconcile(reconcile::snapshot const& world, object::key const& k,
                   scheduled_eviction const& before) const -> reconcile::decision<scheduled_eviction>;

private:
    auto begin_of(reconcile::snapshot const& world, node const& n, pod const& p) const -> time_point;
    auto since(reconcile::snapshot const& world, node const& n, taint const& t) const -> time_point;

    static auto evict(reconcile::snapshot const& world, reconcile::seen<pod> p, reconcile::plan& plan)
        -> void;
};
static_assert(reconcile::controller<taint_eviction_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/control/taint_eviction.ipp>
#endif
