#pragma once

/// \file
/// What a priority class is when its manifest does not say (Kubernetes 1.36,
/// `pkg/apis/scheduling/v1/defaults.go`).

#include <berth/kube/scheduling/priority_class/type.hpp>
#include <berth/object/defaults.hpp>

namespace berth::kube {

/// Fills in a priority class: its pods preempt.
inline auto set_defaults(priority_class& p) -> void { object::apply_defaults(p); }

} // namespace berth::kube
