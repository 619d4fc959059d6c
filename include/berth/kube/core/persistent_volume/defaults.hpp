#pragma once

/// \file
/// What a persistent volume is when its manifest does not say (Kubernetes 1.36,
/// `pkg/apis/core/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/object/defaults.hpp>

namespace berth::kube {

/// Fills in a volume: a file system that is kept when its claim goes.
BERTH_DECL auto set_defaults(persistent_volume& o) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume/defaults.ipp>
#endif
