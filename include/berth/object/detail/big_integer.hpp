#pragma once

/// \file
/// Whole numbers of any size, with just the operations that exact quantities need.

#include <berth/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace berth::object::detail {

/// A signed whole number: a sign and a magnitude in base 2^32, least significant limb first.
/// Division truncates towards zero. Made for a few dozen digits, bounded by its users at some thousands.
class big_integer {
public:
    big_integer() = default;
    explicit big_integer(std::int64_t n);

    /// The number that decimal digits denote; `digits` holds digits only and may be empty (zero).
    [[nodiscard]] static auto from_digits(std::string_view digits) -> big_integer;

    [[nodiscard]] auto is_zero() const -> bool { return limbs_.empty(); }
    [[nodiscard]] auto sign() const -> int { return limbs_.empty() ? 0 : (negative_ ? -1 : 1); }
    auto negate() -> void { negative_ = !negative_ && !limbs_.empty(); }
    auto increment_magnitude() -> void;

    /// Multiplies the magnitude by `factor`, then adds `plus` to it.
    auto multiply(std::uint32_t factor, std::uint32_t plus = 0) -> void;
    auto multiply_by_power_of_ten(std::size_t exponent) -> void;
    auto shift_left(unsigned bits) -> void;

    /// Divides the magnitude; answers the remainder of the magnitude.
    auto divide(std::uint32_t divisor) -> std::uint32_t;
    /// Divides by 10^exponent; answers whether something was cut off.
    auto divide_by_power_of_ten(std::size_t exponent) -> bool;
    /// Divides by `factor` while that leaves nothing over; answers how often. Zero has no factors.
    auto remove_factors(std::uint32_t factor) -> int;

    auto operator+=(big_integer const& other) -> big_integer&;
    auto operator-=(big_integer other) -> big_integer& {
        other.negate();
        return *this += other;
    }

    /// Negative, zero or positive as `*this` is less than, equal to or greater than `other`.
    [[nodiscard]] auto compare(big_integer const& other) const -> int {
        if (sign() != other.sign()) return sign() - other.sign();
        return negative_ ? -compare_magnitude(other) : compare_magnitude(other);
    }

    /// The 64 low bits of the magnitude with the sign applied: the number itself if it fits.
    [[nodiscard]] auto wrapped() const -> std::int64_t;

    /// Appends the decimal digits, with a leading `-` if negative.
    auto append_to(std::string& out) const -> void;

    /// The nearest double, or an infinity.
    [[nodiscard]] auto to_double() const -> double;

private:
    [[nodiscard]] static constexpr auto small_power_of_ten(std::size_t exponent) -> std::uint32_t {
        auto power = std::uint32_t{1};
        for (std::size_t i = 0; i < exponent; ++i) power *= 10;
        return power;
    }
    auto trim() -> void;
    [[nodiscard]] auto compare_magnitude(big_integer const& other) const -> int;
    auto add_magnitude(big_integer const& other) -> void;
    auto subtract_magnitude(big_integer const& smaller) -> void;

    std::vector<std::uint32_t> limbs_;
    bool negative_ = false;
};

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/big_integer.ipp>
#endif
