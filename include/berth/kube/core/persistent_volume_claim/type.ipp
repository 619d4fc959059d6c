#pragma once

/// \file
/// The tables of `berth/kube/core/persistent_volume_claim/type.hpp`.

#include <berth/kube/core/persistent_volume_claim/type.hpp>

namespace berth::kube {

BERTH_TABLE(persistent_volume_claim_condition);
BERTH_TABLE(modify_volume_status);
BERTH_TABLE(persistent_volume_claim_status);
BERTH_TABLE(persistent_volume_claim);

} // namespace berth::kube
