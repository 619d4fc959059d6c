#pragma once

/// \file
/// What a limit range is when its manifest does not say (Kubernetes 1.36, `pkg/apis/core/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/limit_range/type.hpp>

namespace berth::kube {

/// Fills in a limit range: a container that does not say its limit has the greatest one, and requests its
/// limit, or else the least.
BERTH_DECL auto set_defaults(limit_range& l) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/limit_range/defaults.ipp>
#endif
