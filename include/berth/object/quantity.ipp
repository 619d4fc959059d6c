#pragma once

/// \file
/// The bodies of `berth/object/quantity.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/quantity.hpp>

namespace berth::object {

BERTH_DECL auto quantity::to_double() const -> double {
    auto out = store_ == store::wide ? payload_.wide->to_double() : static_cast<double>(small());
    for (auto i = exponent_; i > 0; --i) out *= 10;
    for (auto i = exponent_; i < 0; ++i) out /= 10;
    return out;
}

BERTH_DECL auto quantity::to_string() const -> std::string {
    auto out = std::string();
    append_to(out);
    return out;
}

BERTH_DECL auto quantity::set_wide(detail::big_integer value, std::int32_t exponent) -> void {
    auto const box = new detail::big_integer(std::move(value));
    clear();
    payload_.wide = box;
    exponent_ = exponent;
    store_ = store::wide;
}

} // namespace berth::object

namespace berth::object::detail {

BERTH_DECL auto quantity_access::set_spelling(quantity& q, std::string_view text) -> void {
    auto const box = new quantity::spelling{q.small(), std::string(text)};
    q.clear();
    q.payload_.text = box;
    q.store_ = quantity::store::spelled;
}

/// Whether Kubernetes takes the text of a small amount as it is instead of computing it anew.
constexpr auto text_is_kept(quantity_pieces const& text, quantity_suffix const& suffix, std::int64_t digits,
                            std::int32_t exponent) -> bool {
    if (suffix.base == 2) return (digits & 7) != 0;
    return exponent % 3 == 0 && digits % 1000 != 0 && text.whole.front() != '0';
}

/// The amount on the long way: rounded away from zero to the nano; a binary one is capped.
inline auto wide_amount(quantity_pieces const& text, quantity_suffix const& suffix) -> quantity {
    auto digits = big_integer::from_digits(std::string(text.whole).append(text.fraction));
    auto exponent = -static_cast<std::int32_t>(text.fraction.size());
    if (suffix.base == 10) exponent += suffix.exponent;
    else digits.shift_left(static_cast<unsigned>(suffix.exponent));
    if (!digits.is_zero()) {
        if (exponent > -9) digits.multiply_by_power_of_ten(static_cast<std::size_t>(exponent + 9));
        else if (digits.divide_by_power_of_ten(static_cast<std::size_t>(-9 - exponent)))
            digits.increment_magnitude();
        exponent = -9;
    }
    auto format = suffix.format;
    if (format == quantity_format::binary_si && !digits.is_zero()) {
        auto most = big_integer(std::numeric_limits<std::int64_t>::max());
        auto one = big_integer(1'000'000'000);
        auto bound = most;
        bound.multiply_by_power_of_ten(9);
        if (digits.compare(one) < 0) format = quantity_format::decimal_si;
        if (digits.compare(bound) > 0) {
            digits = most;
            exponent = 0;
        }
    }
    if (text.negative) digits.negate();
    auto out = quantity::scaled(0, 0, format);
    quantity_access::set_wide(out, std::move(digits), exponent);
    return out;
}

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto quantity::parse(std::string_view text) -> result<quantity> {
    constexpr auto wrong_suffix = "unable to parse quantity's suffix";
    auto const pieces = detail::split_quantity(text);
    if (!pieces.well_formed)
        return fail(error_code::bad_request, "quantities must match the regular expression "
                                             "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    auto const suffix = detail::read_suffix(pieces.suffix);
    if (!suffix) return fail(error_code::bad_request, wrong_suffix);
    if (auto amount = detail::small_amount(pieces, *suffix)) {
        auto const odd = pieces.padded || pieces.point || !suffix->canonical;
        auto const digits = suffix->base == 2 ? amount->small() >> suffix->exponent : amount->small();
        if (odd && detail::text_is_kept(pieces, *suffix, digits, amount->exponent_))
            detail::quantity_access::set_spelling(*amount, text);
        return *std::move(amount);
    }
    if (!pieces.digits || text.size() > detail::quantity_limit)
        return fail(error_code::bad_request, "unable to parse numeric part of quantity");
    return detail::wide_amount(pieces, *suffix);
}

BERTH_DECL auto quantity::compare_wide(quantity const& other) const -> int {
    auto a = digits();
    auto b = other.digits();
    auto const gap = exponent_ - other.exponent_;
    if (gap > 0) a.multiply_by_power_of_ten(static_cast<std::size_t>(gap));
    if (gap < 0) b.multiply_by_power_of_ten(static_cast<std::size_t>(-gap));
    return a.compare(b);
}

/// Adds on the short way; answers false, and changes nothing, where that overflows.
BERTH_DECL auto quantity::add_small(std::int64_t value, std::int32_t exponent) -> bool {
    if (value == 0) return set_small(small(), exponent_), true;
    if (small() == 0) return set_small(value, exponent), true;
    auto const common = exponent_ < exponent ? exponent_ : exponent;
    auto const a = detail::scale_up(small(), std::int64_t{exponent_} - common);
    auto const b = detail::scale_up(value, std::int64_t{exponent} - common);
    auto sum = std::int64_t{0};
    if (!a || !b || __builtin_add_overflow(*a, *b, &sum)) return false;
    return set_small(sum, common), true;
}

BERTH_DECL auto quantity::add(quantity const& other, bool subtract) -> quantity& {
    if (is_zero()) format_ = other.format_;
    if (store_ != store::wide && other.store_ != store::wide) {
        auto value = other.small();
        auto const fits = !subtract || !__builtin_sub_overflow(std::int64_t{0}, other.small(), &value);
        if (fits && add_small(value, other.exponent_)) return *this;
    }
    auto a = digits();
    auto b = other.digits();
    auto const common = exponent_ < other.exponent_ ? exponent_ : other.exponent_;
    a.multiply_by_power_of_ten(static_cast<std::size_t>(exponent_ - common));
    b.multiply_by_power_of_ten(static_cast<std::size_t>(other.exponent_ - common));
    if (subtract) a -= std::move(b);
    else a += b;
    set_wide(std::move(a), common);
    return *this;
}

BERTH_DECL auto quantity::small_scaled_value(std::int32_t exponent) const -> std::int64_t {
    auto const gap = std::int64_t{exponent_} - exponent;
    if (gap < 0) return detail::scale_down(small(), -gap).value;
    if (auto const fits = detail::scale_up(small(), gap)) return *fits;
    if (gap != 1 && gap != 2 && gap != 3 && gap != 6 && gap != 9) return 0;
    auto const factor = static_cast<std::uint64_t>(*detail::scale_up(1, gap));
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(small()) * factor);
}

/// apimachinery's `scaledValue`, whose short way adds one to negative numbers as well.
BERTH_DECL auto quantity::wide_scaled_value(std::int32_t exponent) const -> std::int64_t {
    auto const& digits = *payload_.wide;
    auto const cut = exponent - exponent_;
    if (cut <= 0) {
        auto const factor = detail::scale_up(1, -cut).value_or(std::numeric_limits<std::int64_t>::min());
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(digits.wrapped()) *
                                         static_cast<std::uint64_t>(factor));
    }
    if (cut < 19 && digits.compare(detail::big_integer(std::numeric_limits<std::int64_t>::max())) < 0) {
        auto const divisor = *detail::scale_up(1, cut);
        return digits.wrapped() / divisor + (digits.wrapped() % divisor == 0 ? 0 : 1);
    }
    auto quotient = digits;
    auto const inexact = quotient.divide_by_power_of_ten(static_cast<std::size_t>(cut));
    if (inexact && digits.sign() > 0) quotient.increment_magnitude();
    return quotient.wrapped();
}

BERTH_DECL auto quantity::append_to(std::string& out) const -> void {
    if (store_ == store::spelled) out += payload_.text->text;
    else if (is_zero()) out.push_back('0');
    else if (format_ != quantity_format::binary_si || !append_binary(out)) append_decimal(out);
}

/// Appends the decimal form: factors of ten go into the suffix.
BERTH_DECL auto quantity::append_decimal(std::string& out) const -> void {
    auto const format = format_ == quantity_format::binary_si ? quantity_format::decimal_si : format_;
    auto exponent = exponent_;
    if (store_ != store::wide) {
        auto value = small();
        for (; value % 10 == 0; ++exponent) value /= 10;
        auto const down = detail::floor_to_three(exponent);
        if (auto const fits = detail::scale_up(value, exponent - down)) {
            detail::append_number(out, *fits);
            return detail::append_decimal_suffix(out, down, format);
        }
        exponent = exponent_;
    }
    auto value = digits();
    exponent += value.remove_factors(10);
    auto const down = detail::floor_to_three(exponent);
    value.multiply_by_power_of_ten(static_cast<std::size_t>(exponent - down));
    value.append_to(out);
    detail::append_decimal_suffix(out, down, format);
}

/// Appends the binary form, or nothing and false where that would lose precision or is below 1024.
BERTH_DECL auto quantity::append_binary(std::string& out) const -> bool {
    if (*this > of(-1024) && *this < of(1024)) return false;
    auto const append_suffix = [&](int times) {
        if (times > 0 && times < 7) out += detail::binary_suffixes[times];
    };
    if (auto const fits = whole()) {
        auto value = *fits;
        auto times = 0;
        for (; value % 1024 == 0; ++times) value /= 1024;
        detail::append_number(out, value);
        append_suffix(times);
        return true;
    }
    auto value = digits();
    if (exponent_ > 0) value.multiply_by_power_of_ten(static_cast<std::size_t>(exponent_));
    else if (value.divide_by_power_of_ten(static_cast<std::size_t>(-exponent_))) return false;
    auto const times = value.remove_factors(1024);
    value.append_to(out);
    append_suffix(times);
    return true;
}

} // namespace berth::object
