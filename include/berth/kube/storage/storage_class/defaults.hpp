#pragma once

/// \file
/// What a storage class is when its manifest does not say (Kubernetes 1.36,
/// `pkg/apis/storage/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/storage/storage_class/type.hpp>
#include <berth/object/defaults.hpp>

namespace berth::kube {

/// Fills in a class: volumes are made at once, and go with their claims.
BERTH_DECL auto set_defaults(storage_class& o) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/storage/storage_class/defaults.ipp>
#endif
