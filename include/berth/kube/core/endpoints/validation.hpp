#pragma once

/// \file
/// Checks of endpoints (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/api/check_field.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/endpoints/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube {

/// Checks endpoints that are to be created.
BERTH_DECL auto validate(endpoints const& e, api::field_errors& errors) -> void;

/// Checks a change of endpoints. Addresses that are there and would be refused today may stay, unless they
/// mean the machine itself.
BERTH_DECL auto validate_update(endpoints const& now, endpoints const& before, api::field_errors& errors)
    -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/endpoints/validation.ipp>
#endif
