#pragma once

/// \file
/// Checks of network policies (Kubernetes 1.36, `pkg/apis/networking/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation.hpp>
#include <berth/kube/networking/network_policy/type.hpp>

namespace berth::kube {

/// Checks a policy that is to be created.
BERTH_DECL auto validate(network_policy const& p, api::field_errors& errors) -> void;

/// Checks a change of a policy. Kubernetes tells each mistake twice.
BERTH_DECL auto validate_update(network_policy const& now, network_policy const& before,
                                api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/networking/network_policy/validation.ipp>
#endif
