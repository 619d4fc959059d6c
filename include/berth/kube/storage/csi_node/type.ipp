#pragma once

/// \file
/// The tables of `berth/kube/storage/csi_node/type.hpp`.

#include <berth/kube/storage/csi_node/type.hpp>

namespace berth::kube {

BERTH_TABLE(volume_node_resources);
BERTH_TABLE(csi_node_driver);
BERTH_TABLE(csi_node_spec);
BERTH_TABLE(csi_node);

} // namespace berth::kube
