#pragma once

/// \file
/// What a deployment is when its manifest does not say (Kubernetes 1.36, `pkg/apis/apps/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/core/pod/defaults.hpp>

namespace berth::kube {

/// Fills in a deployment: one pod, replaced by rolling updates of a quarter at a time.
BERTH_DECL auto set_defaults(deployment& d) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/deployment/defaults.ipp>
#endif
