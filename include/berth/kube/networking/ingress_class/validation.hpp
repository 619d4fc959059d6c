#pragma once

/// \file
/// Checks of classes of ingresses (Kubernetes 1.36, `pkg/apis/networking/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation.hpp>
#include <berth/kube/networking/ingress_class/type.hpp>

namespace berth::kube {

/// Checks a class that is to be created.
BERTH_DECL auto validate(ingress_class const& c, api::field_errors& errors) -> void;

/// Checks a change of a class, whose controller stays.
BERTH_DECL auto validate_update(ingress_class const& now, ingress_class const& before,
                                api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/networking/ingress_class/validation.ipp>
#endif
