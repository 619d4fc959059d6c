#pragma once

/// \file
/// The tables of `berth/kube/core/pod/volume.hpp`.

#include <berth/kube/core/pod/volume.hpp>

namespace berth::kube {

BERTH_TABLE(empty_dir_volume_source);
BERTH_TABLE(iscsi_volume_source);
BERTH_TABLE(persistent_volume_claim_volume_source);
BERTH_TABLE(csi_volume_source);
BERTH_TABLE(ephemeral_volume_source);
BERTH_TABLE(image_volume_source);
BERTH_TABLE(volume);

} // namespace berth::kube
