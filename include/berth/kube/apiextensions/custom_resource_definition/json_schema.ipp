#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/json_schema.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/json_schema.hpp>
#include <berth/object/detail/json_members.hpp>
#include <berth/object/detail/json_text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace berth::kube::detail {

using object::detail::boost_view;
using object::detail::text_view;

/// The form of a keyword's value.
enum class keyword_form : std::uint8_t {
    text,
    pointed_text, ///< one that may be empty
    flag,
    pointed_flag, ///< one that may be false
    number,
    integer,
    any,
    values,
    texts,
    schema,
    schemas,
    named_schemas,
    schema_or_flag,
    schema_or_list,
    dependencies,
    documentation,
    rules
};

struct keyword {
    std::string_view name;
    keyword_form form;
};

inline constexpr auto schema_keywords = std::array{
    keyword{"id", keyword_form::text},
    keyword{"$schema", keyword_form::text},
    keyword{"$ref", keyword_form::pointed_text},
    keyword{"description", keyword_form::text},
    keyword{"type", keyword_form::text},
    keyword{"format", keyword_form::text},
    keyword{"title", keyword_form::text},
    keyword{"default", keyword_form::any},
    keyword{"maximum", keyword_form::number},
    keyword{"exclusiveMaximum", keyword_form::flag},
    keyword{"minimum", keyword_form::number},
    keyword{"exclusiveMinimum", keyword_form::flag},
    keyword{"maxLength", keyword_form::integer},
    keyword{"minLength", keyword_form::integer},
    keyword{"pattern", keyword_form::text},
    keyword{"maxItems", keyword_form::integer},
    keyword{"minItems", keyword_form::integer},
    keyword{"uniqueItems", keyword_form::flag},
    keyword{"multipleOf", keyword_form::number},
    keyword{"enum", keyword_form::values},
    keyword{"maxProperties", keyword_form::integer},
    keyword{"minProperties", keyword_form::integer},
    keyword{"required", keyword_form::texts},
    keyword{"items", keyword_form::schema_or_list},
    keyword{"allOf", keyword_form::schemas},
    keyword{"oneOf", keyword_form::schemas},
    keyword{"anyOf", keyword_form::schemas},
    keyword{"not", keyword_form::schema},
    keyword{"properties", keyword_form::named_schemas},
    keyword{"additionalProperties", keyword_form::schema_or_flag},
    keyword{"patternProperties", keyword_form::named_schemas},
    keyword{"dependencies", keyword_form::dependencies},
    keyword{"additionalItems", keyword_form::schema_or_flag},
    keyword{"definitions", keyword_form::named_schemas},
    keyword{"externalDocs", keyword_form::documentation},
    keyword{"example", keyword_form::any},
    keyword{"nullable", keyword_form::flag},
    keyword{"x-kubernetes-preserve-unknown-fields", keyword_form::pointed_flag},
    keyword{"x-kubernetes-embedded-resource", keyword_form::flag},
    keyword{"x-kubernetes-int-or-string", keyword_form::flag},
    keyword{"x-kubernetes-list-map-keys", keyword_form::texts},
    keyword{"x-kubernetes-list-type", keyword_form::pointed_text},
    keyword{"x-kubernetes-map-type", keyword_form::pointed_text},
    keyword{"x-kubernetes-validations", keyword_form::rules},
};

inline constexpr auto documentation_keywords =
    std::array{keyword{"description", keyword_form::text}, keyword{"url", keyword_form::text}};

inline constexpr auto rule_keywords = std::array{
    keyword{"rule", keyword_form::pointed_text},      keyword{"message", keyword_form::text},
    keyword{"messageExpression", keyword_form::text}, keyword{"reason", keyword_form::pointed_text},
    keyword{"fieldPath", keyword_form::text},         keyword{"optionalOldSelf", keyword_form::pointed_flag},
};

/// Drops what is no keyword. What has a decoder of its own in Go (`items`, `additionalProperties`) is not
/// strict inside.
class schema_normalizer {
public:
    using json = boost::json::value;

    explicit schema_normalizer(object::told_paths& unknown) : unknown_(unknown) {}

    template <class Keywords>
    auto object(json& value, std::string const& at, Keywords const& keywords) -> result<void> {
        if (!value.is_object()) return mismatch(at, "JSONSchemaProps");
        auto failed = result<void>();
        object::detail::erase_members_if(value.get_object(), [&](boost::json::key_value_pair& member) {
            if (!failed) return false;
            auto const name = text_view(member.key());
            for (auto const& k : keywords) {
                if (k.name != name) continue;
                if (member.value().is_null()) return true;
                failed = keyword_value(member.value(), k.form, at + "." + std::string(name));
                return failed && is_nothing(member.value(), k.form);
            }
            if (lenient_ == 0) unknown_.add(at + "." + std::string(name));
            return true;
        });
        return failed;
    }
    auto schema(json& value, std::string const& at) -> result<void> {
        if (value.is_null()) value.emplace_object(); // as an element of a list or a map, it says nothing
        return object(value, at, schema_keywords);
    }

private:
    static auto mismatch(std::string const& at, std::string_view wanted) -> std::unexpected<error> {
        return fail(error_code::bad_request, "json: cannot unmarshal value into Go struct field " + at +
                                                 " of type " + std::string(wanted));
    }
    static auto must(bool fits, std::string const& at, std::string_view wanted) -> result<void> {
        if (!fits) return mismatch(at, wanted);
        return {};
    }

    /// Whether a value is left out where it is written.
    static auto is_nothing(json const& value, keyword_form form) -> bool {
        switch (form) {
        case keyword_form::text: return value.get_string().empty();
        case keyword_form::flag: return !value.get_bool();
        case keyword_form::values:
        case keyword_form::texts:
        case keyword_form::schemas:
        case keyword_form::rules: return value.get_array().empty();
        case keyword_form::named_schemas:
        case keyword_form::dependencies: return value.get_object().empty();
        default: return false;
        }
    }

    auto keyword_value(json& value, keyword_form form, std::string const& at) -> result<void> {
        switch (form) {
        case keyword_form::text:
        case keyword_form::pointed_text: return must(value.is_string(), at, "string");
        case keyword_form::flag:
        case keyword_form::pointed_flag: return must(value.is_bool(), at, "bool");
        case keyword_form::number: return must(value.is_number(), at, "float64");
        case keyword_form::integer: return must(value.is_int64(), at, "int64");
        case keyword_form::any: return {};
        case keyword_form::values: return must(value.is_array(), at, "[]v1.JSON");
        case keyword_form::texts: return texts(value, at);
        case keyword_form::schema: return schema(value, at);
        case keyword_form::schemas:
            return elements(value, at, [this](json& e, std::string const& p) { return schema(e, p); });
        case keyword_form::named_schemas:
            return entries(value, at, [this](json& e, std::string const& p) { return schema(e, p); });
        case keyword_form::schema_or_flag:
            if (value.is_bool()) return {};
            return leniently(value, at);
        case keyword_form::schema_or_list: return leniently(value, at);
        case keyword_form::dependencies:
            return entries(value, at, [this](json& e, std::string const& p) {
                return e.is_array() ? texts(e, p) : leniently(e, p);
            });
        case keyword_form::documentation: return object(value, at, documentation_keywords);
        case keyword_form::rules:
            return elements(value, at,
                            [this](json& e, std::string const& p) { return object(e, p, rule_keywords); });
        }
        return {};
    }

    auto leniently(json& value, std::string const& at) -> result<void> {
        ++lenient_;
        auto done = value.is_array()
                        ? elements(value, at, [this](json& e, std::string const& p) { return schema(e, p); })
                        : schema(value, at);
        --lenient_;
        return done;
    }

    auto texts(json& value, std::string const& at) -> result<void> {
        return elements(value, at,
                        [](json& e, std::string const& p) { return must(e.is_string(), p, "string"); });
    }

    template <class F> auto elements(json& value, std::string const& at, F f) -> result<void> {
        if (!value.is_array()) return mismatch(at, "slice");
        auto n = std::size_t{0};
        for (auto& element : value.get_array())
            if (auto ok = f(element, at + "[" + std::to_string(n++) + "]"); !ok) return ok;
        return {};
    }
    template <class F> auto entries(json& value, std::string const& at, F f) -> result<void> {
        if (!value.is_object()) return mismatch(at, "map");
        for (auto& member : value.get_object())
            if (auto ok = f(member.value(), at + "." + std::string(text_view(member.key()))); !ok) return ok;
        return {};
    }

    object::told_paths& unknown_;
    int lenient_ = 0;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto is_strict_in_schema(std::string_view path) -> bool {
    using form = detail::keyword_form;
    auto const next = [&] {
        auto const segment = path.substr(0, path.find('.'));
        path.remove_prefix(std::min(path.size(), segment.size() + 1));
        return segment.substr(0, segment.find('['));
    };
    while (!path.empty()) {
        auto const name = next();
        auto const known = std::find_if(detail::schema_keywords.begin(), detail::schema_keywords.end(),
                                        [&](auto const& k) { return k.name == name; });
        if (known == detail::schema_keywords.end() || path.empty()) return true;
        switch (known->form) {
        case form::schema_or_flag:
        case form::schema_or_list:
        case form::any:
        case form::values: return false;
        case form::dependencies: return next(), path.empty();
        case form::named_schemas: next(); break;
        default: break;
        }
    }
    return true;
}

BERTH_DECL auto normalize_schema(boost::json::value& schema, std::string const& at,
                                 object::told_paths& unknown) -> result<void> {
    return detail::schema_normalizer(unknown).schema(schema, at);
}

BERTH_DECL auto json_schema::find(std::string_view keyword) const -> boost::json::value const* {
    return json_->if_contains(detail::boost_view(keyword));
}

BERTH_DECL auto json_schema::text(std::string_view keyword) const -> std::string_view {
    auto const* const value = find(keyword);
    return value == nullptr || !value->is_string() ? std::string_view()
                                                   : detail::text_view(value->get_string());
}

BERTH_DECL auto json_schema::flag(std::string_view keyword) const -> bool {
    auto const* const value = find(keyword);
    return value != nullptr && value->is_bool() && value->get_bool();
}

BERTH_DECL auto json_schema::texts(std::string_view keyword) const -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    auto const* const value = find(keyword);
    if (value == nullptr || !value->is_array()) return out;
    for (auto const& element : value->get_array())
        if (element.is_string()) out.emplace_back(detail::text_view(element.get_string()));
    return out;
}

BERTH_DECL auto json_schema::schema(std::string_view keyword) const -> std::optional<json_schema> {
    auto const* const value = find(keyword);
    if (value == nullptr || !value->is_object()) return std::nullopt;
    return json_schema(value->get_object());
}

BERTH_DECL auto json_schema::list(std::string_view keyword) const -> std::vector<json_schema> {
    auto out = std::vector<json_schema>();
    auto const* const value = find(keyword);
    if (value == nullptr || !value->is_array()) return out;
    for (auto const& element : value->get_array())
        if (element.is_object()) out.emplace_back(element.get_object());
    return out;
}

BERTH_DECL auto json_schema::map(std::string_view keyword) const
    -> std::vector<std::pair<std::string_view, json_schema>> {
    auto out = std::vector<std::pair<std::string_view, json_schema>>();
    auto const* const value = find(keyword);
    if (value == nullptr || !value->is_object()) return out;
    for (auto const& member : value->get_object())
        if (member.value().is_object())
            out.emplace_back(detail::text_view(member.key()), json_schema(member.value().get_object()));
    return out;
}

BERTH_DECL auto json_schema::property(std::string_view name) const -> std::optional<json_schema> {
    auto const* const value = find("properties");
    if (value == nullptr || !value->is_object()) return std::nullopt;
    auto const* const found = value->get_object().if_contains(detail::boost_view(name));
    if (found == nullptr || !found->is_object()) return std::nullopt;
    return json_schema(found->get_object());
}

BERTH_DECL auto json_schema::inside() const -> std::vector<json_schema> {
    auto out = std::vector<json_schema>();
    for (auto const* const keyword : {"items", "not", "additionalProperties", "additionalItems"})
        if (auto const one = schema(keyword)) out.push_back(*one);
    for (auto const* const keyword : {"items", "allOf", "anyOf", "oneOf"})
        for (auto const& one : list(keyword)) out.push_back(one);
    for (auto const* const keyword : {"properties", "patternProperties", "definitions", "dependencies"})
        for (auto const& [name, one] : map(keyword)) out.push_back(one);
    return out;
}

} // namespace berth::kube
