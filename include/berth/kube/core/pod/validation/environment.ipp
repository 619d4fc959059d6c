#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/validation/environment.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/environment.hpp>

namespace berth::kube::detail {

/// Any printable ASCII but `=` may be in the name of a variable.
inline auto validate_variable_name(std::string_view name, field_path const& at, field_errors& errors)
    -> void {
    auto const printable = [](char c) { return c >= 0x20 && c < 0x7f && c != '='; };
    if (name.empty() || !object::detail::all_are(name, printable))
        errors.invalid(at, name,
                       "a valid environment variable name must consist only of printable ASCII characters "
                       "other than '='");
}

inline auto validate_file_key(file_key_selector const& s, field_path const& at, field_errors& errors)
    -> void {
    if (s.key.empty()) errors.required(at.child("key"));
    else validate_variable_name(s.key, at.child("key"), errors);
    if (s.volume_name.empty()) errors.required(at.child("volumeName"));
    if (s.path.empty()) errors.required(at.child("path"));
    else validate_unreserved_path(s.path, at.child("path"), errors);
}

inline auto validate_variable_source(env_var const& v, field_path const& at, field_errors& errors) -> void {
    if (!v.value_from) return;
    auto const& from = *v.value_from;
    auto n = 0;
    if (from.field_ref && ++n)
        validate_field_selector(*from.field_ref, variable_fields, at.child("fieldRef"), errors);
    if (from.resource_field_ref && ++n)
        validate_resource_selector(*from.resource_field_ref, false, at.child("resourceFieldRef"), errors);
    if (from.config_map_key_ref && ++n)
        validate_key_selector(*from.config_map_key_ref, at.child("configMapKeyRef"), errors);
    if (from.secret_key_ref && ++n)
        validate_key_selector(*from.secret_key_ref, at.child("secretKeyRef"), errors);
    if (from.file_key_ref && ++n) validate_file_key(*from.file_key_ref, at.child("fileKeyRef"), errors);
    if (n == 0)
        errors.invalid(
            at, "",
            "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or "
            "`fileKeyRef`");
    else if (!v.value.empty()) errors.invalid(at, "", "may not be specified when `value` is not empty");
    else if (n > 1) errors.invalid(at, "", "may not have more than one field specified at a time");
}

BERTH_DECL auto validate_variables(object::list<env_var> const& variables, field_path const& at,
                                   field_errors& errors) -> void {
    for (std::size_t i = 0; i < variables.size(); ++i) {
        auto const one = at.index(i);
        if (variables[i].name.empty()) errors.required(one.child("name"));
        else validate_variable_name(variables[i].name, one.child("name"), errors);
        validate_variable_source(variables[i], one.child("valueFrom"), errors);
    }
}

inline auto validate_object_name(std::string const& name, field_path const& at, field_errors& errors)
    -> void {
    auto const field = at.child("name");
    if (name.empty()) errors.required(field);
    else errors.invalid_all(field, name, name_problems(name_rule::dns1123_subdomain, name, true));
}

BERTH_DECL auto validate_variable_sources(object::list<env_from_source> const& sources, field_path const& at,
                                          field_errors& errors) -> void {
    for (std::size_t i = 0; i < sources.size(); ++i) {
        auto const& source = sources[i];
        auto const one = at.index(i);
        if (!source.prefix.empty()) validate_variable_name(source.prefix, one.child("prefix"), errors);
        if (source.config_map_ref)
            validate_object_name(source.config_map_ref->name, one.child("configMapRef"), errors);
        if (source.secret_ref) validate_object_name(source.secret_ref->name, one.child("secretRef"), errors);
        if (!source.config_map_ref && !source.secret_ref)
            errors.invalid(at, "", "must specify one of: `configMapRef` or `secretRef`");
        else if (source.config_map_ref && source.secret_ref)
            errors.invalid(at, "", "may not have more than one field specified at a time");
    }
}

} // namespace berth::kube::detail
