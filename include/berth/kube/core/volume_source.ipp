#pragma once

/// \file
/// The tables of `berth/kube/core/volume_source.hpp`.

#include <berth/kube/core/volume_source.hpp>

namespace berth::kube {

BERTH_TABLE(host_path_volume_source);
BERTH_TABLE(nfs_volume_source);
BERTH_TABLE(fc_volume_source);

} // namespace berth::kube
