#pragma once

/// \file
/// What a storage driver is when its manifest does not say (Kubernetes 1.36,
/// `pkg/apis/storage/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/storage/csi_driver/type.hpp>
#include <berth/object/defaults.hpp>

namespace berth::kube {

/// Fills in a driver: its volumes are attached, and outlive pods.
BERTH_DECL auto set_defaults(csi_driver& o) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/storage/csi_driver/defaults.ipp>
#endif
