#pragma once

/// \file
/// Rolls the template of a deployment out over replica sets (kubernetes 1.36, `pkg/controller/deployment`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/deployment/controller/sync.hpp>

#include <string>
#include <utility>
#include <vector>

namespace berth::kube {

/// The reconcile function of deployments.
struct deployment_controller {
    static constexpr std::string_view name = "deployment";
    using reconciles = deployment;
    using owns = reconcile::kinds<replica_set>;
    using watches = reconcile::kinds<pod>;

    static auto indexes() -> std::vector<reconcile::index>;

    /// A set that nobody controls may be wanted by any deployment whose selector matches.
    auto keys_for(reconcile::snapshot const& world, replica_set const& r) const -> std::vector<object::key>;
    /// A deployment that recreates waits for its old pods to go.
    auto keys_for(reconcile::snapshot const& world, pod const& p) const -> std::vector<object::key>;

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;

private:
    /// A deployment of everything is nobody's wish.
    static auto refuse(reconcile::seen<deployment> seen) -> reconcile::plan;
};
static_assert(reconcile::controller<deployment_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/deployment/controller.ipp>
#endif
