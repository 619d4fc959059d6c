#pragma once

/// \file
/// What the keywords of a schema may say together (`ValidateCustomResourceDefinitionOpenAPISchema`).

#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/json_schema.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/schema_rules.hpp>

namespace berth::kube::detail {

BERTH_DECL auto validate_keywords(json_schema const& s, schema_rules const& rules, api::field_path const& at,
                                  api::field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/detail/keywords.ipp>
#endif
