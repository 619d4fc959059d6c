#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/spec.hpp>

namespace berth::kube::detail {

/// The name of a definition follows from the names it gives.
inline auto check_definition_name(custom_resource_definition const& d, api::field_errors& errors) -> void {
    constexpr auto wanted = "must be spec.names.plural+\".\"+spec.group";
    auto const metadata = api::field_path("metadata");
    auto const required = d.spec.names.plural + "." + d.spec.group;
    auto const& m = d.metadata;
    if (!m.generate_name.empty() && m.generate_name != required)
        errors.invalid(metadata.child("generateName"), m.generate_name.str(), wanted);
    if (!m.name.empty() && m.name != required) errors.invalid(metadata.child("name"), m.name, wanted);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(custom_resource_definition const& d, api::field_errors& errors) -> void {
    detail::check_definition_name(d, errors);
    validate_spec(d.spec, {}, errors);
    auto const status = api::field_path("status");
    validate_names(d.status.accepted_names, status.child("acceptedNames"), errors);
    validate_stored_versions(d, errors);
    validate_approval(d, nullptr, errors);
    validate_preserving(d, nullptr, errors);
}

} // namespace berth::kube
