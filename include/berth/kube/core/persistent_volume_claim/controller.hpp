#pragma once

/// \file
/// Finds volumes for claims (kubernetes 1.36, `pkg/controller/volume/persistentvolume`, the part that goes
/// from claim to claim).

#include <berth/core/config.hpp>
#include <berth/kube/control/told_note.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/storage/storage_class/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <string_view>
#include <vector>

namespace berth::kube {

/// What the controllers of claims and volumes are told.
struct volume_binding_options {
    /// After which a claim that still waits is looked at again, and what it waits for is told again.
    duration period = seconds(15);
};

/// The reconcile function that binds claims to volumes that are there, and says what the others wait for:
/// * a claim that names no volume gets the one that suits it best (`best_volume`); if its class waits for the
///   first consumer, only one that the scheduler, or somebody else, has made its own;
/// * a claim that names a volume gets that or none;
/// * a claim without a class gets the default class once there is one, unless a volume without a class suits;
/// * a claim whose class makes volumes is marked for the provisioner that makes them;
/// * a claim that is bound, and whose volume is gone or another's, is lost.
///
/// What it is to wait for is told once, and again each period.
struct persistent_volume_claim_controller {
    static constexpr std::string_view name = "persistentvolumeclaim-binder";
    using reconciles = persistent_volume_claim;
    using watches = reconcile::kinds<persistent_volume, storage_class>;
    using reads = reconcile::kinds<pod>;
    using memory = told_note;

    volume_binding_options options = {};

    static auto indexes() -> std::vector<reconcile::index>;

    /// The claim that a volume is meant for, claims that name it, and claims that it might suit.
    auto keys_for(reconcile::snapshot const& world, persistent_volume const& v) const
        -> std::vector<object::key>;
    /// The claims of the class that are not bound; for a default class also those that name none.
    auto keys_for(reconcile::snapshot const& world, storage_class const& c) const -> std::vector<object::key>;

    auto reconcile(reconcile::snapshot const& world, object::key const& k, told_note const& before) const
        -> reconcile::decision<told_note>;
};
static_assert(reconcile::controller<persistent_volume_claim_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume_claim/controller.ipp>
#endif
