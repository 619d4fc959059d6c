#pragma once

/// \file
/// Whole numbers of any size, with just the operations that exact quantities need.

#include <algorithm>
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
    explicit big_integer(std::int64_t n) : negative_(n < 0) {
        auto const magnitude =
            n < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
        limbs_ = {static_cast<std::uint32_t>(magnitude), static_cast<std::uint32_t>(magnitude >> 32)};
        trim();
    }

    /// The number that decimal digits denote; `digits` holds digits only and may be empty (zero).
    [[nodiscard]] static auto from_digits(std::string_view digits) -> big_integer {
        auto out = big_integer();
        while (!digits.empty()) {
            auto const n = std::min<std::size_t>(9, digits.size());
            auto chunk = std::uint32_t{0};
            for (auto const c : digits.substr(0, n)) chunk = chunk * 10 + static_cast<std::uint32_t>(c - '0');
            out.multiply(small_power_of_ten(n), chunk);
            digits.remove_prefix(n);
        }
        return out;
    }

    [[nodiscard]] auto is_zero() const -> bool { return limbs_.empty(); }
    [[nodiscard]] auto sign() const -> int { return limbs_.empty() ? 0 : (negative_ ? -1 : 1); }
    auto negate() -> void { negative_ = !negative_ && !limbs_.empty(); }
    auto increment_magnitude() -> void {
        auto const was_negative = negative_;
        negative_ = false;
        *this += big_integer(1);
        negative_ = was_negative;
    }

    /// Multiplies the magnitude by `factor`, then adds `plus` to it.
    auto multiply(std::uint32_t factor, std::uint32_t plus = 0) -> void {
        auto carry = std::uint64_t{plus};
        for (auto& limb : limbs_) {
            carry += std::uint64_t{limb} * factor;
            limb = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        if (carry != 0) limbs_.push_back(static_cast<std::uint32_t>(carry));
        trim();
    }
    auto multiply_by_power_of_ten(std::size_t exponent) -> void {
        for (; exponent >= 9; exponent -= 9) multiply(small_power_of_ten(9));
        if (exponent > 0) multiply(small_power_of_ten(exponent));
    }
    auto shift_left(unsigned bits) -> void {
        for (; bits >= 31; bits -= 31) multiply(std::uint32_t{1} << 31);
        if (bits > 0) multiply(std::uint32_t{1} << bits);
    }

    /// Divides the magnitude; answers the remainder of the magnitude.
    auto divide(std::uint32_t divisor) -> std::uint32_t {
        auto remainder = std::uint64_t{0};
        for (auto limb = limbs_.rbegin(); limb != limbs_.rend(); ++limb) {
            remainder = (remainder << 32) | *limb;
            *limb = static_cast<std::uint32_t>(remainder / divisor);
            remainder %= divisor;
        }
        trim();
        return static_cast<std::uint32_t>(remainder);
    }
    /// Divides by 10^exponent; answers whether something was cut off.
    auto divide_by_power_of_ten(std::size_t exponent) -> bool {
        auto inexact = false;
        for (; exponent >= 9 && !limbs_.empty(); exponent -= 9)
            inexact = divide(small_power_of_ten(9)) != 0 || inexact;
        if (exponent > 0 && !limbs_.empty())
            inexact = divide(small_power_of_ten(std::min<std::size_t>(exponent, 9))) != 0 || inexact;
        return inexact;
    }
    /// Divides by `factor` while that leaves nothing over; answers how often. Zero has no factors.
    auto remove_factors(std::uint32_t factor) -> int {
        auto times = 0;
        for (auto smaller = *this; !is_zero() && smaller.divide(factor) == 0; ++times) *this = smaller;
        return times;
    }

    auto operator+=(big_integer const& other) -> big_integer& {
        if (negative_ == other.negative_) add_magnitude(other);
        else if (compare_magnitude(other) >= 0) subtract_magnitude(other);
        else {
            auto larger = other;
            larger.subtract_magnitude(*this);
            *this = larger;
        }
        return *this;
    }
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
    [[nodiscard]] auto wrapped() const -> std::int64_t {
        auto bits = std::uint64_t{0};
        if (!limbs_.empty()) bits = limbs_[0];
        if (limbs_.size() > 1) bits |= std::uint64_t{limbs_[1]} << 32;
        return static_cast<std::int64_t>(negative_ ? 0 - bits : bits);
    }

    /// Appends the decimal digits, with a leading `-` if negative.
    auto append_to(std::string& out) const -> void {
        if (limbs_.empty()) {
            out.push_back('0');
            return;
        }
        auto reversed = std::string();
        for (auto rest = *this; !rest.is_zero();) {
            auto chunk = rest.divide(small_power_of_ten(9));
            for (auto i = 0; i < 9 && (chunk != 0 || !rest.is_zero()); ++i, chunk /= 10)
                reversed.push_back(static_cast<char>('0' + chunk % 10));
        }
        if (negative_) reversed.push_back('-');
        out.append(reversed.rbegin(), reversed.rend());
    }

    /// The nearest double, or an infinity.
    [[nodiscard]] auto to_double() const -> double {
        auto out = 0.0;
        for (auto limb = limbs_.rbegin(); limb != limbs_.rend(); ++limb) out = out * 4294967296.0 + *limb;
        return negative_ ? -out : out;
    }

private:
    [[nodiscard]] static constexpr auto small_power_of_ten(std::size_t exponent) -> std::uint32_t {
        auto power = std::uint32_t{1};
        for (std::size_t i = 0; i < exponent; ++i) power *= 10;
        return power;
    }
    auto trim() -> void {
        while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
        if (limbs_.empty()) negative_ = false;
    }
    [[nodiscard]] auto compare_magnitude(big_integer const& other) const -> int {
        if (limbs_.size() != other.limbs_.size()) return limbs_.size() < other.limbs_.size() ? -1 : 1;
        for (auto i = limbs_.size(); i-- > 0;)
            if (limbs_[i] != other.limbs_[i]) return limbs_[i] < other.limbs_[i] ? -1 : 1;
        return 0;
    }
    auto add_magnitude(big_integer const& other) -> void {
        limbs_.resize(std::max(limbs_.size(), other.limbs_.size()) + 1);
        auto carry = std::uint64_t{0};
        for (std::size_t i = 0; i < limbs_.size(); ++i) {
            carry += limbs_[i];
            if (i < other.limbs_.size()) carry += other.limbs_[i];
            limbs_[i] = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        trim();
    }
    auto subtract_magnitude(big_integer const& smaller) -> void {
        auto borrow = std::uint64_t{0};
        for (std::size_t i = 0; i < limbs_.size(); ++i) {
            auto const take = borrow + (i < smaller.limbs_.size() ? smaller.limbs_[i] : 0);
            borrow = limbs_[i] < take ? 1 : 0;
            limbs_[i] = static_cast<std::uint32_t>((borrow << 32) + limbs_[i] - take);
        }
        trim();
    }

    std::vector<std::uint32_t> limbs_;
    bool negative_ = false;
};

} // namespace berth::object::detail
