#pragma once

/// \file
/// The bodies of `berth/object/structural_schema.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/optional_type.hpp>
#include <berth/object/meta.hpp>
#include <berth/object/structural_schema.hpp>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace berth::object::detail {

inline auto json_text(std::string_view text) -> boost::json::string {
    return boost::json::string(text.data(), text.size());
}

/// Writes the schemas of types into one another.
class structural_writer {
public:
    auto write(type_info const& type) -> boost::json::object {
        if (&type == &type_of<meta>()) return {{"type", "object"}};
        switch (type.form) {
        case shape::optional: return write(type.element());
        case shape::list: return {{"type", "array"}, {"items", write(type.element())}};
        case shape::map: return {{"type", "object"}, {"additionalProperties", write(type.element())}};
        case shape::record: return write_record(type);
        case shape::raw: return anything();
        default: return write_scalar(type);
        }
    }

private:
    static auto anything() -> boost::json::object { return {{"x-kubernetes-preserve-unknown-fields", true}}; }

    static auto write_scalar(type_info const& type) -> boost::json::object {
        if (type.schema_format == "int-or-string") return {{"x-kubernetes-int-or-string", true}};
        auto const one = !type.schema_type.empty() && type.schema_type.find(',') == std::string_view::npos;
        if (!one) return anything();
        auto out = boost::json::object{{"type", json_text(type.schema_type)}};
        if (!type.schema_format.empty()) out["format"] = json_text(type.schema_format);
        return out;
    }

    auto write_record(type_info const& type) -> boost::json::object {
        if (std::find(within_.begin(), within_.end(), &type) != within_.end()) {
            auto out = anything();
            out["type"] = "object";
            return out;
        }
        within_.push_back(&type);
        auto properties = boost::json::object();
        auto required = boost::json::array();
        if (type.resource != nullptr)
            for (auto const* name : {"apiVersion", "kind"}) properties[name] = {{"type", "string"}};
        for (auto const& f : type.fields) {
            properties[json_text(f.name)] = write_field(f);
            if (f.required && &f.type() != &type_of<meta>()) required.push_back(json_text(f.name));
        }
        within_.pop_back();
        auto out = boost::json::object{{"type", "object"}, {"properties", std::move(properties)}};
        if (!required.empty()) out["required"] = std::move(required);
        return out;
    }

    auto write_field(field_info const& f) -> boost::json::object {
        auto const& d = *f.details;
        auto out = write(f.type());
        if (!d.text.empty()) out["description"] = json_text(d.text);
        if (f.nullable) out["nullable"] = true;
        if (!d.fallback.empty()) out["default"] = boost::json::parse({d.fallback.data(), d.fallback.size()});
        if (!d.pattern.empty()) out["pattern"] = json_text(d.pattern);
        write_values(f, out);
        write_bounds(f, out);
        write_topology(f, out);
        return out;
    }

    static auto write_values(field_info const& f, boost::json::object& out) -> void {
        if (f.details->values.empty()) return;
        auto const& type = without_optional(f.type());
        auto const texts =
            (type.form == shape::list ? without_optional(type.element()) : type).schema_type == "string";
        auto all = boost::json::array();
        for (auto const v : f.details->values) {
            if (texts) all.push_back(json_text(v));
            else all.push_back(boost::json::parse({v.data(), v.size()}));
        }
        auto& of = type.form == shape::list ? out["items"].get_object() : out;
        of["enum"] = std::move(all);
    }

    static auto write_bounds(field_info const& f, boost::json::object& out) -> void {
        auto const& d = *f.details;
        auto const form = without_optional(f.type()).form;
        auto const list = form == shape::list;
        auto const map = form == shape::map || form == shape::record;
        auto const write = [&](std::string_view name, std::int64_t value, std::int64_t none) {
            if (value != none) out[json_text(name)] = value;
        };
        write("minimum", d.minimum, no_details.minimum);
        write("maximum", d.maximum, no_details.maximum);
        write(list ? "minItems" : map ? "minProperties" : "minLength", d.min_size, 0);
        write(list ? "maxItems" : map ? "maxProperties" : "maxLength", d.max_size, no_details.max_size);
    }

    static auto write_topology(field_info const& f, boost::json::object& out) -> void {
        auto const list = without_optional(f.type()).form == shape::list;
        auto const* const name = list ? "x-kubernetes-list-type" : "x-kubernetes-map-type";
        switch (f.topology) {
        case merge_topology::unsaid: return;
        case merge_topology::atomic: out[name] = "atomic"; return;
        case merge_topology::set: out[name] = "set"; return;
        case merge_topology::granular: out[name] = "granular"; return;
        case merge_topology::map: break;
        }
        out[name] = "map";
        auto keys = boost::json::array();
        for (auto rest = f.details->list_keys; !rest.empty();) {
            auto const end = std::min(rest.find(','), rest.size());
            keys.push_back(json_text(rest.substr(0, end)));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        require_keys(out, keys);
        out["x-kubernetes-list-map-keys"] = std::move(keys);
    }

    /// Keys must be there in every element, or have a default.
    static auto require_keys(boost::json::object& list, boost::json::array const& keys) -> void {
        auto& element = list["items"].get_object();
        auto const& properties = element["properties"].get_object();
        auto& required = element["required"];
        if (!required.is_array()) required.emplace_array();
        auto& names = required.get_array();
        for (auto const& k : keys) {
            auto const* const p = properties.if_contains(k.get_string());
            auto const has_default = p != nullptr && p->get_object().contains("default");
            if (!has_default && std::find(names.begin(), names.end(), k) == names.end()) names.push_back(k);
        }
        if (names.empty()) element.erase("required");
    }

    std::vector<type_info const*> within_;
};

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto structural_schema(type_info const& type) -> boost::json::object {
    return detail::structural_writer().write(type);
}

} // namespace berth::object
