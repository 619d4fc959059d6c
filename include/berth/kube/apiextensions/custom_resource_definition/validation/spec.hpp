#pragma once

/// \file
/// The parts of a CustomResourceDefinition's checks: names, versions, columns, subresources, conversion.

#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/type.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/schema.hpp>

#include <string_view>

namespace berth::kube {

/// What all versions say alike: Kubernetes checks it once, and blames `spec.validation`, `spec.subresources`,
/// `spec.additionalPrinterColumns`, `spec.selectableFields` for it.
struct shared_by_versions {
    bool schema = false;
    bool subresources = false;
    bool columns = false;
    bool selectable_fields = false;
};
[[nodiscard]] BERTH_DECL auto shared_by(custom_resource_definition_spec const& s) -> shared_by_versions;

/// How strict the checks of a changed definition are.
struct definition_rules {
    schema_rules schemas = {};
    bool schema_required = true;               ///< of each version
    bool known_review_version_required = true; ///< of conversion by webhook
};

BERTH_DECL auto validate_spec(custom_resource_definition_spec const& s, definition_rules const& rules,
                              api::field_errors& errors) -> void;

BERTH_DECL auto validate_names(custom_resource_names const& n, api::field_path const& at,
                               api::field_errors& errors) -> void;

BERTH_DECL auto validate_stored_versions(custom_resource_definition const& d, api::field_errors& errors)
    -> void;

/// Checks the approval of kinds in groups of the Kubernetes community; `before`: null for a new definition.
BERTH_DECL auto validate_approval(custom_resource_definition const& d,
                                  custom_resource_definition const* before, api::field_errors& errors)
    -> void;

/// Refuses that unknown fields are preserved everywhere.
BERTH_DECL auto validate_preserving(custom_resource_definition const& d,
                                    custom_resource_definition const* before, api::field_errors& errors)
    -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/validation/spec.ipp>
#endif
