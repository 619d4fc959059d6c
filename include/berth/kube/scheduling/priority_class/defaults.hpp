#pragma once

/// \file
/// What a priority class is when its manifest does not say (Kubernetes 1.36,
/// `pkg/apis/scheduling/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/scheduling/priority_class/type.hpp>
#include <berth/object/defaults.hpp>

namespace berth::kube {

/// Fills in a priority class: its pods preempt.
BERTH_DECL auto set_defaults(priority_class& p) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/scheduling/priority_class/defaults.ipp>
#endif
