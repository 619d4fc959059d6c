#pragma once

/// \file
/// The tables of `berth/kube/storage/csi_driver/type.hpp`.

#include <berth/kube/storage/csi_driver/type.hpp>

namespace berth::kube {

BERTH_TABLE(csi_token_request);
BERTH_TABLE(csi_driver_spec);
BERTH_TABLE(csi_driver);

} // namespace berth::kube
