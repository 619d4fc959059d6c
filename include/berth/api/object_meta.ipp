#pragma once

/// \file
/// The bodies of `berth/api/object_meta.hpp`.

#include <berth/api/object_meta.hpp>
#include <berth/core/config.hpp>

#include <algorithm>
#include <set>

namespace berth::api {

BERTH_DECL auto name_problems(name_rule rule, std::string_view name, bool beginning) -> object::problems {
    if (rule == name_rule::path_segment) return object::path_segment_problems(name);
    auto const text = beginning ? object::without_trailing_dash(name) : std::string(name);
    switch (rule) {
    case name_rule::dns1123_label: return object::dns1123_label_problems(text);
    case name_rule::dns1035_label: return object::dns1035_label_problems(text);
    case name_rule::dns1123_subdomain:
    case name_rule::path_segment: break;
    }
    if (object::is_dns1123_subdomain(text)) return {};
    return object::dns1123_subdomain_problems(text);
}

} // namespace berth::api

namespace berth::api::detail {

/// The most bytes that all annotations of an object may have together.
inline constexpr std::size_t annotations_size_limit = 256 * 1024;

BERTH_DECL auto validate_labels(object::string_map const& labels, field_path const& at, field_errors& errors)
    -> void {
    for (auto const& [name, value] : labels) {
        validate_label_name(name, at, errors);
        if (!object::is_label_value(value))
            errors.invalid_all(at, value, object::label_value_problems(value));
    }
}

BERTH_DECL auto lower_case(std::string_view text) -> std::string {
    auto out = std::string(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

BERTH_DECL auto validate_annotations(object::string_map const& annotations, field_path const& at,
                                     field_errors& errors) -> void {
    auto size = std::size_t{0};
    for (auto const& [name, value] : annotations) {
        size += name.size() + value.size();
        if (!object::is_qualified_name(name))
            errors.invalid_all(at, name, object::qualified_name_problems(lower_case(name)));
    }
    if (size > annotations_size_limit) errors.too_long(at, static_cast<std::int64_t>(annotations_size_limit));
}

BERTH_DECL auto version_of(std::string_view api_version) -> std::string_view {
    auto const slash = api_version.find('/');
    if (slash == std::string_view::npos) return api_version;
    auto const version = api_version.substr(slash + 1);
    return version.find('/') == std::string_view::npos ? version : std::string_view();
}

inline auto validate_owner(object::owner_reference const& owner, field_path const& at, field_errors& errors)
    -> void {
    constexpr auto missing = "must not be empty";
    if (version_of(owner.api_version).empty())
        errors.invalid(at.child("apiVersion"), owner.api_version, "version must not be empty");
    if (owner.kind.empty()) errors.invalid(at.child("kind"), owner.kind, missing);
    if (owner.name.empty()) errors.invalid(at.child("name"), owner.name, missing);
    if (owner.uid.empty()) errors.invalid(at.child("uid"), owner.uid, missing);
    if (owner.api_version == "v1" && owner.kind == "Event")
        errors.invalid(at, shown_value::json(owner), "/v1, Kind=Event is disallowed from being an owner");
}

inline auto shown_owners(object::list<object::owner_reference> const& owners) -> shown_value {
    auto out = std::string();
    for (auto const& owner : owners) (out += out.empty() ? '[' : ',') += object::to_json_text(owner);
    return shown_value::bare(out += ']');
}

inline auto validate_owners(object::list<object::owner_reference> const& owners, field_path const& at,
                            field_errors& errors) -> void {
    object::owner_reference const* first = nullptr;
    auto shown = std::optional<shown_value>(); // long, where there are many
    for (auto const& owner : owners) {
        validate_owner(owner, at, errors);
        if (!owner.controller.value_or(false)) continue;
        if (first == nullptr) {
            first = &owner;
            continue;
        }
        if (!shown) shown = shown_owners(owners);
        errors.invalid(
            at, *shown,
            "Only one reference can have Controller set to true. Found \"true\" in references for " +
                first->kind + "/" + first->name + " and " + owner.kind + "/" + owner.name);
    }
}

BERTH_DECL auto validate_known_finalizer(std::string_view name, field_path const& at, field_errors& errors)
    -> void {
    auto const known = name == "kubernetes" || name == "orphan" || name == "foregroundDeletion";
    if (name.find('/') == std::string_view::npos && !known)
        errors.invalid(at, name, "name is neither a standard finalizer name nor is it fully qualified");
}

inline auto validate_finalizers(std::vector<std::string> const& finalizers, field_path const& at,
                                field_errors& errors) -> void {
    for (auto const& name : finalizers) validate_finalizer_name(name, at, errors);
    auto const has = [&](std::string_view name) {
        return std::find(finalizers.begin(), finalizers.end(), name) != finalizers.end();
    };
    if (has("orphan") && has("foregroundDeletion"))
        errors.invalid(at, shown_value::list(finalizers),
                       "finalizer orphan and foregroundDeletion cannot be both set");
}

inline auto validate_known_finalizers(object::meta const& m, field_path const& at, field_errors& errors)
    -> void {
    auto const finalizers = at.child("finalizers");
    for (std::size_t i = 0; i < m.finalizers.size(); ++i)
        validate_known_finalizer(m.finalizers[i], finalizers.index(i), errors);
}

inline auto validate_managed_fields(object::list<object::managed_fields_entry> const& entries,
                                    field_path const& at, field_errors& errors) -> void {
    for (std::size_t i = 0; i < entries.size(); ++i) {
        auto const& entry = entries[i];
        auto const one = at.index(i);
        if (entry.operation != "Apply" && entry.operation != "Update")
            errors.invalid(one.child("operation"), entry.operation.str(), "must be `Apply` or `Update`");
        if (!entry.fields_type.empty() && entry.fields_type != "FieldsV1")
            errors.invalid(one.child("fieldsType"), entry.fields_type.str(), "must be `FieldsV1`");
        if (entry.manager.size() > 128) errors.too_long(one.child("manager"), 128);
        if (entry.subresource.size() > 256) errors.too_long(one.child("subresource"), 256);
    }
}

/// What may change in metadata, and must be well-formed at each write.
inline auto validate_changeable_metadata(object::meta const& m, field_path const& at, field_errors& errors)
    -> void {
    validate_labels(m.labels, at.child("labels"), errors);
    validate_annotations(m.annotations, at.child("annotations"), errors);
    validate_owners(m.owner_references, at.child("ownerReferences"), errors);
}

inline auto validate_namespace_of(object::meta const& m, bool namespaced, field_path const& at,
                                  field_errors& errors) -> void {
    auto const field = at.child("namespace");
    if (!namespaced) {
        if (!m.namespace_.empty()) errors.forbidden(field, "not allowed on this type");
    } else if (m.namespace_.empty()) {
        errors.required(field);
    } else if (!object::is_dns1123_label(m.namespace_)) {
        validate_name(name_rule::dns1123_label, m.namespace_, field, errors);
    }
}

inline auto validate_fixed_metadata(object::meta const& now, object::meta const& before, field_path const& at,
                                    field_errors& errors) -> void {
    if (now.generation < before.generation)
        errors.invalid(at.child("generation"), now.generation, "must not be decremented");
    if (now.name != before.name) errors.invalid(at.child("name"), now.name, immutable_field);
    if (now.namespace_ != before.namespace_)
        errors.invalid(at.child("namespace"), now.namespace_, immutable_field);
    if (now.uid != before.uid) errors.invalid(at.child("uid"), now.uid, immutable_field);
    if (now.creation_timestamp != before.creation_timestamp)
        errors.invalid(at.child("creationTimestamp"), shown_time(now.creation_timestamp), immutable_field);
    if (now.deletion_timestamp != before.deletion_timestamp)
        errors.invalid(at.child("deletionTimestamp"), shown_time(now.deletion_timestamp), immutable_field);
    auto const grace = now.deletion_grace_period_seconds;
    if (grace != before.deletion_grace_period_seconds)
        errors.invalid(at.child("deletionGracePeriodSeconds"),
                       grace ? shown_value(*grace) : shown_value::null(), immutable_field);
}

/// An object that is going away takes no new finalizers.
inline auto validate_no_new_finalizers(object::meta const& now, object::meta const& before,
                                       field_path const& at, field_errors& errors) -> void {
    auto added = std::set<std::string_view>(now.finalizers.begin(), now.finalizers.end());
    for (auto const& name : before.finalizers) added.erase(name);
    if (added.empty()) return;
    auto list = std::string();
    for (auto const& name : added) (list += list.empty() ? "" : ", ") += object::detail::go_quoted(name);
    errors.forbidden(
        at.child("finalizers"),
        "no new finalizers can be added if the object is being deleted, found new finalizers []string{" +
            list + "}");
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto validate_object_meta(object::meta const& m, bool namespaced, metadata_rules const& rules,
                                     field_errors& errors) -> void {
    auto const& at = metadata_path;
    if (!m.generate_name.empty())
        errors.invalid_all(at.child("generateName"), m.generate_name.str(),
                           name_problems(rules.name, m.generate_name, true));
    if (m.name.empty()) errors.required(at.child("name"), "name or generateName is required");
    else detail::validate_name(rules.name, m.name, at.child("name"), errors);
    detail::validate_namespace_of(m, namespaced, at, errors);
    detail::validate_nonnegative(m.generation, at.child("generation"), errors);
    detail::validate_changeable_metadata(m, at, errors);
    detail::validate_finalizers(m.finalizers, at.child("finalizers"), errors);
    detail::validate_managed_fields(m.managed_fields, at.child("managedFields"), errors);
    if (rules.known_finalizers) detail::validate_known_finalizers(m, at, errors);
}

BERTH_DECL auto validate_object_meta_update(object::meta const& now, object::meta const& before,
                                            bool known_finalizers, field_errors& errors) -> void {
    auto const& at = metadata_path;
    if (before.deleting()) detail::validate_no_new_finalizers(now, before, at, errors);
    detail::validate_fixed_metadata(now, before, at, errors);
    detail::validate_changeable_metadata(now, at, errors);
    detail::validate_managed_fields(now.managed_fields, at.child("managedFields"), errors);
    if (known_finalizers) detail::validate_known_finalizers(now, at, errors);
}

BERTH_DECL auto validate_metadata_change(object::meta const& now, object::meta const& before, bool namespaced,
                                         metadata_rules const& rules, bool is_part, field_errors& errors)
    -> void {
    validate_object_meta(now, namespaced, {.name = name_rule::path_segment, .known_finalizers = false},
                         errors);
    validate_object_meta_update(now, before, false, errors);
    using again = metadata_rules::again;
    if (rules.on_update == again::all && !is_part) validate_object_meta(now, namespaced, rules, errors);
    if (rules.on_update != again::nothing)
        validate_object_meta_update(now, before, rules.known_finalizers, errors);
}

} // namespace berth::api
