#pragma once

/// \file
/// The tables of `berth/kube/core/persistent_volume_claim/spec.hpp`.

#include <berth/kube/core/persistent_volume_claim/spec.hpp>

namespace berth::kube {

BERTH_TABLE(persistent_volume_claim_spec);
BERTH_TABLE(persistent_volume_claim_template);

} // namespace berth::kube
