#pragma once

/// \file
/// How storage drivers behave in the API, and their table (kubernetes 1.36, `pkg/registry/storage/csidriver`,
/// `printCSIDriver`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/storage/csi_driver/defaults.hpp>
#include <berth/kube/storage/csi_driver/type.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto csi_driver_kind() -> api::kind_of<csi_driver>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/storage/csi_driver/kind.ipp>
#endif
