#pragma once

/// \file
/// Checks of changes of services (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/service/validation.hpp>

namespace berth::kube {

/// Checks a change of a service.
BERTH_DECL auto validate_update(service const& now, service const& before, api::field_errors& errors) -> void;

/// Checks a change of a service's status.
BERTH_DECL auto validate_status(service const& now, service const& /*before*/, api::field_errors& errors)
    -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/service/validation/update.ipp>
#endif
