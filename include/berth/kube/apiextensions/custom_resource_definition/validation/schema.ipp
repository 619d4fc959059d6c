#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/validation/schema.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/detail/keywords.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/schema.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/schema_defaults.hpp>
#include <berth/object/expression.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace berth::kube::detail {

/// Where a schema stands.
enum class schema_level : std::uint8_t { root, item, field };

/// Keywords that say what a value is and not what is allowed: those that `allOf` and the like may not have.
struct forbidden_keyword {
    std::string_view name;
    std::string_view why;
};
inline constexpr auto forbidden_in_junctors = std::array{
    forbidden_keyword{"type", "must be empty to be structural"},
    forbidden_keyword{"additionalProperties", "must be undefined to be structural"},
    forbidden_keyword{"default", "must be undefined to be structural"},
    forbidden_keyword{"title", "must be empty to be structural"},
    forbidden_keyword{"description", "must be empty to be structural"},
    forbidden_keyword{"nullable", "must be false to be structural"},
    forbidden_keyword{"externalDocs", "must be undefined to be structural"},
    forbidden_keyword{"x-kubernetes-preserve-unknown-fields", "must be false to be structural"},
    forbidden_keyword{"x-kubernetes-embedded-resource", "must be false to be structural"},
    forbidden_keyword{"x-kubernetes-int-or-string", "must be false to be structural"},
    forbidden_keyword{"x-kubernetes-list-map-keys", "must be empty to be structural"},
    forbidden_keyword{"x-kubernetes-list-type", "must be undefined to be structural"},
    forbidden_keyword{"x-kubernetes-map-type", "must be undefined to be structural"},
    forbidden_keyword{"x-kubernetes-validations", "must be empty to be structural"},
};

/// `anyOf: [{type: integer}, {type: string}]`, which an int-or-string may have.
inline auto is_int_or_string(json_schema const& s) -> bool {
    auto const branches = s.list("anyOf");
    auto const is_only = [](json_schema const& one, std::string_view type) {
        return one.json().size() == 1 && one.type() == type;
    };
    return branches.size() == 2 && is_only(branches[0], "integer") && is_only(branches[1], "string");
}

/// Checks that a schema is structural.
class structural_checker {
public:
    using path = api::field_path;

    explicit structural_checker(api::field_errors& errors) : errors_(errors) {}

    auto check(json_schema const& s, path const& at) -> void {
        check_invariants(s, schema_level::root, at);
        check_junctors_complete(s, &s, at, at);
    }

private:
    auto check_invariants(json_schema const& s, schema_level level, path const& at) -> void {
        if (s.type() == "array" && !s.has("items")) errors_.required(at.child("items"), "must be specified");
        if (auto const items = s.schema("items"))
            check_invariants(*items, schema_level::item, at.child("items"));
        auto const properties = at.child("properties");
        for (auto const& [name, property] : s.map("properties"))
            check_invariants(property, schema_level::field, properties.key(name));
        if (s.has("additionalProperties")) {
            auto const more = at.child("additionalProperties");
            if (level == schema_level::root) errors_.forbidden(more, "must not be used at the root");
            if (auto const inner = s.schema("additionalProperties"))
                check_invariants(*inner, schema_level::field, more);
        }
        check_extensions(s, at);
        auto const all = s.list("allOf");
        check_values(s, is_int_or_string(s), !all.empty() && is_int_or_string(all.front()), at);
        check_type(s, level, at);
        check_object_members(s, level, at);
    }

    auto check_extensions(json_schema const& s, path const& at) -> void {
        if (!s.flag("x-kubernetes-int-or-string")) return;
        for (auto const* const other :
             {"x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource"})
            if (s.flag(other))
                errors_.invalid(at.child(other), true, "must be false if x-kubernetes-int-or-string is true");
    }

    auto check_type(json_schema const& s, schema_level level, path const& at) -> void {
        constexpr auto must_be_object = "must be object if x-kubernetes-embedded-resource is true";
        auto const embedded = s.flag("x-kubernetes-embedded-resource");
        auto const type = s.type();
        if (embedded && type.empty()) {
            errors_.required(at.child("type"), must_be_object);
        } else if (embedded && type != "object") {
            errors_.invalid(at.child("type"), type, must_be_object);
        } else if (type.empty() && !s.flag("x-kubernetes-int-or-string") &&
                   !s.flag("x-kubernetes-preserve-unknown-fields")) {
            errors_.required(at.child("type"), level == schema_level::root ? "must not be empty at the root"
                                               : level == schema_level::item
                                                   ? "must not be empty for specified array items"
                                                   : "must not be empty for specified object fields");
        }
        if (embedded && s.has("additionalProperties"))
            errors_.forbidden(at.child("additionalProperties"),
                              "must not be used if x-kubernetes-embedded-resource is set");
        if (level == schema_level::root && !type.empty() && type != "object")
            errors_.invalid(at.child("type"), type, "must be object at the root");
        if (embedded && !s.flag("x-kubernetes-preserve-unknown-fields") && s.map("properties").empty())
            errors_.required(at.child("properties"),
                             "must not be empty if x-kubernetes-embedded-resource is true without "
                             "x-kubernetes-preserve-unknown-fields");
    }

    /// `apiVersion`, `kind` and `metadata`, where they are those of an object.
    auto check_object_members(json_schema const& s, schema_level level, path const& at) -> void {
        auto const of_object = level == schema_level::root || s.flag("x-kubernetes-embedded-resource");
        auto const properties = at.child("properties");
        for (auto const* const name : {"kind", "apiVersion"})
            if (auto const property = s.property(name);
                property && of_object && property->type() != "string") {
                auto const here = properties.key(name);
                errors_.invalid(here.child("type"), property->type(), "must be string");
            }
        auto const metadata = s.property("metadata");
        if (!metadata) return;
        auto const here = properties.key("metadata");
        if (of_object && metadata->type() != "object")
            errors_.invalid(here.child("type"), metadata->type(), "must be object");
        if (level == schema_level::root && restricts_more_than_names(*metadata))
            errors_.forbidden(here,
                              "must not specify anything other than name and generateName, but metadata is "
                              "implicitly specified");
    }

    static auto restricts_more_than_names(json_schema const& metadata) -> bool {
        for (auto const& member : metadata.json()) {
            auto const keyword = text_view(member.key());
            if (keyword != "type" && keyword != "default" && keyword != "properties") return true;
        }
        for (auto const& [name, property] : metadata.map("properties"))
            if (name != "name" && name != "generateName") return true;
        return false;
    }

    auto check_values(json_schema const& s, bool skip_any_of, bool skip_first_all_of, path const& at)
        -> void {
        auto const each = [&](std::string_view junctor, bool skip_first) {
            auto const inside = at.child(junctor);
            auto n = std::size_t{0};
            for (auto const& branch : s.list(junctor)) {
                check_nested(branch, skip_first && n == 0, inside.index(n));
                ++n;
            }
        };
        if (!skip_any_of) each("anyOf", false);
        each("allOf", skip_first_all_of);
        each("oneOf", false);
        if (auto const negated = s.schema("not")) check_nested(*negated, false, at.child("not"));
        auto const pattern = s.text("pattern");
        if (pattern.empty()) return;
        if (auto const e = object::expression(pattern); !e.problem().empty())
            errors_.invalid(at.child("pattern"), pattern,
                            "must be a valid regular expression, but isn't: " + e.problem());
    }

    auto check_nested(json_schema const& s, bool skip_any_of, path const& at) -> void {
        check_values(s, skip_any_of, false, at);
        if (auto const items = s.schema("items")) check_nested(*items, false, at.child("items"));
        auto const properties = at.child("properties");
        for (auto const& [name, property] : s.map("properties"))
            check_nested(property, false, properties.key(name));
        for (auto const& [name, why] : forbidden_in_junctors)
            if (s.has(name)) errors_.forbidden(at.child(name), why);
        if (s.property("metadata"))
            errors_.forbidden(properties.key("metadata"), "must not be specified in a nested context");
    }

    /// What `allOf` and the like speak of must be described outside of them.
    auto check_junctors_complete(json_schema const& v, json_schema const* s, path const& described,
                                 path const& at) -> void {
        if (auto const negated = v.schema("not")) check_complete(*negated, s, described, at.child("not"));
        for (auto const* const junctor : {"allOf", "anyOf", "oneOf"}) {
            auto const inside = at.child(junctor);
            auto n = std::size_t{0};
            for (auto const& branch : v.list(junctor))
                check_complete(branch, s, described, inside.index(n++));
        }
    }

    auto check_complete(json_schema const& v, json_schema const* s, path const& described, path const& at)
        -> void {
        auto const missing = [&](path const& what, path const& because) {
            errors_.required(what, "because it is defined in " + because.to_string());
        };
        if (s == nullptr) return missing(described, at);
        check_junctors_complete(v, s, described, at);
        if (auto const items = v.schema("items")) {
            auto const of = s->schema("items");
            check_complete(*items, of ? &*of : nullptr, described.child("items"), at.child("items"));
        }
        auto const properties = at.child("properties");
        auto const described_properties = described.child("properties");
        for (auto const& [name, property] : v.map("properties")) {
            auto const of = s->property(name);
            auto const what = described_properties.key(name);
            if (of) check_complete(property, &*of, what, properties.key(name));
            else missing(what, properties.key(name));
        }
    }

    api::field_errors& errors_;
};

/// The fields of a schema in the order and with the names of Kubernetes' internal type.
struct internal_field {
    std::string_view keyword;
    std::string_view name;
};
inline constexpr auto kept_at_root = std::array{
    internal_field{"description", "Description"},
    internal_field{"type", "Type"},
    internal_field{"format", "Format"},
    internal_field{"title", "Title"},
    internal_field{"maximum", "Maximum"},
    internal_field{"exclusiveMaximum", "ExclusiveMaximum"},
    internal_field{"minimum", "Minimum"},
    internal_field{"exclusiveMinimum", "ExclusiveMinimum"},
    internal_field{"maxLength", "MaxLength"},
    internal_field{"minLength", "MinLength"},
    internal_field{"pattern", "Pattern"},
    internal_field{"maxItems", "MaxItems"},
    internal_field{"minItems", "MinItems"},
    internal_field{"uniqueItems", "UniqueItems"},
    internal_field{"multipleOf", "MultipleOf"},
    internal_field{"required", "Required"},
    internal_field{"items", "Items"},
    internal_field{"properties", "Properties"},
    internal_field{"externalDocs", "ExternalDocs"},
    internal_field{"example", "Example"},
    internal_field{"x-kubernetes-preserve-unknown-fields", "XPreserveUnknownFields"},
    internal_field{"x-kubernetes-validations", "XValidations"},
};

/// The keywords before `type` in Kubernetes' internal type: a wrong type ends the search for others.
inline auto is_before_type(std::string_view keyword) -> bool {
    return keyword == "id" || keyword == "$schema" || keyword == "$ref" || keyword == "description";
}

/// Of objects with a status of their own, the root of the schema may say little: their status is checked
/// alone.
inline auto check_root(json_schema const& s, api::field_path const& at, api::field_errors& errors) -> void {
    auto const complain = [&] {
        auto names = std::string();
        for (auto const& f : kept_at_root) (names += names.empty() ? "" : " ") += f.name;
        errors.invalid(
            at, api::shown_value::bare(R"({"ID":""})"),
            "only [" + names +
                "] fields are allowed at the root of the schema if the status subresource is enabled");
    };
    auto const is_kept = [](std::string_view keyword) {
        return std::any_of(kept_at_root.begin(), kept_at_root.end(),
                           [&](auto const& f) { return f.keyword == keyword; });
    };
    auto early = false;
    auto late = false;
    for (auto const& member : s.json()) {
        auto const keyword = text_view(member.key());
        if (!is_kept(keyword)) (is_before_type(keyword) ? early : late) = true;
    }
    if (early) return complain();
    if (s.has("type") && s.type() != "object")
        return errors.invalid(
            at.child("type"), s.type(),
            "only \"object\" is allowed as the type at the root of the schema if the status "
            "subresource is enabled");
    if (late) complain();
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate_structural(json_schema const& s, api::field_path const& at,
                                    api::field_errors& errors) -> void {
    detail::structural_checker(errors).check(s, at);
}

BERTH_DECL auto validate_schema(json_schema const& s, bool status, schema_rules const& rules,
                                api::field_path const& at, api::field_errors& errors) -> void {
    auto const before = errors.size();
    if (status) detail::check_root(s, at, errors);
    if (s.flag("nullable")) errors.forbidden(at.child("nullable"), "nullable cannot be true at the root");
    auto const unsupported = rules.structural ? unsupported_keyword(s) : std::string();
    if (rules.structural && unsupported.empty()) {
        auto structural = api::field_errors();
        validate_structural(s, at, structural);
        for (auto const& c : structural.causes()) errors.add(c.reason, api::field_path(c.field), c.message);
        if (structural.empty()) validate_schema_defaults(s, rules.pruned_defaults, at, errors);
    }
    detail::validate_keywords(s, rules, at, errors);
    if (errors.size() == before && !unsupported.empty()) errors.invalid(at, "", unsupported);
}

BERTH_DECL auto unsupported_keyword(json_schema const& s) -> std::string {
    auto found = std::string();
    (void)s.any([&](json_schema const& one) {
        constexpr auto names = std::array{
            std::pair{"id", "id"},
            std::pair{"$schema", "schema"},
            std::pair{"$ref", "ref"},
            std::pair{"additionalItems", "additionalItems"},
            std::pair{"patternProperties", "patternProperties"},
            std::pair{"definitions", "definitions"},
            std::pair{"dependencies", "dependencies"},
        };
        for (auto const& [keyword, name] : names)
            if (one.has(keyword)) found = "OpenAPIV3Schema '" + std::string(name) + "' is not supported";
        if (!one.list("items").empty()) found = "OpenAPIV3Schema 'items' must be a schema, but is an array";
        return !found.empty();
    });
    return found;
}

} // namespace berth::kube
