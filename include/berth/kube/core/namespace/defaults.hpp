#pragma once

/// \file
/// What a namespace is when its manifest does not say (Kubernetes 1.36, `pkg/apis/core/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/namespace/type.hpp>
#include <berth/object/defaults.hpp>

namespace berth::kube {

/// Fills in a namespace: its name is one of its labels.
BERTH_DECL auto set_defaults(namespace_& n) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/namespace/defaults.ipp>
#endif
