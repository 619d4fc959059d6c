#pragma once

/// \file
/// The bodies of `berth/object/detail/go_value.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/go_value.hpp>

#include <charconv>
#include <map>

namespace berth::object::detail {

/// `map[a:1 b:<nil>]`, `[x y]`, `text`.
inline auto append_go_value(std::string& out, json::value const& value) -> void {
    switch (value.kind()) {
    case json::kind::null: out += "<nil>"; return;
    case json::kind::bool_: out += value.get_bool() ? "true" : "false"; return;
    case json::kind::int64: out += std::to_string(value.get_int64()); return;
    case json::kind::uint64: out += std::to_string(value.get_uint64()); return;
    case json::kind::double_: {
        char text[32];
        auto const end = std::to_chars(text, text + sizeof text, value.get_double()).ptr;
        out.append(text, end);
        return;
    }
    case json::kind::string: out += text_view(value.get_string()); return;
    case json::kind::array: {
        out += '[';
        for (auto const& element : value.get_array()) {
            if (&element != &value.get_array().front()) out += ' ';
            append_go_value(out, element);
        }
        out += ']';
        return;
    }
    case json::kind::object: break;
    }
    auto sorted = std::map<std::string_view, json::value const*>();
    for (auto const& member : value.get_object()) sorted.emplace(text_view(member.key()), &member.value());
    out += "map[";
    auto first = true;
    for (auto const& [key, member] : sorted) {
        if (!first) out += ' ';
        first = false;
        out += key;
        out += ':';
        append_go_value(out, *member);
    }
    out += ']';
}

BERTH_DECL auto go_value(json::value const& value) -> std::string {
    auto out = std::string();
    append_go_value(out, value);
    return out;
}

BERTH_DECL auto go_type(json::value const& value) -> std::string_view {
    switch (value.kind()) {
    case json::kind::null: return "%!s(<nil>)";
    case json::kind::bool_: return "bool";
    case json::kind::int64: return "int64";
    case json::kind::uint64:
    case json::kind::double_: return "float64";
    case json::kind::string: return "string";
    case json::kind::array: return "[]interface {}";
    case json::kind::object: return "map[string]interface {}";
    }
    return "";
}

} // namespace berth::object::detail
