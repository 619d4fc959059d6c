#pragma once

/// \file
/// The checks of a schema's defaults: they must be valid themselves (apiextensions-apiserver 1.36,
/// `pkg/apiserver/schema/defaulting/validation.go`).

#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/json_schema.hpp>

namespace berth::kube {

/// Checks the defaults of a structural schema. `pruned`: they may have no members that the schema does not
/// describe.
BERTH_DECL auto validate_schema_defaults(json_schema const& s, bool pruned, api::field_path const& at,
                                         api::field_errors& errors) -> void;

/// Whether some default has members that the schema does not describe.
[[nodiscard]] BERTH_DECL auto has_unpruned_defaults(json_schema const& s) -> bool;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/validation/schema_defaults.ipp>
#endif
