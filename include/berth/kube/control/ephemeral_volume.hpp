#pragma once

/// \file
/// Makes the claims of pods' ephemeral volumes (kubernetes 1.36, `pkg/controller/volume/ephemeral`).

#include <berth/core/config.hpp>
#include <berth/kube/control/told_note.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <string_view>
#include <vector>

namespace berth::kube {

/// The reconcile function of ephemeral volumes: for each that a pod has there is a claim `POD-VOLUME` as its
/// template says, which the pod controls and which goes with it. A claim of that name that is not the pod's
/// is left alone; the pod is told so, and again each minute, and its other volumes wait.
struct ephemeral_volume_controller {
    static constexpr std::string_view name = "ephemeral-volume";
    using reconciles = pod;
    using watches = reconcile::kinds<persistent_volume_claim>;
    using memory = told_note;

    static auto indexes() -> std::vector<reconcile::index>;

    /// The pods that would have this claim made.
    auto keys_for(reconcile::snapshot const& world, persistent_volume_claim const& c) const
        -> std::vector<object::key>;
    /// The volumes of a pod never change.
    auto matters(pod const& before, pod const& after) const -> bool {
        return before.metadata.uid != after.metadata.uid;
    }

    /// Few pods have such volumes.
    auto matters(reconcile::snapshot const& world, pod const& p) const -> bool;

    auto reconcile(reconcile::snapshot const& world, object::key const& k, told_note const& before) const
        -> reconcile::decision<told_note>;
};
static_assert(reconcile::controller<ephemeral_volume_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/control/ephemeral_volume.ipp>
#endif
