#pragma once

/// \file
/// The bodies of `berth/object/text_format.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/quantity_text.hpp>
#include <berth/object/expression.hpp>
#include <berth/object/names.hpp>
#include <berth/object/text_format.hpp>

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>

namespace berth::object::detail {

using text_check = auto (*)(std::string_view) -> bool;

inline auto is_hex(char c) -> bool { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
inline auto is_letter(char c) -> bool { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

inline auto two_digits(std::string_view text, std::size_t at) -> int {
    if (at + 2 > text.size() || !is_digit(text[at]) || !is_digit(text[at + 1])) return -1;
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

/// `2026-01-05`, a day that there is.
inline auto is_date(std::string_view text) -> bool {
    constexpr auto days = std::array{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    auto const century = two_digits(text, 0);
    auto const year = two_digits(text, 2);
    auto const month = two_digits(text, 5);
    auto const day = two_digits(text, 8);
    if (century < 0 || year < 0 || month < 1 || month > 12 || day < 1) return false;
    auto const leap = year % 4 == 0 && (year != 0 || century % 4 == 0);
    auto const most = month == 2 && !leap ? 28 : days[static_cast<std::size_t>(month - 1)];
    return day <= most;
}

/// `10:00:00.5Z`, `10:00:00+02:00`, in small letters.
inline auto is_time_of_day(std::string_view text) -> bool {
    auto const hour = two_digits(text, 0);
    auto const minute = two_digits(text, 3);
    auto const second = two_digits(text, 6);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return false;
    if (text[2] != ':' || text[5] != ':') return false;
    text.remove_prefix(8);
    if (text.size() > 1 && text.front() != 'z' && is_digit(text[1]) && text.find(':') != 3) {
        text.remove_prefix(1); // any separator before the fraction
        while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
    }
    if (text == "z") return true;
    return text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':' &&
           two_digits(text, 1) >= 0 && two_digits(text, 4) >= 0;
}

inline auto is_date_time(std::string_view text) -> bool {
    auto small = std::string(text);
    for (auto& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    auto const view = std::string_view(small);
    auto const t = view.find('t');
    if (t == std::string_view::npos || !is_date(view.substr(0, t))) return false;
    auto const rest = view.substr(t + 1);
    return is_time_of_day(rest.substr(0, rest.find('t')));
}

/// A duration as Go writes it (`1h30m`), or a number and a unit in words, anywhere in the text.
inline auto is_duration(std::string_view text) -> bool {
    static auto const go = expression(R"(^[-+]?(0|(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)$)");
    static auto const words = expression(R"([0-9]+\s*(?i:(?:ns|us|µs|ms|s|m|h|hr|d|w|week)(?:[^A-Za-zµ]|$))"
                                         R"(|nano|micro|milli|sec|min|hour|day|wk))");
    return go.matches(text) || words.matches(text);
}

inline auto is_address(std::string_view text, int family) -> bool {
    if (text.size() >= INET6_ADDRSTRLEN) return false;
    auto const terminated = std::string(text);
    auto bytes = std::array<unsigned char, 16>{};
    return terminated.find('\0') == std::string::npos &&
           ::inet_pton(family, terminated.c_str(), bytes.data()) == 1;
}
inline auto is_any_address(std::string_view text) -> bool {
    return is_address(text, AF_INET) || is_address(text, AF_INET6);
}
inline auto is_ipv4(std::string_view text) -> bool {
    return text.find('.') != std::string_view::npos && is_any_address(text);
}
inline auto is_ipv6(std::string_view text) -> bool {
    return text.find(':') != std::string_view::npos && is_any_address(text);
}
inline auto is_cidr(std::string_view text) -> bool {
    auto const slash = text.find('/');
    if (slash == std::string_view::npos) return false;
    auto const bits = text.substr(slash + 1);
    if (bits.empty() || bits.size() > 3 || !all_are(bits, is_digit) || (bits.size() > 1 && bits[0] == '0'))
        return false;
    auto const most = is_address(text.substr(0, slash), AF_INET) ? 32 : 128;
    auto n = 0;
    for (auto const c : bits) n = n * 10 + (c - '0');
    return n <= most && is_any_address(text.substr(0, slash));
}

/// 6, 8 or 20 bytes, with colons or dashes between them, or dots between each two.
inline auto is_mac(std::string_view text) -> bool {
    if (text.size() < 14) return false;
    auto const dots = text[4] == '.';
    auto const step = dots ? std::size_t{5} : std::size_t{3};
    auto const between = dots ? '.' : text[2];
    if (between != '.' && between != ':' && between != '-') return false;
    if ((text.size() + 1) % step != 0) return false;
    auto const bytes = (text.size() + 1) / step * (dots ? 2 : 1);
    if (bytes != 6 && bytes != 8 && bytes != 20) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((i + 1) % step == 0 ? text[i] != between : !is_hex(text[i])) return false;
    return true;
}

inline auto without_separators(std::string_view text) -> std::string {
    auto out = std::string();
    for (auto const c : text)
        if (c != '-' && c != ' ' && (c < '\t' || c > '\r')) out += c;
    return out;
}

inline auto is_isbn10(std::string_view text) -> bool {
    auto const digits = without_separators(text);
    if (digits.size() != 10 || !all_are(std::string_view(digits).substr(0, 9), is_digit)) return false;
    if (!is_digit(digits[9]) && digits[9] != 'X') return false;
    auto sum = 0;
    for (std::size_t i = 0; i < 9; ++i) sum += static_cast<int>(i + 1) * (digits[i] - '0');
    sum += 10 * (digits[9] == 'X' ? 10 : digits[9] - '0');
    return sum % 11 == 0;
}

inline auto is_isbn13(std::string_view text) -> bool {
    auto const digits = without_separators(text);
    if (digits.size() != 13 || !all_are(digits, is_digit)) return false;
    auto sum = 0;
    for (std::size_t i = 0; i < 12; ++i) sum += (i % 2 == 0 ? 1 : 3) * (digits[i] - '0');
    return digits[12] - '0' == (10 - sum % 10) % 10;
}

/// Luhn's sum over a number of one of the known issuers.
inline auto is_credit_card(std::string_view text) -> bool {
    static auto const issuers =
        expression(R"(^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|(?:222[1-9]|22[3-9][0-9])"
                   R"(|2[3-6][0-9]{2}|27[01][0-9]|2720))"
                   R"([0-9]{12}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|)"
                   R"((?:2131|1800|35[0-9]{3})[0-9]{11}|6[27][0-9]{14})$)");
    auto digits = std::string();
    for (auto const c : text)
        if (is_digit(c)) digits += c;
    if (!issuers.matches(digits)) return false;
    auto sum = 0;
    auto doubled = false;
    for (auto i = digits.rbegin(); i != digits.rend(); ++i, doubled = !doubled) {
        auto const digit = (*i - '0') * (doubled ? 2 : 1);
        sum += digit / 10 + digit % 10;
    }
    return sum % 10 == 0;
}

inline auto is_ssn(std::string_view text) -> bool {
    static auto const form = expression(R"(^\d{3}[- ]?\d{2}[- ]?\d{4}$)");
    return text.size() == 11 && form.matches(text);
}

inline auto is_hex_color(std::string_view text) -> bool {
    if (text.starts_with('#')) text.remove_prefix(1);
    return (text.size() == 3 || text.size() == 6) && all_are(text, is_hex);
}

inline auto is_rgb_color(std::string_view text) -> bool {
    static auto const form = expression(
        R"(^rgb\(\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*,\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*,)"
        R"(\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*\)$)");
    return form.matches(text);
}

/// Standard base64 with its padding; not empty.
inline auto is_base64(std::string_view text) -> bool {
    if (text.empty() || text.size() % 4 != 0) return false;
    auto const padding = text.ends_with("==")  ? std::size_t{2}
                         : text.ends_with('=') ? std::size_t{1}
                                               : std::size_t{0};
    return all_are(text.substr(0, text.size() - padding),
                   [](char c) { return is_alphanumeric(c) || c == '+' || c == '/'; });
}

inline auto is_host_name(std::string_view text) -> bool {
    static auto const form = expression(
        R"(^([a-zA-Z0-9\p{S}\p{L}]((-?[a-zA-Z0-9\p{S}\p{L}]{0,62})?)|([a-zA-Z0-9\p{S}\p{L}])"
        R"((([a-zA-Z0-9\-\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?)(\.)){1,}([a-zA-Z0-9\p{S}\p{L}]))"
        R"((-?[a-zA-Z0-9\p{S}\p{L}]){1,62})$)");
    if (text.size() > 255 || !form.matches(text)) return false;
    for (auto rest = text;;) {
        auto const dot = rest.find('.');
        if (std::min(dot, rest.size()) > 63) return false;
        if (dot == std::string_view::npos) return true;
        rest.remove_prefix(dot + 1);
    }
}

/// `{8}-{4}-{4}-{4}-{12}` digits, the dashes at will; `version` and `variant` are asked of their digits.
template <char Version> auto is_uuid(std::string_view text) -> bool {
    auto digits = std::string();
    auto last = char{};
    for (auto const c : text) {
        auto const n = digits.size();
        auto const may_part = n == 8 || n == 12 || n == 16 || n == 20;
        if (c != '-') digits += c;
        else if (!may_part || last == '-') return false;
        last = c;
    }
    if (digits.size() != 32 || !all_are(digits, is_hex)) return false;
    if (Version == '0') return true;
    if (digits[12] != Version) return false;
    return Version == '3' || std::string_view("89abAB").find(digits[16]) != std::string_view::npos;
}

/// What Go's `url.ParseRequestURI` takes: an absolute address, or a path from the root.
inline auto is_request_uri(std::string_view text) -> bool {
    static auto const form = expression(R"(^(?:[a-zA-Z][a-zA-Z0-9+.-]*:(?://(?:[^/?#@\s]*@)?)"
                                        R"((?:\[[^\]\s/]*\]|[^/?#\s:<>"\\^{}|\[\]`]*)(?::[0-9]*)?)"
                                        R"((?:[/?].*)?|[^/].*|/(?:[^/].*)?|)|/.*)$)");
    static auto const broken_escape = expression(R"(%(?:[^0-9a-fA-F]|[0-9a-fA-F](?:[^0-9a-fA-F]|$)|$))");
    if (std::any_of(text.begin(), text.end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
        return false;
    auto const before_query = text.substr(0, text.find('?'));
    return form.matches(text) && !broken_escape.matches(before_query);
}

/// An address, alone or in angle brackets after a name (RFC 5322, as Go's `mail.ParseAddress` reads it).
inline auto is_email(std::string_view text) -> bool {
    static auto const form =
        expression(R"(^\s*(?:[^<>@]*<)?\s*)"
                   R"((?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~\x{80}-\x{10ffff}-]+)"
                   R"((?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\x{80}-\x{10ffff}-]+)*|"(?:[^"\\]|\\.)*")@)"
                   R"((?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~\x{80}-\x{10ffff}-]+)"
                   R"((?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\x{80}-\x{10ffff}-]+)*|\[[^\]]*\])\s*>?\s*$)");
    auto const open = text.find('<') != std::string_view::npos;
    auto const closed = text.find('>') != std::string_view::npos;
    return open == closed && form.matches(text);
}

inline auto is_object_id(std::string_view text) -> bool { return text.size() == 24 && all_are(text, is_hex); }
inline auto is_any_text(std::string_view) -> bool { return true; }
inline auto is_isbn(std::string_view text) -> bool { return is_isbn10(text) || is_isbn13(text); }
inline auto is_short_name(std::string_view text) -> bool { return is_dns1123_label(text); }
inline auto is_long_name(std::string_view text) -> bool { return is_dns1123_subdomain(text); }

inline constexpr auto text_formats = std::array<std::pair<std::string_view, text_check>, 26>{{
    {"bsonobjectid", &is_object_id},
    {"uri", &is_request_uri},
    {"email", &is_email},
    {"hostname", &is_host_name},
    {"ipv4", &is_ipv4},
    {"ipv6", &is_ipv6},
    {"cidr", &is_cidr},
    {"mac", &is_mac},
    {"uuid", &is_uuid<'0'>},
    {"uuid3", &is_uuid<'3'>},
    {"uuid4", &is_uuid<'4'>},
    {"uuid5", &is_uuid<'5'>},
    {"isbn", &is_isbn},
    {"isbn10", &is_isbn10},
    {"isbn13", &is_isbn13},
    {"creditcard", &is_credit_card},
    {"ssn", &is_ssn},
    {"hexcolor", &is_hex_color},
    {"rgbcolor", &is_rgb_color},
    {"byte", &is_base64},
    {"password", &is_any_text},
    {"date", &is_date},
    {"duration", &is_duration},
    {"datetime", &is_date_time},
    {"k8sshortname", &is_short_name},
    {"k8slongname", &is_long_name},
}};

inline auto find_text_format(std::string_view format) -> text_check {
    auto name = std::string();
    for (auto const c : format)
        if (c != '-') name += c;
    for (auto const& [known, check] : text_formats)
        if (known == name) return check;
    return nullptr;
}

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto is_known_format(std::string_view format) -> bool {
    return format == "int32" || format == "int64" || format == "float" || format == "double" ||
           is_text_format(format);
}

BERTH_DECL auto is_text_format(std::string_view format) -> bool {
    return detail::find_text_format(format) != nullptr;
}

BERTH_DECL auto has_format(std::string_view text, std::string_view format) -> bool {
    auto const check = detail::find_text_format(format);
    return check == nullptr || check(text);
}

} // namespace berth::object
