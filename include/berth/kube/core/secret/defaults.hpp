#pragma once

/// \file
/// What a secret is when its manifest does not say (Kubernetes 1.36, `pkg/apis/core/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/secret/type.hpp>
#include <berth/object/defaults.hpp>

namespace berth::kube {

/// Fills in a secret: plain texts become data.
BERTH_DECL auto set_defaults(secret& s) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/secret/defaults.ipp>
#endif
