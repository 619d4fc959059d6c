#pragma once

/// \file
/// The bodies of `berth/object/int_or_string.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/int_or_string.hpp>

namespace berth::object {

BERTH_DECL auto int_or_string::to_string() const -> std::string {
    return is_number() ? std::to_string(number()) : std::string(text());
}

} // namespace berth::object

namespace berth::object::detail {

BERTH_DECL auto part_of(std::int64_t percent, std::int64_t total, rounding direction) -> std::int64_t {
    auto const share = static_cast<double>(percent) * static_cast<double>(total) / 100;
    if (!(share > -9.2e18 && share < 9.2e18))
        return share > 0 ? std::numeric_limits<std::int64_t>::max()
                         : std::numeric_limits<std::int64_t>::min();
    auto const whole = static_cast<std::int64_t>(share);
    auto const rest = share - static_cast<double>(whole);
    if (direction == rounding::up) return rest > 0 ? whole + 1 : whole;
    return rest < 0 ? whole - 1 : whole;
}

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto int_or_string::scaled(std::int64_t total, rounding direction) const -> result<std::int64_t> {
    if (is_number()) return number();
    auto const refusal = std::string("invalid value for IntOrString: ");
    if (text().empty() || text().back() != '%')
        return fail(error_code::bad_request, refusal + "invalid type: string is not a percentage");
    auto const digits = text().substr(0, text().size() - 1);
    auto const percent = detail::go_integer(digits);
    if (percent) return detail::part_of(*percent, total, direction);
    auto const signless = digits.substr(!digits.empty() && (digits[0] == '-' || digits[0] == '+') ? 1 : 0);
    auto const numeric =
        !signless.empty() && signless.find_first_not_of("0123456789") == std::string_view::npos;
    return fail(error_code::bad_request, refusal + "invalid value " + detail::go_quoted(text()) +
                                             ": strconv.Atoi: parsing " + detail::go_quoted(digits) +
                                             (numeric ? ": value out of range" : ": invalid syntax"));
}

} // namespace berth::object
