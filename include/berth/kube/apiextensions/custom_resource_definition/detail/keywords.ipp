#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/detail/keywords.hpp`, and those of
/// `validation/schema.hpp` that ask about keywords.

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/detail/keywords.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/field_of_schema.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/schema.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace berth::kube::detail {

inline constexpr auto open_api_types =
    std::array<std::string_view, 6>{"array", "boolean", "integer", "number", "object", "string"};
inline constexpr auto list_type_keyword = std::string_view("x-kubernetes-list-type");
inline constexpr auto map_type_keyword = std::string_view("x-kubernetes-map-type");
inline constexpr auto list_keys_keyword = std::string_view("x-kubernetes-list-map-keys");

inline auto without_outer_space(std::string_view text) -> std::string_view {
    constexpr auto space = " \t\n\v\f\r";
    auto const first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

inline auto has_line_breaks(std::string_view text) -> bool {
    return text.find_first_of("\n\r") != std::string_view::npos;
}

/// Walks all schemas, each on its own.
class keyword_checker {
public:
    using path = api::field_path;

    /// What holds where a schema stands.
    struct context {
        bool defaults = true;
        std::string_view why_no_defaults;
        std::string of; ///< what `why_no_defaults` names
        bool in_metadata = false;
    };

    keyword_checker(schema_rules const& rules, api::field_errors& errors) : rules_(rules), errors_(errors) {}

    auto check(json_schema const& s, bool root, context const& c, path const& at) -> void {
        check_supported(s, c, at);
        if (s.flag("uniqueItems"))
            errors_.forbidden(at.child("uniqueItems"), "uniqueItems cannot be set to true since the runtime "
                                                       "complexity becomes quadratic");
        check_additional(s, c, at);
        check_properties(s, root, c, at);
        check_inside(s, c, at);
        if (auto const* const preserve = s.find("x-kubernetes-preserve-unknown-fields");
            preserve != nullptr && !s.flag("x-kubernetes-preserve-unknown-fields"))
            errors_.invalid(at.child("x-kubernetes-preserve-unknown-fields"), false,
                            "must be true or undefined");
        check_map_type(s, at);
        check_list_type(s, at);
        check_list_keys(s, at);
        if (rules_.keyed_lists) check_keyed(s, at, errors_);
        check_rules(s, at);
    }

    /// See `has_loose_keys`.
    static auto check_keyed(json_schema const& s, path const& at, api::field_errors& errors) -> void {
        auto const items = s.schema("items");
        auto const type = s.text(list_type_keyword);
        if (!items || (type != "set" && type != "map")) return;
        auto const here = at.child("items");
        if (items->flag("nullable"))
            errors.forbidden(here.child("nullable"),
                             "cannot be nullable when x-kubernetes-list-type is " + std::string(type));
        if (type != "map") return;
        auto const required = items->texts("required");
        auto const properties = here.child("properties");
        for (auto const& key : s.texts(list_keys_keyword)) {
            auto const property = items->property(key);
            if (!property) continue;
            auto const of_key = properties.key(key);
            if (std::find(required.begin(), required.end(), key) == required.end() &&
                !property->has("default"))
                errors.required(of_key.child("default"),
                                "this property is in x-kubernetes-list-map-keys, so it "
                                "must have a default or be a required property");
            if (property->flag("nullable"))
                errors.forbidden(of_key.child("nullable"),
                                 "this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
        }
    }

    /// See `has_loose_set`.
    static auto check_atomic(json_schema const& s, path const& at, api::field_errors& errors) -> void {
        constexpr auto must_be_atomic = "must be atomic as item of a list with x-kubernetes-list-type=set";
        auto const items = s.schema("items");
        if (!items || s.text(list_type_keyword) != "set") return;
        auto const here = at.child("items");
        auto const shown = items->has(list_type_keyword) ? api::shown_value(items->text(list_type_keyword))
                                                         : api::shown_value::null();
        if (items->type() == "array" && items->has(list_type_keyword) &&
            items->text(list_type_keyword) != "atomic")
            errors.invalid(here.child(list_type_keyword), shown, must_be_atomic);
        if (items->type() == "object" && items->text(map_type_keyword) != "atomic")
            errors.invalid(here.child(map_type_keyword), shown, must_be_atomic);
    }

private:
    auto check_supported(json_schema const& s, context const& c, path const& at) -> void {
        auto const type = s.type();
        auto const known =
            std::find(open_api_types.begin(), open_api_types.end(), type) != open_api_types.end();
        if (rules_.valid_types && !type.empty() && !known)
            errors_.not_supported(at.child("type"), type, open_api_types);
        if (s.has("default") && !c.defaults)
            errors_.forbidden(at.child("default"),
                              "must not be set " + std::string(c.why_no_defaults) + c.of);
        for (auto const* const keyword :
             {"id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref"})
            if (s.has(keyword))
                errors_.forbidden(at.child(keyword), std::string(keyword) + " is not supported");
        if (type == "null")
            errors_.forbidden(at.child("type"), "type cannot be set to null, use nullable as an alternative");
        if (!s.list("items").empty())
            errors_.forbidden(at.child("items"), "items must be a schema object and not an array");
        if (c.in_metadata && s.flag("x-kubernetes-embedded-resource"))
            errors_.forbidden(at.child("x-kubernetes-embedded-resource"),
                              "must not be used inside of resource meta");
    }

    auto check_additional(json_schema const& s, context const& c, path const& at) -> void {
        if (!s.has("additionalProperties")) return;
        auto const here = at.child("additionalProperties");
        auto const inner = s.schema("additionalProperties");
        if (!s.map("properties").empty() && (inner || !s.flag("additionalProperties")))
            errors_.forbidden(here, "additionalProperties and properties are mutual exclusive");
        if (!inner) return;
        auto below = c;
        if (c.in_metadata) {
            below.defaults = false;
            below.why_no_defaults = "inside additionalProperties applying to object metadata";
            below.of.clear();
        }
        check(*inner, false, below, here);
    }

    auto check_properties(json_schema const& s, bool root, context const& c, path const& at) -> void {
        auto const here = at.child("properties");
        auto const of_object = root || s.flag("x-kubernetes-embedded-resource");
        for (auto const& [name, property] : s.map("properties")) {
            auto below = c;
            if (of_object && (name == "metadata" || name == "kind" || name == "apiVersion")) {
                below.in_metadata = true;
                if (root) {
                    below.defaults = false;
                    below.why_no_defaults = "in top-level ";
                    below.of = name;
                }
            }
            check(property, false, below, here.key(name));
        }
    }

    auto check_inside(json_schema const& s, context const& c, path const& at) -> void {
        for (auto const* const keyword : {"not", "items"})
            if (auto const one = s.schema(keyword)) check(*one, false, c, at.child(keyword));
        for (auto const* const keyword : {"allOf", "oneOf", "anyOf", "items"}) {
            auto const here = at.child(keyword);
            auto n = std::size_t{0};
            for (auto const& one : s.list(keyword)) check(one, false, c, here.index(n++));
        }
        for (auto const* const keyword : {"definitions", "dependencies"}) {
            auto const here = at.child(keyword);
            for (auto const& [name, one] : s.map(keyword)) check(one, false, c, here.key(name));
        }
    }

    /// A keyword that wants a type.
    auto check_type_for(json_schema const& s, std::string_view keyword, std::string_view wanted,
                        path const& at) -> bool {
        if (!s.has(keyword) || s.type() == wanted) return true;
        auto const why = "must be " + std::string(wanted) + " if " + std::string(keyword) + " is specified";
        if (s.type().empty()) errors_.required(at.child("type"), why);
        else errors_.invalid(at.child("type"), s.type(), why);
        return false;
    }

    auto check_map_type(json_schema const& s, path const& at) -> void {
        check_type_for(s, map_type_keyword, "object", at);
        auto const type = s.text(map_type_keyword);
        if (s.has(map_type_keyword) && type != "atomic" && type != "granular")
            errors_.not_supported(at.child(map_type_keyword), type, {"atomic", "granular"});
    }

    auto check_list_type(json_schema const& s, path const& at) -> void {
        if (check_type_for(s, list_type_keyword, "array", at) && rules_.atomic_sets)
            check_atomic(s, at, errors_);
        auto const type = s.text(list_type_keyword);
        if (s.has(list_type_keyword) && type != "atomic" && type != "set" && type != "map")
            errors_.not_supported(at.child(list_type_keyword), type, {"atomic", "set", "map"});
    }

    auto check_list_keys(json_schema const& s, path const& at) -> void {
        constexpr auto must_be_map = "must be map if x-kubernetes-list-map-keys is non-empty";
        auto const type = s.text(list_type_keyword);
        auto const keys = s.texts(list_keys_keyword);
        if (!keys.empty() && !s.has(list_type_keyword))
            errors_.required(at.child(list_type_keyword), must_be_map);
        else if (!keys.empty() && type != "map")
            errors_.invalid(at.child(list_type_keyword), type, must_be_map);
        if (type != "map") return;
        if (keys.empty())
            errors_.required(at.child(list_keys_keyword),
                             "must not be empty if x-kubernetes-list-type is map");
        if (!s.has("items"))
            return errors_.required(at.child("items"), "must have a schema if x-kubernetes-list-type is map");
        auto const items = s.schema("items");
        auto const here = at.child("items");
        if (!items)
            return errors_.invalid(here, api::shown_value::bare("{\"Schema\":null}"),
                                   "must only have a single schema if x-kubernetes-list-type is map");
        if (items->type() != "object")
            return errors_.invalid(here.child("type"), items->type(),
                                   "must be object if parent array's x-kubernetes-list-type is map");
        check_key_names(keys, *items, at);
    }

    auto check_key_names(std::vector<std::string> const& keys, json_schema const& items, path const& at)
        -> void {
        auto seen = std::set<std::string>();
        auto const shown = api::shown_value::list(keys);
        auto const here = at.child("items");
        auto const properties = here.child("properties");
        for (auto const& key : keys) {
            auto const property = items.property(key);
            auto const of_key = properties.key(key);
            if (!property)
                errors_.invalid(at.child(list_keys_keyword), shown,
                                "entries must all be names of item properties");
            else if (property->type() == "array" || property->type() == "object")
                errors_.invalid(of_key.child("type"), items.type(),
                                "must be a scalar type if parent array's x-kubernetes-list-type is map");
            if (!seen.insert(key).second)
                errors_.invalid(at.child(list_keys_keyword), shown, "must not contain duplicate entries");
        }
    }

    auto check_rules(json_schema const& s, path const& at) -> void {
        auto const here = at.child("x-kubernetes-validations");
        auto n = std::size_t{0};
        for (auto const& rule : s.list("x-kubernetes-validations")) check_rule(s, rule, here.index(n++));
    }

    /// The shape of a rule; what it says is not looked at.
    auto check_rule(json_schema const& s, json_schema const& rule, path const& at) -> void {
        auto const message = rule.text("message");
        auto const text = without_outer_space(rule.text("rule"));
        if (text.empty()) errors_.required(at.child("rule"), "rule is not specified");
        else if (!message.empty() && without_outer_space(message).empty())
            errors_.invalid(at.child("message"), message, "message must be non-empty if specified");
        else if (has_line_breaks(without_outer_space(message)))
            errors_.invalid(at.child("message"), message, "message must not contain line breaks");
        else if (has_line_breaks(text) && without_outer_space(message).empty())
            errors_.required(at.child("message"), "message must be specified if rule contains line breaks");
        auto const made = rule.text("messageExpression");
        if (!made.empty() && without_outer_space(made).empty())
            errors_.required(at.child("messageExpression"),
                             "messageExpression must be non-empty if specified");
        constexpr auto reasons = std::array<std::string_view, 4>{"FieldValueDuplicate", "FieldValueForbidden",
                                                                 "FieldValueInvalid", "FieldValueRequired"};
        auto const reason = rule.text("reason");
        if (rule.has("reason") && std::find(reasons.begin(), reasons.end(), reason) == reasons.end())
            errors_.not_supported(at.child("reason"), reason, reasons);
        auto const field = rule.text("fieldPath");
        if (field.empty()) return;
        if (without_outer_space(field).empty())
            errors_.invalid(at.child("fieldPath"), field, "fieldPath must be non-empty if specified");
        if (has_line_breaks(field))
            errors_.invalid(at.child("fieldPath"), field, "fieldPath must not contain line breaks");
        if (!find_field(s, field, true).problem.empty())
            errors_.invalid(at.child("fieldPath"), field, "fieldPath must be a valid path");
    }

    schema_rules const& rules_;
    api::field_errors& errors_;
};

BERTH_DECL auto validate_keywords(json_schema const& s, schema_rules const& rules, api::field_path const& at,
                                  api::field_errors& errors) -> void {
    keyword_checker(rules, errors).check(s, true, {}, at);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto has_loose_keys(json_schema const& s) -> bool {
    return s.any([](json_schema const& one) {
        auto found = api::field_errors();
        detail::keyword_checker::check_keyed(one, api::field_path(""), found);
        return !found.empty();
    });
}

BERTH_DECL auto has_loose_set(json_schema const& s) -> bool {
    return s.any([](json_schema const& one) {
        auto found = api::field_errors();
        detail::keyword_checker::check_atomic(one, api::field_path(""), found);
        return !found.empty();
    });
}

BERTH_DECL auto has_unknown_type(json_schema const& s) -> bool {
    return s.any([](json_schema const& one) {
        auto const& known = detail::open_api_types;
        return !one.type().empty() && std::find(known.begin(), known.end(), one.type()) == known.end();
    });
}

} // namespace berth::kube
