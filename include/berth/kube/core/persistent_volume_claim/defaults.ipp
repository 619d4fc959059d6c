#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume_claim/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume_claim/defaults.hpp>

namespace berth::kube {

BERTH_DECL auto set_defaults(persistent_volume_claim& o) -> void { object::apply_defaults(o); }

} // namespace berth::kube
