#pragma once

/// \file
/// The bodies of `berth/object/document_schema.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/json_text.hpp>
#include <berth/object/document_schema.hpp>
#include <berth/object/text_format.hpp>

#include <algorithm>
#include <utility>

namespace berth::object::detail {

/// Reads the keywords of one schema.
class document_schema_reader {
public:
    explicit document_schema_reader(boost::json::object const& json) : json_(json) {}

    auto read() -> document_schema {
        auto out = document_schema{};
        read_form(out);
        read_structure(out);
        read_bounds(out);
        read_junctors(out);
        return out;
    }

private:
    auto find(std::string_view name) const -> boost::json::value const* {
        auto const* const value = json_.if_contains(boost_view(name));
        return value == nullptr || value->is_null() ? nullptr : value;
    }
    auto text(std::string_view name) const -> std::string {
        auto const* const value = find(name);
        return value == nullptr || !value->is_string() ? std::string()
                                                       : std::string(text_view(value->get_string()));
    }
    auto flag(std::string_view name) const -> bool {
        auto const* const value = find(name);
        return value != nullptr && value->is_bool() && value->get_bool();
    }
    auto number(std::string_view name) const -> std::optional<double> {
        auto const* const value = find(name);
        if (value == nullptr || !value->is_number()) return std::nullopt;
        return value->to_number<double>();
    }
    auto integer(std::string_view name) const -> std::optional<std::int64_t> {
        auto const* const value = find(name);
        if (value == nullptr || !value->is_int64()) return std::nullopt;
        return value->get_int64();
    }
    auto texts(std::string_view name) const -> std::vector<std::string> {
        auto out = std::vector<std::string>();
        auto const* const value = find(name);
        if (value == nullptr || !value->is_array()) return out;
        for (auto const& element : value->get_array())
            if (element.is_string()) out.emplace_back(text_view(element.get_string()));
        return out;
    }
    auto schemas(std::string_view name) const -> std::vector<document_schema> {
        auto out = std::vector<document_schema>();
        auto const* const value = find(name);
        if (value == nullptr || !value->is_array()) return out;
        for (auto const& element : value->get_array())
            if (element.is_object()) out.push_back(document_schema::read(element.get_object()));
        return out;
    }
    auto schema(std::string_view name) const -> std::shared_ptr<document_schema const> {
        auto const* const value = find(name);
        if (value == nullptr || !value->is_object()) return nullptr;
        return std::make_shared<document_schema const>(document_schema::read(value->get_object()));
    }

    auto read_form(document_schema& out) const -> void {
        out.int_or_string = flag("x-kubernetes-int-or-string");
        if (auto type = text("type"); !type.empty()) out.types.push_back(std::move(type));
        else if (out.int_or_string) out.types = {"integer", "string"};
        if (auto format = text("format"); is_known_format(format)) out.format = std::move(format);
        out.nullable = flag("nullable");
        out.preserves_unknown = flag("x-kubernetes-preserve-unknown-fields");
        out.embedded = flag("x-kubernetes-embedded-resource");
        auto const list = text("x-kubernetes-list-type");
        auto const map = text("x-kubernetes-map-type");
        if (list == "set") out.topology = merge_topology::set;
        else if (list == "map") out.topology = merge_topology::map;
        else if (list == "atomic" || map == "atomic") out.topology = merge_topology::atomic;
        else if (map == "granular") out.topology = merge_topology::granular;
        out.list_keys = texts("x-kubernetes-list-map-keys");
    }

    auto read_structure(document_schema& out) const -> void {
        if (auto const* const properties = find("properties");
            properties != nullptr && properties->is_object())
            for (auto const& member : properties->get_object())
                if (member.value().is_object())
                    out.properties.emplace(std::string(text_view(member.key())),
                                           document_schema::read(member.value().get_object()));
        out.items = schema("items");
        out.additional = schema("additionalProperties");
        if (auto const* const more = find("additionalProperties"); more != nullptr && more->is_bool())
            out.allows_additional = more->get_bool();
        if (auto const* const fallback = find("default")) out.fallback = *fallback;
    }

    auto read_bounds(document_schema& out) const -> void {
        out.minimum = number("minimum");
        out.maximum = number("maximum");
        out.multiple_of = number("multipleOf");
        out.above_minimum = flag("exclusiveMinimum");
        out.below_maximum = flag("exclusiveMaximum");
        out.min_length = integer("minLength");
        out.max_length = integer("maxLength");
        out.min_items = integer("minItems");
        out.max_items = integer("maxItems");
        out.min_properties = integer("minProperties");
        out.max_properties = integer("maxProperties");
        out.unique_items = flag("uniqueItems");
        out.pattern = text("pattern");
        if (!out.pattern.empty()) out.matcher.emplace(out.pattern);
        out.required = texts("required");
        if (auto const* const values = find("enum"); values != nullptr && values->is_array())
            out.values.assign(values->get_array().begin(), values->get_array().end());
    }

    auto read_junctors(document_schema& out) const -> void {
        out.all_of = schemas("allOf");
        out.any_of = schemas("anyOf");
        out.one_of = schemas("oneOf");
        out.negated = schema("not");
    }

    boost::json::object const& json_;
};

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto document_schema::read(boost::json::object const& json) -> document_schema {
    return detail::document_schema_reader(json).read();
}

BERTH_DECL auto document_schema::has_type(std::string_view type) const -> bool {
    return std::find(types.begin(), types.end(), type) != types.end();
}

} // namespace berth::object
