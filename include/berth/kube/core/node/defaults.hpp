#pragma once

/// \file
/// What a node is when its manifest does not say (Kubernetes 1.36, `pkg/apis/core/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/pod/defaults/container.hpp>

namespace berth::kube {

/// Fills in a node: what it has is what pods may have, unless it says otherwise.
BERTH_DECL auto set_defaults(node& n) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/node/defaults.ipp>
#endif
