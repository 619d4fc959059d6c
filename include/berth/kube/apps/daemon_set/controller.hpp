#pragma once

/// \file
/// Keeps a pod on each node that may have one (kubernetes 1.36, `pkg/controller/daemon`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/controller/sync.hpp>
#include <berth/kube/control/ownership.hpp>

#include <string_view>
#include <vector>

namespace berth::kube {

/// The reconcile function of daemon sets. It remembers on which nodes pods have failed of late.
struct daemon_set_controller {
    static constexpr std::string_view name = "daemonset";
    using reconciles = daemon_set;
    using owns = reconcile::kinds<pod, controller_revision>;
    using watches = reconcile::kinds<node>;
    using memory = failure_backoff;

    static auto indexes() -> std::vector<reconcile::index>;

    /// What nobody controls may be wanted by any set whose selector matches.
    auto keys_for(reconcile::snapshot const& world, pod const& p) const -> std::vector<object::key>;
    auto keys_for(reconcile::snapshot const& world, controller_revision const& r) const
        -> std::vector<object::key>;
    /// A node concerns every set.
    auto keys_for(reconcile::snapshot const& world, node const& n) const -> std::vector<object::key>;

    /// Which nodes have pods depends on their labels and taints.
    auto matters(node const& before, node const& after) const -> bool;

    auto reconcile(reconcile::snapshot const& world, object::key const& k,
                   failure_backoff const& before) const -> reconcile::decision<failure_backoff>;
};
static_assert(reconcile::controller<daemon_set_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/daemon_set/controller.ipp>
#endif
