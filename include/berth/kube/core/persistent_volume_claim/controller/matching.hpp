#pragma once

/// \file
/// Which volume a claim gets while no node has a say in it (kubernetes 1.36,
/// `pkg/controller/volume/persistentvolume/index.go`, `component-helpers/storage/volume/pv_helpers.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace berth::kube {

/// The index of volumes by `namespace/name` of the claim that they are meant for.
inline constexpr std::string_view volumes_by_claim = "volumes-by-claim";
[[nodiscard]] BERTH_DECL auto volumes_by_claim_index() -> reconcile::index;
/// The index of volumes that are meant for no claim, by their class.
inline constexpr std::string_view free_volumes_by_class = "free-volumes-by-class";
[[nodiscard]] BERTH_DECL auto free_volumes_index() -> reconcile::index;

/// The volume that a claim gets; false if there is none. Of those that would do the ones with the fewest
/// access modes go first; of these, one that is kept for the claim, then the smallest. Of volumes that are
/// equal so far each claim prefers its own, so that many claims do not all want the same one.
///
/// `late`: whether the scheduler chooses the claim's volume; then only one that is kept for it will do. Costs
/// as much as there are free volumes of the class. Uses both indexes.
[[nodiscard]] BERTH_DECL auto best_volume(reconcile::snapshot const& world, persistent_volume_claim const& c,
                                          bool late) -> reconcile::seen<persistent_volume>;

/// Whether a volume that is meant for nobody would do for a claim of its class, were it available. The
/// claim's selector counts; one that is none matches nothing.
[[nodiscard]] BERTH_DECL auto would_fit(persistent_volume const& v, persistent_volume_claim const& c) -> bool;

/// How much a claim likes something of that name among things that are equal, the least the most: the same
/// each time, and another for each claim.
[[nodiscard]] BERTH_DECL auto preference(persistent_volume_claim const& c, std::string_view name)
    -> std::uint64_t;

/// Why a claim cannot have a volume that it names; nothing if it can.
[[nodiscard]] BERTH_DECL auto mismatch(persistent_volume const& v, persistent_volume_claim const& c)
    -> std::string;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume_claim/controller/matching.ipp>
#endif
