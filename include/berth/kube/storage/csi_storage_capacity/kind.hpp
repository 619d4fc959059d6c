#pragma once

/// \file
/// How storage capacities behave in the API, and their table (kubernetes 1.36,
/// `pkg/registry/storage/csistoragecapacity`, `printCSIStorageCapacity`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/storage/csi_storage_capacity/type.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto csi_storage_capacity_kind() -> api::kind_of<csi_storage_capacity>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/storage/csi_storage_capacity/kind.ipp>
#endif
