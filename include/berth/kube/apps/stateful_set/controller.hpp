#pragma once

/// \file
/// Keeps pods that have names and storage of their own (kubernetes 1.36, `pkg/controller/statefulset`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/stateful_set/controller/sync.hpp>
#include <berth/kube/control/ownership.hpp>

#include <string_view>
#include <vector>

namespace berth::kube {

/// The reconcile function of stateful sets.
struct stateful_set_controller {
    static constexpr std::string_view name = "statefulset";
    using reconciles = stateful_set;
    using owns = reconcile::kinds<pod, controller_revision>;
    using watches = reconcile::kinds<persistent_volume_claim>;

    static auto indexes() -> std::vector<reconcile::index>;

    /// What nobody controls may be wanted by any set whose selector matches.
    auto keys_for(reconcile::snapshot const& world, pod const& p) const -> std::vector<object::key>;
    auto keys_for(reconcile::snapshot const& world, controller_revision const& r) const
        -> std::vector<object::key>;
    /// A claim concerns the sets whose pods may have one of that name.
    auto keys_for(reconcile::snapshot const& world, persistent_volume_claim const& c) const
        -> std::vector<object::key>;

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<stateful_set_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/stateful_set/controller.ipp>
#endif
