#pragma once

/// \file
/// The steps that bring a volume and a claim together (kubernetes 1.36, `pv_controller.go`, `bind`).

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <string_view>

namespace berth::kube {

/// The volume gets a phase, and a message with it; nothing if it has that phase.
BERTH_DECL auto set_phase(reconcile::plan& plan, reconcile::seen<persistent_volume> before,
                          persistent_volume now, std::string_view phase, std::string_view message,
                          time_point when) -> void;

/// The claim gets a phase; what it is said to have is what the volume offers, nothing without a volume. A
/// claim that is bound keeps its capacity: a volume may be larger than the file system on it.
BERTH_DECL auto set_phase(reconcile::plan& plan, reconcile::seen<persistent_volume_claim> before,
                          persistent_volume_claim now, std::string_view phase, persistent_volume const* has)
    -> void;

/// Binds both, as far as they are not: the volume first, then the claim. Another claim that wants the same
/// volume fails at the revision of it.
BERTH_DECL auto bind(reconcile::plan& plan, reconcile::seen<persistent_volume> v,
                     reconcile::seen<persistent_volume_claim> c, time_point now) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume_claim/controller/binding.ipp>
#endif
