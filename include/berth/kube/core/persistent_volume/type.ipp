#pragma once

/// \file
/// The tables of `berth/kube/core/persistent_volume/type.hpp`.

#include <berth/kube/core/persistent_volume/type.hpp>

namespace berth::kube {

BERTH_TABLE(volume_node_affinity);
BERTH_TABLE(persistent_volume_spec);
BERTH_TABLE(persistent_volume_status);
BERTH_TABLE(persistent_volume);

} // namespace berth::kube
