#pragma once

/// \file
/// The bodies of `berth/kube/meta/validation/addresses.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation/addresses.hpp>

#include <algorithm>

namespace berth::kube::detail {

/// The next decimal number up to 255 of a text, which loses it; nothing if there is none.
inline auto take_octet(std::string_view& text) -> std::optional<std::uint8_t> {
    auto value = 0U;
    auto n = std::size_t{0};
    for (; n < text.size() && text[n] >= '0' && text[n] <= '9'; ++n) {
        value = value * 10 + static_cast<unsigned>(text[n] - '0');
        if (value > 255) return std::nullopt;
    }
    if (n == 0) return std::nullopt;
    text.remove_prefix(n);
    return static_cast<std::uint8_t>(value);
}

inline auto parse_ipv4(std::string_view text) -> std::optional<ip_address> {
    auto out = ip_address{};
    out.v4 = true;
    out.bytes[10] = out.bytes[11] = 0xff;
    for (std::size_t i = 12; i < 16; ++i) {
        if (i != 12) {
            if (text.empty() || text.front() != '.') return std::nullopt;
            text.remove_prefix(1);
        }
        auto const octet = take_octet(text);
        if (!octet) return std::nullopt;
        out.bytes[i] = *octet;
    }
    return text.empty() ? std::optional(out) : std::nullopt;
}

/// The next hexadecimal group of a text, which loses it; nothing if there is none.
inline auto take_group(std::string_view& text) -> std::optional<std::uint32_t> {
    auto value = std::uint32_t{0};
    auto n = std::size_t{0};
    for (; n < text.size(); ++n) {
        auto const c = text[n];
        auto digit = std::uint32_t{16};
        if (c >= '0' && c <= '9') digit = static_cast<std::uint32_t>(c - '0');
        else if (c >= 'a' && c <= 'f') digit = static_cast<std::uint32_t>(c - 'a') + 10;
        else if (c >= 'A' && c <= 'F') digit = static_cast<std::uint32_t>(c - 'A') + 10;
        if (digit == 16) break;
        value = value * 16 + digit;
        if (value > 0xffff) return std::nullopt;
    }
    if (n == 0) return std::nullopt;
    text.remove_prefix(n);
    return value;
}

inline auto parse_ipv6(std::string_view text) -> std::optional<ip_address> {
    auto out = ip_address{};
    auto filled = std::size_t{0};
    auto gap = std::optional<std::size_t>();
    if (text.substr(0, 2) == "::") {
        gap = 0;
        text.remove_prefix(2);
    }
    while (!text.empty() && filled < 16) {
        if (filled <= 12 && text.find(':') == std::string_view::npos &&
            text.find('.') != std::string_view::npos) {
            auto const tail = parse_ipv4(text);
            if (!tail) return std::nullopt;
            std::copy(tail->bytes.begin() + 12, tail->bytes.end(),
                      out.bytes.begin() + static_cast<std::ptrdiff_t>(filled));
            filled += 4;
            text = {};
            break;
        }
        auto const group = take_group(text);
        if (!group) return std::nullopt;
        out.bytes[filled++] = static_cast<std::uint8_t>(*group >> 8);
        out.bytes[filled++] = static_cast<std::uint8_t>(*group & 0xff);
        if (text.empty()) break;
        if (text.front() != ':' || text.size() == 1) return std::nullopt;
        text.remove_prefix(1);
        if (text.front() != ':') continue;
        if (gap) return std::nullopt;
        gap = filled;
        text.remove_prefix(1);
    }
    if (!text.empty() || (filled < 16 && !gap) || (filled == 16 && gap)) return std::nullopt;
    if (gap) {
        auto const from = out.bytes.begin() + static_cast<std::ptrdiff_t>(*gap);
        std::rotate(from, out.bytes.begin() + static_cast<std::ptrdiff_t>(filled), out.bytes.end());
    }
    return out;
}

BERTH_DECL auto parse_ip(std::string_view text) -> std::optional<ip_address> {
    return text.find(':') == std::string_view::npos ? parse_ipv4(text) : parse_ipv6(text);
}

BERTH_DECL auto parse_cidr(std::string_view text) -> std::optional<ip_range> {
    auto const slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    auto const address = parse_ip(text.substr(0, slash));
    auto rest = text.substr(slash + 1);
    auto const bits = take_octet(rest);
    if (!address || !bits || !rest.empty() || *bits > (address->v4 ? 32 : 128)) return std::nullopt;
    return ip_range{*address, *bits};
}

BERTH_DECL auto validate_ip(std::string_view text, field_path const& at, field_errors& errors) -> bool {
    if (parse_ip(text)) return true;
    errors.invalid(at, text, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    return false;
}

BERTH_DECL auto is_dual_stack(std::vector<std::string> const& addresses) -> bool {
    auto v4 = false;
    auto v6 = false;
    for (auto const& text : addresses) {
        auto const slash = text.find('/');
        auto const address = parse_ip(std::string_view(text).substr(0, slash));
        if (!address) return false;
        (address->v4 ? v4 : v6) = true;
    }
    return v4 && v6;
}

BERTH_DECL auto validate_non_special_ip(std::string_view text, field_path const& at, field_errors& errors)
    -> void {
    auto const address = parse_ip(text);
    if (!address) return errors.invalid(at, text, "must be a valid IP address");
    auto const& b = address->bytes;
    auto const zero_until = [&](std::size_t end) {
        return std::all_of(b.begin(), b.begin() + static_cast<std::ptrdiff_t>(end),
                           [](auto x) { return x == 0; });
    };
    auto const first = address->v4 ? b[12] : b[0];
    auto const second = address->v4 ? b[13] : b[1];
    auto const unspecified = address->v4 ? (b[12] | b[13] | b[14] | b[15]) == 0 : zero_until(16);
    if (unspecified) errors.invalid(at, text, "may not be unspecified (" + std::string(text) + ")");
    if (address->v4 ? first == 127 : zero_until(15) && b[15] == 1)
        errors.invalid(at, text, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
    if (address->v4 ? first == 169 && second == 254 : first == 0xfe && (second & 0xc0) == 0x80)
        errors.invalid(at, text, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    if (address->v4 ? first == 224 && second == 0 && b[14] == 0 : first == 0xff && (second & 0x0f) == 2)
        errors.invalid(at, text, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
}

} // namespace berth::kube::detail
