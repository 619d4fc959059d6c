#pragma once

/// \file
/// Gives roles that sum up others the rules of those (kubernetes 1.36,
/// `pkg/controller/clusterroleaggregation`).

#include <berth/core/config.hpp>
#include <berth/kube/rbac/cluster_role/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <string_view>
#include <vector>

namespace berth::kube {

/// The reconcile function of cluster roles with an aggregation rule: their rules are those of all other roles
/// that its selectors match, selector by selector and in the order of the roles' names, each rule once. Rules
/// that were written by hand stay as long as there is nothing to sum up.
struct cluster_role_aggregation_controller {
    static constexpr std::string_view name = "clusterrole-aggregation";
    using reconciles = cluster_role;

    static auto indexes() -> std::vector<reconcile::index>;

    /// Any role may be part of any that sums up.
    auto keys_for(reconcile::snapshot const& world, cluster_role const& r) const -> std::vector<object::key>;
    auto matters(cluster_role const& before, cluster_role const& after) const -> bool;

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<cluster_role_aggregation_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/rbac/cluster_role/controller.ipp>
#endif
