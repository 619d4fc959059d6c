#pragma once

/// \file
/// Checks of ingresses (Kubernetes 1.36, `pkg/apis/networking/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation.hpp>
#include <berth/kube/networking/ingress/type.hpp>

namespace berth::kube {

/// Names the class of an ingress in the older way.
inline constexpr std::string_view ingress_class_annotation = "kubernetes.io/ingress.class";

namespace detail {

/// What an ingress and the parameters of a class may refer to.
BERTH_DECL auto validate_local_reference(object::boxed<std::string> const& api_group, std::string_view kind,
                                         std::string_view name, field_path const& at, field_errors& errors)
    -> void;

} // namespace detail

/// Checks an ingress that is to be created.
BERTH_DECL auto validate(ingress const& i, api::field_errors& errors) -> void;

/// Checks a change of an ingress. Names of secrets and rules of wildcard hosts that were wrong may stay so.
BERTH_DECL auto validate_update(ingress const& now, ingress const& before, api::field_errors& errors) -> void;

/// Checks a change of its status.
BERTH_DECL auto validate_status(ingress const& now, ingress const& before, api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/networking/ingress/validation.ipp>
#endif
