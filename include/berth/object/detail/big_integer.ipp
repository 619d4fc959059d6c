#pragma once

/// \file
/// The bodies of `berth/object/detail/big_integer.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/big_integer.hpp>

#include <algorithm>

namespace berth::object::detail {

BERTH_DECL big_integer::big_integer(std::int64_t n) : negative_(n < 0) {
    auto const magnitude =
        n < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
    limbs_ = {static_cast<std::uint32_t>(magnitude), static_cast<std::uint32_t>(magnitude >> 32)};
    trim();
}

BERTH_DECL auto big_integer::from_digits(std::string_view digits) -> big_integer {
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

BERTH_DECL auto big_integer::increment_magnitude() -> void {
    auto const was_negative = negative_;
    negative_ = false;
    *this += big_integer(1);
    negative_ = was_negative;
}

BERTH_DECL auto big_integer::multiply(std::uint32_t factor, std::uint32_t plus) -> void {
    auto carry = std::uint64_t{plus};
    for (auto& limb : limbs_) {
        carry += std::uint64_t{limb} * factor;
        limb = static_cast<std::uint32_t>(carry);
        carry >>= 32;
    }
    if (carry != 0) limbs_.push_back(static_cast<std::uint32_t>(carry));
    trim();
}

BERTH_DECL auto big_integer::multiply_by_power_of_ten(std::size_t exponent) -> void {
    for (; exponent >= 9; exponent -= 9) multiply(small_power_of_ten(9));
    if (exponent > 0) multiply(small_power_of_ten(exponent));
}

BERTH_DECL auto big_integer::shift_left(unsigned bits) -> void {
    for (; bits >= 31; bits -= 31) multiply(std::uint32_t{1} << 31);
    if (bits > 0) multiply(std::uint32_t{1} << bits);
}

BERTH_DECL auto big_integer::divide(std::uint32_t divisor) -> std::uint32_t {
    auto remainder = std::uint64_t{0};
    for (auto limb = limbs_.rbegin(); limb != limbs_.rend(); ++limb) {
        remainder = (remainder << 32) | *limb;
        *limb = static_cast<std::uint32_t>(remainder / divisor);
        remainder %= divisor;
    }
    trim();
    return static_cast<std::uint32_t>(remainder);
}

BERTH_DECL auto big_integer::divide_by_power_of_ten(std::size_t exponent) -> bool {
    auto inexact = false;
    for (; exponent >= 9 && !limbs_.empty(); exponent -= 9)
        inexact = divide(small_power_of_ten(9)) != 0 || inexact;
    if (exponent > 0 && !limbs_.empty())
        inexact = divide(small_power_of_ten(std::min<std::size_t>(exponent, 9))) != 0 || inexact;
    return inexact;
}

BERTH_DECL auto big_integer::remove_factors(std::uint32_t factor) -> int {
    auto times = 0;
    for (auto smaller = *this; !is_zero() && smaller.divide(factor) == 0; ++times) *this = smaller;
    return times;
}

BERTH_DECL auto big_integer::operator+=(big_integer const& other) -> big_integer& {
    if (negative_ == other.negative_) add_magnitude(other);
    else if (compare_magnitude(other) >= 0) subtract_magnitude(other);
    else {
        auto larger = other;
        larger.subtract_magnitude(*this);
        *this = larger;
    }
    return *this;
}

BERTH_DECL auto big_integer::wrapped() const -> std::int64_t {
    auto bits = std::uint64_t{0};
    if (!limbs_.empty()) bits = limbs_[0];
    if (limbs_.size() > 1) bits |= std::uint64_t{limbs_[1]} << 32;
    return static_cast<std::int64_t>(negative_ ? 0 - bits : bits);
}

BERTH_DECL auto big_integer::append_to(std::string& out) const -> void {
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

BERTH_DECL auto big_integer::to_double() const -> double {
    auto out = 0.0;
    for (auto limb = limbs_.rbegin(); limb != limbs_.rend(); ++limb) out = out * 4294967296.0 + *limb;
    return negative_ ? -out : out;
}

BERTH_DECL auto big_integer::trim() -> void {
    while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
    if (limbs_.empty()) negative_ = false;
}

BERTH_DECL auto big_integer::compare_magnitude(big_integer const& other) const -> int {
    if (limbs_.size() != other.limbs_.size()) return limbs_.size() < other.limbs_.size() ? -1 : 1;
    for (auto i = limbs_.size(); i-- > 0;)
        if (limbs_[i] != other.limbs_[i]) return limbs_[i] < other.limbs_[i] ? -1 : 1;
    return 0;
}

BERTH_DECL auto big_integer::add_magnitude(big_integer const& other) -> void {
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

BERTH_DECL auto big_integer::subtract_magnitude(big_integer const& smaller) -> void {
    auto borrow = std::uint64_t{0};
    for (std::size_t i = 0; i < limbs_.size(); ++i) {
        auto const take = borrow + (i < smaller.limbs_.size() ? smaller.limbs_[i] : 0);
        borrow = limbs_[i] < take ? 1 : 0;
        limbs_[i] = static_cast<std::uint32_t>((borrow << 32) + limbs_[i] - take);
    }
    trim();
}

} // namespace berth::object::detail
