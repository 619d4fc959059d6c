#pragma once

/// \file
/// What a replication controller is when its manifest does not say (Kubernetes 1.36,
/// `pkg/apis/core/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/defaults.hpp>
#include <berth/kube/core/replication_controller/type.hpp>

namespace berth::kube {

/// Fills in a replication controller: one pod, selected by the labels of its template.
BERTH_DECL auto set_defaults(replication_controller& c) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/replication_controller/defaults.ipp>
#endif
