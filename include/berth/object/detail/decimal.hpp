#pragma once

/// \file
/// Powers of ten on 64-bit numbers, and their digits.

#include <berth/core/config.hpp>
#include <berth/object/detail/quantity_text.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace berth::object::detail {

/// value * 10^exponent, or nothing where that does not fit.
[[nodiscard]] constexpr auto scale_up(std::int64_t value, std::int64_t exponent)
    -> std::optional<std::int64_t> {
    if (value == 0) return 0;
    for (; exponent > 0; --exponent)
        if (__builtin_mul_overflow(value, std::int64_t{10}, &value)) return std::nullopt;
    return value;
}

/// value / 10^exponent, rounded away from zero. `exact` says whether nothing was cut off.
struct scaled_down {
    std::int64_t value;
    bool exact;
};
[[nodiscard]] constexpr auto scale_down(std::int64_t value, std::int64_t exponent) -> scaled_down {
    auto const sign = value < 0 ? -1 : 1;
    auto exact = true;
    for (; exponent > 0 && value != 0; --exponent) {
        exact = exact && value % 10 == 0;
        value /= 10;
    }
    return {exact ? value : value + sign, exact};
}

/// The greatest multiple of three that is not above `exponent`.
[[nodiscard]] constexpr auto floor_to_three(std::int32_t exponent) -> std::int32_t {
    auto const rest = exponent % 3;
    return exponent - (rest < 0 ? rest + 3 : rest);
}

BERTH_DECL auto append_number(std::string& out, std::int64_t number) -> void;

/// Appends the suffix for a decimal exponent; one that has none (above `E`) is dropped, as Kubernetes 1.36
/// does.
BERTH_DECL auto append_decimal_suffix(std::string& out, std::int32_t exponent, quantity_format format)
    -> void;

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/decimal.ipp>
#endif
