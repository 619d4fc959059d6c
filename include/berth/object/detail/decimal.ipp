#pragma once

/// \file
/// The bodies of `berth/object/detail/decimal.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/decimal.hpp>

namespace berth::object::detail {

BERTH_DECL auto append_number(std::string& out, std::int64_t number) -> void {
    char buffer[20];
    auto n = std::size_t{0};
    auto rest = number < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(number)
                           : static_cast<std::uint64_t>(number);
    do {
        buffer[n++] = static_cast<char>('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (number < 0) out.push_back('-');
    while (n > 0) out.push_back(buffer[--n]);
}

BERTH_DECL auto append_decimal_suffix(std::string& out, std::int32_t exponent, quantity_format format)
    -> void {
    if (format == quantity_format::decimal_exponent) {
        if (exponent == 0) return;
        out.push_back('e');
        append_number(out, exponent);
        return;
    }
    if (exponent >= -9 && exponent <= 18) out += decimal_suffixes[(exponent + 9) / 3];
}

} // namespace berth::object::detail
