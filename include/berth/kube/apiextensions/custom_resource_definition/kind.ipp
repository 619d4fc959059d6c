#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/conditions.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/json_schema.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/kind.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/warnings.hpp>
#include <berth/reconcile/finalizer.hpp>

#include <algorithm>

namespace berth::kube::detail {

/// The version that is stored has been stored, from now on.
inline auto note_stored(custom_resource_definition& d) -> void {
    auto& stored = d.status.stored_versions;
    for (auto const& v : d.spec.versions) {
        if (!v.storage) continue;
        if (std::find(stored.begin(), stored.end(), v.name) == stored.end()) stored.push_back(v.name);
        return;
    }
}

inline auto prepare_definition(custom_resource_definition& d) -> void { note_stored(d); }

inline auto prepare_definition_update(custom_resource_definition& now, custom_resource_definition const&)
    -> void {
    note_stored(now);
}

inline auto mark_definition_deleting(custom_resource_definition& d) -> void {
    auto const at = d.metadata.deletion_timestamp ? d.metadata.deletion_timestamp->time() : time_point{};
    reconcile::add_finalizer(d.metadata, custom_resource_finalizer);
    reconcile::set_condition(
        d.status.conditions,
        {"Terminating", "True", "InstanceDeletionPending",
         "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon"},
        at);
}

/// Reads the schemas in a document as strictly as the rest of it.
inline auto admit_schemas(boost::json::object& document) -> result<std::vector<std::string>> {
    auto unknown = object::told_paths();
    auto* const spec = document.if_contains("spec");
    auto* const versions =
        spec == nullptr || !spec->is_object() ? nullptr : spec->get_object().if_contains("versions");
    if (versions == nullptr || !versions->is_array()) return std::vector<std::string>();
    auto n = std::size_t{0};
    for (auto& version : versions->get_array()) {
        auto const at = "spec.versions[" + std::to_string(n++) + "].schema.openAPIV3Schema";
        auto* const schema = version.is_object() ? version.get_object().if_contains("schema") : nullptr;
        auto* const root = schema != nullptr && schema->is_object()
                               ? schema->get_object().if_contains("openAPIV3Schema")
                               : nullptr;
        if (root == nullptr || root->is_null()) continue;
        if (auto ok = normalize_schema(*root, at, unknown); !ok)
            return std::unexpected(std::move(ok).error());
    }
    return std::move(unknown).paths();
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto custom_resource_definition_kind() -> api::kind {
    auto k = api::kind_of<custom_resource_definition>{};
    k.short_names = {"crd", "crds"};
    k.categories = {"api-extensions"};
    k.generation = api::generation_rule::spec;
    k.unconditional_update = false;
    k.set_defaults = &set_defaults;
    k.prepare_create = &detail::prepare_definition;
    k.prepare_update = &detail::prepare_definition_update;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.warnings = &warnings_of;
    k.held = [](custom_resource_definition const& d) { return !d.metadata.deleting(); };
    k.mark_deleting = &detail::mark_definition_deleting;
    auto out = api::kind(k);
    out.documents.admit = &detail::admit_schemas;
    out.documents.tells_twice = [](std::string_view path) {
        constexpr std::string_view schema = ".schema.openAPIV3Schema.";
        auto const at = path.find(schema);
        return at == path.npos || is_strict_in_schema(path.substr(at + schema.size()));
    };
    return out;
}

} // namespace berth::kube
