#pragma once

/// \file
/// What a stateful set is when its manifest does not say (Kubernetes 1.36, `pkg/apis/apps/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/stateful_set/type.hpp>
#include <berth/kube/core/pod/defaults.hpp>

namespace berth::kube {

/// Fills in a stateful set: one pod, made and replaced in order, whose claims outlive it.
BERTH_DECL auto set_defaults(stateful_set& s) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/stateful_set/defaults.ipp>
#endif
