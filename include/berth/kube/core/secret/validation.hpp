#pragma once

/// \file
/// Checks of secrets (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/secret/type.hpp>
#include <berth/kube/core/validation/config.hpp>

namespace berth::kube {

/// Checks a secret that is to be created. That credentials of registries are JSON is left to those who read
/// them.
BERTH_DECL auto validate(secret const& s, api::field_errors& errors) -> void;

/// Checks a change of a secret.
BERTH_DECL auto validate_update(secret const& now, secret const& before, api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/secret/validation.ipp>
#endif
