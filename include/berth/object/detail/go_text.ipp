#pragma once

/// \file
/// The bodies of `berth/object/detail/go_text.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/go_text.hpp>

namespace berth::object::detail {

inline auto append_hex(std::string& out, std::uint32_t value, int digits) -> void {
    for (auto shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        out.push_back("0123456789abcdef"[(value >> shift) & 0xf]);
}

BERTH_DECL auto go_quoted(std::string_view text) -> std::string {
    auto out = std::string("\"");
    while (!text.empty()) {
        auto const c = first_code_point(text);
        auto const raw = text.substr(0, c.length);
        text.remove_prefix(c.length);
        constexpr auto named = std::string_view("\a\b\f\n\r\t\v");
        auto const name = raw.size() == 1 ? named.find(raw[0]) : std::string_view::npos;
        if (!c.valid || (c.value < 0x20 && name == std::string_view::npos) || c.value == 0x7f) {
            out += "\\x";
            append_hex(out, c.value, 2);
        } else if (name != std::string_view::npos) {
            out.push_back('\\');
            out.push_back("abfnrtv"[name]);
        } else if (raw == "\"" || raw == "\\") {
            out.push_back('\\');
            out += raw;
        } else if (is_printable(c.value)) {
            out += raw;
        } else {
            out += c.value < 0x10000 ? "\\u" : "\\U";
            append_hex(out, c.value, c.value < 0x10000 ? 4 : 8);
        }
    }
    return out += '"';
}

BERTH_DECL auto go_json(std::string_view text) -> std::string {
    auto out = std::string("\"");
    while (!text.empty()) {
        auto const c = first_code_point(text);
        auto const raw = text.substr(0, c.length);
        text.remove_prefix(c.length);
        constexpr auto named = std::string_view("\b\f\n\r\t\"\\");
        auto const name = raw.size() == 1 ? named.find(raw[0]) : std::string_view::npos;
        auto const escaped = c.value < 0x20 || raw == "<" || raw == ">" || raw == "&" || c.value == 0x2028 ||
                             c.value == 0x2029;
        if (!c.valid) out += "\\ufffd";
        else if (name != std::string_view::npos) {
            out.push_back('\\');
            out.push_back("bfnrt\"\\"[name]);
        } else if (escaped) {
            out += "\\u";
            append_hex(out, c.value, 4);
        } else out += raw;
    }
    return out += '"';
}

} // namespace berth::object::detail
