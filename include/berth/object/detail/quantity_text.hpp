#pragma once

/// \file
/// How a quantity is spelled: the pieces of its text and the meaning of its suffix (apimachinery 1.36,
/// `api/resource/quantity.go` and `suffix.go`).

#include <cstdint>
#include <optional>
#include <string_view>

namespace berth::object {

/// The family of suffixes in which a quantity is written.
enum class quantity_format : std::uint8_t {
    decimal_si,       ///< `n u m "" k M G T P E`
    binary_si,        ///< `Ki Mi Gi Ti Pi Ei`
    decimal_exponent, ///< `e3`
};

namespace detail {

/// The pieces of a quantity's text. `well_formed` is false where the shape of the text is wrong.
struct quantity_pieces {
    bool well_formed = false;
    bool negative = false;
    bool padded = false;       ///< a `+` sign or zeros in front
    bool digits = false;       ///< there is at least one digit
    std::string_view whole;    ///< digits before the point, without leading zeros; `0` if none
    std::string_view fraction; ///< digits after the point
    bool point = false;
    std::string_view suffix;
};

/// A suffix understood: the number is multiplied by `base` to the power of `exponent`.
struct quantity_suffix {
    int base = 10;
    std::int32_t exponent = 0;
    quantity_format format = quantity_format::decimal_si;
    bool canonical = true; ///< it is what would be printed for this exponent
};

[[nodiscard]] constexpr auto is_digit(char c) -> bool { return c >= '0' && c <= '9'; }

/// Takes the leading digits off `rest`.
[[nodiscard]] constexpr auto take_digits(std::string_view& rest) -> std::string_view {
    auto n = std::size_t{0};
    while (n < rest.size() && is_digit(rest[n])) ++n;
    auto const digits = rest.substr(0, n);
    rest.remove_prefix(n);
    return digits;
}

/// Cuts a text into sign, digits, and suffix. Nothing but a sign, or a lone point, is zero, as in Kubernetes.
[[nodiscard]] constexpr auto split_quantity(std::string_view text) -> quantity_pieces {
    auto out = quantity_pieces();
    if (text.empty()) return out;
    auto rest = text;
    if (rest.front() == '-' || rest.front() == '+') {
        out.negative = rest.front() == '-';
        out.padded = !out.negative;
        rest.remove_prefix(1);
    }
    while (!rest.empty() && rest.front() == '0') {
        out.padded = true;
        out.digits = true;
        rest.remove_prefix(1);
    }
    out.whole = take_digits(rest);
    if (out.whole.empty()) out.whole = "0";
    if (!rest.empty() && rest.front() == '.') {
        out.point = true;
        rest.remove_prefix(1);
        out.fraction = take_digits(rest);
    }
    out.digits = out.digits || out.whole != "0" || !out.fraction.empty();
    out.suffix = rest;
    constexpr auto letters = std::string_view("eEinumkKMGTP");
    while (!rest.empty() && letters.find(rest.front()) != std::string_view::npos) rest.remove_prefix(1);
    if (!rest.empty() && (rest.front() == '-' || rest.front() == '+')) rest.remove_prefix(1);
    static_cast<void>(take_digits(rest));
    out.well_formed = rest.empty();
    return out;
}

/// The largest exponent and the greatest number of digits that are accepted; Kubernetes has no such bound,
/// and spends memory in proportion.
inline constexpr auto quantity_limit = 4096;

/// The number of an `e` suffix, or nothing if it is not a number or beyond `quantity_limit`.
[[nodiscard]] constexpr auto read_exponent(std::string_view text) -> std::optional<std::int32_t> {
    auto const negative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
    if (text.empty()) return std::nullopt;
    auto value = std::int32_t{0};
    for (auto const c : text) {
        if (!is_digit(c)) return std::nullopt;
        value = value * 10 + (c - '0');
        if (value > quantity_limit) return std::nullopt;
    }
    return negative ? -value : value;
}

inline constexpr std::string_view decimal_suffixes[] = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
inline constexpr std::string_view binary_suffixes[] = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};

/// What a suffix means, or nothing.
[[nodiscard]] constexpr auto read_suffix(std::string_view text) -> std::optional<quantity_suffix> {
    for (auto i = 0; i < 10; ++i)
        if (decimal_suffixes[i] == text) return quantity_suffix{10, i * 3 - 9, quantity_format::decimal_si};
    for (auto i = 1; i < 7; ++i)
        if (binary_suffixes[i] == text) return quantity_suffix{2, i * 10, quantity_format::binary_si};
    if (text.size() < 2 || (text[0] != 'e' && text[0] != 'E')) return std::nullopt;
    auto const digits = text.substr(text[1] == '-' ? 2 : 1);
    auto const exponent = read_exponent(text.substr(1));
    if (!exponent) return std::nullopt;
    auto const canonical = text[0] == 'e' && !digits.empty() && digits[0] != '0' && digits[0] != '+';
    return quantity_suffix{10, *exponent, quantity_format::decimal_exponent, canonical};
}

} // namespace detail
} // namespace berth::object
