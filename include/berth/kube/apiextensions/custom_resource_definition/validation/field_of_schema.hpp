#pragma once

/// \file
/// The field of a schema that a path names: `.spec.size`, `.spec['a b']` (apiextensions-apiserver 1.36,
/// `schema/cel/validation.go`, `ValidFieldPath`).

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/json_schema.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// Where a path leads.
struct schema_field {
    std::vector<std::string> names;    ///< the steps
    std::optional<json_schema> schema; ///< what is there
    std::string problem;               ///< why the path leads nowhere; empty if it does
};

/// Follows a path. `brackets`: whether names may stand in brackets.
[[nodiscard]] BERTH_DECL auto find_field(json_schema const& s, std::string_view path, bool brackets)
    -> schema_field;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/validation/field_of_schema.ipp>
#endif
