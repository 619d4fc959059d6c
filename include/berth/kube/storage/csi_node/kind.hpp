#pragma once

/// \file
/// How the drivers of nodes behave in the API, and their table (kubernetes 1.36,
/// `pkg/registry/storage/csinode`, `printCSINode`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/storage/csi_node/type.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto csi_node_kind() -> api::kind_of<csi_node>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/storage/csi_node/kind.ipp>
#endif
