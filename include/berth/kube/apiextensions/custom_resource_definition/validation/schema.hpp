#pragma once

/// \file
/// The checks of the schema of a version: that it is structural, and what its keywords may say together
/// (apiextensions-apiserver 1.36, `validation.go`, `pkg/apiserver/schema`).

#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/json_schema.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/schema_rules.hpp>

namespace berth::kube {

/// Checks the schema of a version. `status`: its objects have a status of their own.
BERTH_DECL auto validate_schema(json_schema const& s, bool status, schema_rules const& rules,
                                api::field_path const& at, api::field_errors& errors) -> void;

/// Checks that a schema is structural (`ValidateStructural`); one that has keywords which are not supported
/// at all is left to `validate_schema`.
BERTH_DECL auto validate_structural(json_schema const& s, api::field_path const& at,
                                    api::field_errors& errors) -> void;

/// The first keyword that no structural schema can have, in a sentence; empty if there is none.
[[nodiscard]] BERTH_DECL auto unsupported_keyword(json_schema const& s) -> std::string;

/// Whether a list that is a set or a map has elements that may be null, or keys that may be missing.
[[nodiscard]] BERTH_DECL auto has_loose_keys(json_schema const& s) -> bool;
/// Whether a set has elements that are not atomic.
[[nodiscard]] BERTH_DECL auto has_loose_set(json_schema const& s) -> bool;
/// Whether a type is none of OpenAPI's.
[[nodiscard]] BERTH_DECL auto has_unknown_type(json_schema const& s) -> bool;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/validation/schema.ipp>
#endif
