#pragma once

/// \file
/// What a claim is when its manifest does not say (Kubernetes 1.36, `pkg/apis/core/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/object/defaults.hpp>

namespace berth::kube {

/// Fills in a claim: a file system is asked for.
BERTH_DECL auto set_defaults(persistent_volume_claim& o) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume_claim/defaults.ipp>
#endif
