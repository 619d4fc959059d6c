#pragma once

/// \file
/// Checks of resource quotas (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/resource_quota/type.hpp>
#include <berth/kube/core/validation/resources.hpp>

namespace berth::kube {

/// Checks a resource quota that is to be created.
BERTH_DECL auto validate(resource_quota const& q, api::field_errors& errors) -> void;

/// Checks a change of a resource quota.
BERTH_DECL auto validate_update(resource_quota const& now, resource_quota const& before,
                                api::field_errors& errors) -> void;

/// Checks a change of a resource quota's status.
BERTH_DECL auto validate_status(resource_quota const& now, resource_quota const& before,
                                api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/resource_quota/validation.ipp>
#endif
