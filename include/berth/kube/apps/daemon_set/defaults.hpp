#pragma once

/// \file
/// What a daemon set is when its manifest does not say (Kubernetes 1.36, `pkg/apis/apps/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/type.hpp>
#include <berth/kube/core/pod/defaults.hpp>

namespace berth::kube {

/// Fills in a daemon set: pods are replaced on one node after the other.
BERTH_DECL auto set_defaults(daemon_set& d) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/daemon_set/defaults.ipp>
#endif
