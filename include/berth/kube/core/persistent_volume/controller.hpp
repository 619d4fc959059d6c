#pragma once

/// \file
/// Says whose volumes are, and reclaims those that are nobody's any more (kubernetes 1.36,
/// `pkg/controller/volume/persistentvolume`, the part that goes from volume to volume).

#include <berth/core/config.hpp>
#include <berth/kube/control/told_note.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/core/persistent_volume_claim/controller.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace berth::kube {

/// What is remembered of a volume.
struct volume_memory {
    told_note told;
    std::optional<time_point> missing; ///< since when its claim is not to be seen

    friend auto operator==(volume_memory const&, volume_memory const&) -> bool = default;
};

/// The reconcile function of volumes' phases. A volume is `Available` while no claim has it, `Bound` while
/// one has, `Released` when its claim is gone; then its reclaim policy is followed:
/// * `Retain`: it stays as it is;
/// * `Delete`: whoever made it deletes it. Of volumes that nobody made, a `hostPath` below `/tmp` is deleted
///   (the folder itself stays: it is on another machine); all others have `Failed`;
/// * `Recycle`: there is nothing that can recycle, it has `Failed`.
///
/// A volume that nobody has seen bound yet may be known before its claim is; that one is missed for a second
/// before it counts as gone.
struct persistent_volume_controller {
    static constexpr std::string_view name = "persistentvolume-binder";
    using reconciles = persistent_volume;
    using watches = reconcile::kinds<persistent_volume_claim>;
    using reads = reconcile::kinds<pod>;
    using memory = volume_memory;

    volume_binding_options options = {};

    static auto indexes() -> std::vector<reconcile::index>;

    /// The volumes that are meant for a claim.
    auto keys_for(reconcile::snapshot const& world, persistent_volume_claim const& c) const
        -> std::vector<object::key>;

    auto reconcile(reconcile::snapshot const& world, object::key const& k, volume_memory const& before) const
        -> reconcile::decision<volume_memory>;
};
static_assert(reconcile::controller<persistent_volume_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume/controller.ipp>
#endif
