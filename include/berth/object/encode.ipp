#pragma once

/// \file
/// The bodies of `berth/object/encode.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/encode.hpp>

namespace berth::object {

BERTH_DECL auto append_json_string(std::string& out, std::string_view text) -> void {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    auto from = std::size_t{0};
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text, from, i - from);
        from = i + 1;
        out += '\\';
        switch (c) {
        case '"': out += '"'; break;
        case '\\': out += '\\'; break;
        case '\n': out += 'n'; break;
        case '\r': out += 'r'; break;
        case '\t': out += 't'; break;
        default:
            out += "u00";
            out += hex[c >> 4U];
            out += hex[c & 15U];
        }
    }
    out.append(text, from);
    out += '"';
}

} // namespace berth::object

namespace berth::object::detail {

BERTH_DECL auto append_members(std::string& out, type_info const& type, void const* record, bool first,
                               std::int64_t rev) -> void {
    auto const separate = [&] {
        if (!first) out += ',';
        first = false;
    };
    for (auto const& f : type.fields) {
        auto const& t = f.type();
        auto const* value = f.in(record);
        auto const versioned = rev != 0 && f.name == "metadata";
        auto const zero = t.is_zero(value);
        if (zero && !f.always && !versioned) continue;
        separate();
        append_json_string(out, f.name);
        out += ':';
        auto const nothing =
            zero && (t.form == shape::list || t.form == shape::map || t.form == shape::optional);
        if (versioned) {
            out += "{\"resourceVersion\":\"";
            append_json_number(out, rev);
            out += '"';
            append_members(out, t, value, false);
            out += '}';
        } else if (nothing) out += "null";
        else append_json(out, t, value);
    }
    auto const* const unknown = type.unknown(record);
    if (unknown == nullptr || !*unknown) return;
    for (auto const& [name, json] : **unknown) {
        separate();
        append_json_string(out, name);
        out += ':';
        out += json.text;
    }
}

inline auto append_elements(std::string& out, type_info const& type, void const* value) -> void {
    auto const map = type.form == shape::map;
    out += map ? '{' : '[';
    auto const& element = type.element();
    auto const n = type.size(value);
    for (std::size_t i = 0; i < n; ++i) {
        if (i != 0) out += ',';
        if (map) {
            append_json_string(out, type.key(value, i));
            out += ':';
        }
        append_json(out, element, type.at(value, i));
    }
    out += map ? '}' : ']';
}

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto append_json(std::string& out, type_info const& type, void const* value) -> void {
    switch (type.form) {
    case shape::boolean: out += *static_cast<bool const*>(value) ? "true" : "false"; return;
    case shape::int32: append_json_number(out, *static_cast<std::int32_t const*>(value)); return;
    case shape::int64: append_json_number(out, *static_cast<std::int64_t const*>(value)); return;
    case shape::number: append_json_number(out, *static_cast<double const*>(value)); return;
    case shape::text: append_json_string(out, type.text(value)); return;
    case shape::scalar: type.write(value, out); return;
    case shape::raw: {
        auto const& text = static_cast<raw_json const*>(value)->text;
        out += text.empty() ? std::string_view("null") : std::string_view(text);
        return;
    }
    case shape::list:
    case shape::map: detail::append_elements(out, type, value); return;
    case shape::optional:
        if (type.size(value) == 0) out += "null";
        else append_json(out, type.element(), type.at(value, 0));
        return;
    case shape::record:
        out += '{';
        detail::append_members(out, type, value, true);
        out += '}';
        return;
    }
}

BERTH_DECL auto append_document(std::string& out, type_info const& type, void const* object, std::int64_t rev)
    -> void {
    auto const& r = *type.resource;
    out += "{\"kind\":";
    append_json_string(out, r.kind);
    out += ",\"apiVersion\":\"";
    if (!r.group.empty()) (out += r.group) += '/';
    (out += r.version) += '"';
    detail::append_members(out, type, object, false, rev);
    out += '}';
}

} // namespace berth::object
