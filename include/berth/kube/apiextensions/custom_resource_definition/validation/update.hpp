#pragma once

/// \file
/// How CustomResourceDefinitions may change (apiextensions-apiserver 1.36,
/// `ValidateCustomResourceDefinitionUpdate`): what was accepted once is not refused later.

#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/type.hpp>

namespace berth::kube {

BERTH_DECL auto validate_update(custom_resource_definition const& now,
                                custom_resource_definition const& before, api::field_errors& errors) -> void;

/// Checks a changed status.
BERTH_DECL auto validate_status(custom_resource_definition const& now,
                                custom_resource_definition const& before, api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/validation/update.ipp>
#endif
