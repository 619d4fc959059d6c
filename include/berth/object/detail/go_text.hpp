#pragma once

/// \file
/// Text as Go's libraries write and read it, for messages that must read as those of Kubernetes do.

#include <berth/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace berth::object::detail {

/// One code point of UTF-8 and its length; an invalid byte has length 1 and `valid` false.
struct code_point {
    std::uint32_t value = 0;
    std::size_t length = 1;
    bool valid = true;
};

/// Whether Go prints a code point as it is: not a control, a format character, an odd space or private.
[[nodiscard]] constexpr auto is_printable(std::uint32_t c) -> bool {
    if (c < 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0xad || c == 0x1680 || c == 0x180e) return false;
    if ((c >= 0x2000 && c <= 0x200f) || (c >= 0x2028 && c <= 0x202f) || (c >= 0x205f && c <= 0x206f))
        return false;
    if (c == 0x3000 || c == 0xfeff || (c >= 0xe000 && c <= 0xf8ff) || (c >= 0xfff0 && c <= 0xfffb))
        return false;
    return c < 0xe0000 && (c & 0xfffe) != 0xfffe;
}

[[nodiscard]] constexpr auto first_code_point(std::string_view text) -> code_point {
    auto const byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    auto const lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};
    auto const length = lead >= 0xf0 ? std::size_t{4} : (lead >= 0xe0 ? std::size_t{3} : std::size_t{2});
    if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {lead, 1, false};
    auto value = lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return {lead, 1, false};
        value = (value << 6) | (byte(i) & 0x3f);
    }
    auto const too_long = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    if (too_long || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return {lead, 1, false};
    return {value, length, true};
}

/// The text in double quotes, as Go's `%q` writes it.
[[nodiscard]] BERTH_DECL auto go_quoted(std::string_view text) -> std::string;

/// The text as a JSON string, as Go's `encoding/json` writes it: `<`, `>` and `&` are escaped.
[[nodiscard]] BERTH_DECL auto go_json(std::string_view text) -> std::string;

/// A decimal number with an optional sign, as `strconv.ParseInt(text, 10, 64)` reads it; nothing if it is
/// none or does not fit.
[[nodiscard]] constexpr auto go_integer(std::string_view text) -> std::optional<std::int64_t> {
    auto const negative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
    if (text.empty()) return std::nullopt;
    auto value = std::int64_t{0};
    for (auto const c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        auto const digit = std::int64_t{negative ? '0' - c : c - '0'};
        if (__builtin_mul_overflow(value, std::int64_t{10}, &value)) return std::nullopt;
        if (__builtin_add_overflow(value, digit, &value)) return std::nullopt;
    }
    return value;
}

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/go_text.ipp>
#endif
