#pragma once

/// \file
/// Checks of bindings of pods to nodes (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/binding/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube {

/// Checks a binding of a pod to a node.
BERTH_DECL auto validate(binding const& b, api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/binding/validation.ipp>
#endif
