#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/validation/update.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/conditions.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/schema_of.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/schema_defaults.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/spec.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/update.hpp>

#include <algorithm>

namespace berth::kube::detail {

/// How strict the checks may be, given what was there.
inline auto rules_after(custom_resource_definition const& before) -> definition_rules {
    auto out = definition_rules{};
    for (auto const& v : before.spec.versions) {
        auto const parsed = schema_of(v);
        if (!parsed) {
            out.schema_required = false;
            continue;
        }
        auto const s = json_schema(parsed->get_object());
        auto structural = api::field_errors();
        if (unsupported_keyword(s).empty()) validate_structural(s, api::field_path(""), structural);
        if (!structural.empty() || !unsupported_keyword(s).empty()) out.schemas.structural = false;
        if (has_unknown_type(s)) out.schemas.valid_types = false;
        if (has_unpruned_defaults(s)) out.schemas.pruned_defaults = false;
        if (has_loose_set(s)) out.schemas.atomic_sets = false;
        if (has_loose_keys(s)) out.schemas.keyed_lists = false;
    }
    auto const& conversion = before.spec.conversion;
    if (conversion && conversion->webhook) {
        auto const& versions = conversion->webhook->conversion_review_versions;
        auto const known = [](auto const& v) { return v == "v1" || v == "v1beta1"; };
        out.known_review_version_required =
            versions.empty() || std::any_of(versions.begin(), versions.end(), known);
    }
    return out;
}

inline auto check_unchanged(std::string const& now, std::string const& before, api::field_path const& at,
                            api::field_errors& errors) -> void {
    if (now != before) errors.invalid(at, now, "field is immutable");
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate_update(custom_resource_definition const& now,
                                custom_resource_definition const& before, api::field_errors& errors) -> void {
    auto rules = detail::rules_after(before);
    if (!now.spec.preserve_unknown_fields) rules.schemas.structural = true;
    validate_spec(now.spec, rules, errors);
    auto const spec = api::field_path("spec");
    auto const names = spec.child("names");
    if (is_established(before)) {
        detail::check_unchanged(now.spec.scope, before.spec.scope, spec.child("scope"), errors);
        detail::check_unchanged(now.spec.names.kind, before.spec.names.kind, names.child("kind"), errors);
    }
    detail::check_unchanged(now.spec.group, before.spec.group, spec.child("group"), errors);
    detail::check_unchanged(now.spec.names.plural, before.spec.names.plural, names.child("plural"), errors);
    auto const status = api::field_path("status");
    validate_names(now.status.accepted_names, status.child("acceptedNames"), errors);
    validate_stored_versions(now, errors);
    validate_approval(now, &before, errors);
    validate_preserving(now, &before, errors);
}

BERTH_DECL auto validate_status(custom_resource_definition const& now, custom_resource_definition const&,
                                api::field_errors& errors) -> void {
    auto const status = api::field_path("status");
    validate_names(now.status.accepted_names, status.child("acceptedNames"), errors);
}

} // namespace berth::kube
