#pragma once

/// \file
/// Keeps as many pods of a template as a replica set wants (kubernetes 1.36, `pkg/controller/replicaset`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/replica_set/controller/replicas.hpp>
#include <berth/kube/apps/replica_set/type.hpp>

#include <string_view>
#include <vector>

namespace berth::kube {

/// The reconcile function of replica sets.
struct replica_set_controller {
    static constexpr std::string_view name = "replicaset";
    using reconciles = replica_set;
    using owns = reconcile::kinds<pod>;

    static auto indexes() -> std::vector<reconcile::index>;

    /// A pod that nobody controls may be wanted by any set whose selector matches.
    auto keys_for(reconcile::snapshot const& world, pod const& p) const -> std::vector<object::key>;

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<replica_set_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/replica_set/controller.ipp>
#endif
