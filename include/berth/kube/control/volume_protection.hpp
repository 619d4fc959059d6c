#pragma once

/// \file
/// Lets claims and volumes go that wait until nobody uses them (kubernetes 1.36,
/// `pkg/controller/volume/pvcprotection`, `pvprotection`).

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/reconcile/controller.hpp>

namespace berth::kube {

/// Takes its finalizer off a claim that is to go and that no pod uses which is not over.
struct claim_protection_controller {
    static constexpr std::string_view name = "persistentvolumeclaim-protection";
    using reconciles = persistent_volume_claim;
    using watches = reconcile::kinds<pod>;

    static auto indexes() -> std::vector<reconcile::index>;

    auto keys_for(reconcile::snapshot const&, pod const& p) const -> std::vector<object::key>;

    /// Looks at the claim's pods, if it is to go.
    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<claim_protection_controller>);

/// Takes its finalizer off a volume that is to go and is bound to no claim.
struct volume_protection_controller {
    static constexpr std::string_view name = "persistentvolume-protection";
    using reconciles = persistent_volume;

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<volume_protection_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/control/volume_protection.ipp>
#endif
