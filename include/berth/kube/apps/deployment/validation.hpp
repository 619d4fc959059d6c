#pragma once

/// \file
/// Checks of deployments (Kubernetes 1.36, `pkg/apis/apps/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/core/pod/validation/template.hpp>

namespace berth::kube {

namespace detail {

BERTH_DECL auto validate_deployment_spec(deployment_spec const& s, field_errors& errors) -> void;

} // namespace detail

/// Checks a deployment that is to be created.
inline auto validate(deployment const& d, api::field_errors& errors) -> void {
    detail::validate_deployment_spec(d.spec, errors);
}

/// Checks a change of a deployment.
inline auto validate_update(deployment const& now, deployment const& before, api::field_errors& errors)
    -> void {
    detail::validate_deployment_spec(now.spec, errors);
    detail::validate_fixed_selector(now.spec.selector, before.spec.selector, errors);
}

/// Checks a change of a deployment's status.
BERTH_DECL auto validate_status(deployment const& now, deployment const& before, api::field_errors& errors)
    -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/deployment/validation.ipp>
#endif
