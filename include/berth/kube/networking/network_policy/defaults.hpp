#pragma once

/// \file
/// What a network policy is when its manifest does not say (Kubernetes 1.36,
/// `pkg/apis/networking/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/networking/network_policy/type.hpp>

namespace berth::kube {

/// Fills in a policy: TCP, and both ways if it says something about what goes out.
BERTH_DECL auto set_defaults(network_policy& p) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/networking/network_policy/defaults.ipp>
#endif
