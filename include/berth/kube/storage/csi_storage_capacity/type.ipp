#pragma once

/// \file
/// The tables of `berth/kube/storage/csi_storage_capacity/type.hpp`.

#include <berth/kube/storage/csi_storage_capacity/type.hpp>

namespace berth::kube {

BERTH_TABLE(csi_storage_capacity);

} // namespace berth::kube
