#pragma once

/// \file
/// The bodies of `berth/object/detail/go_duration.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/go_duration.hpp>

namespace berth::object::detail {

/// Nanoseconds of a unit; 0 for what is no unit.
[[nodiscard]] inline auto nanoseconds_of(std::string_view unit) -> std::int64_t {
    if (unit == "ns") return 1;
    if (unit == "us" || unit == "\u00b5s" || unit == "\u03bcs") return 1'000;
    if (unit == "ms") return 1'000'000;
    if (unit == "s") return 1'000'000'000;
    if (unit == "m") return 60'000'000'000;
    if (unit == "h") return 3'600'000'000'000;
    return 0;
}

BERTH_DECL auto read_duration(std::string_view text) -> result<duration> {
    auto const invalid = [&] {
        return fail(error_code::bad_request, "time: invalid duration " + go_quoted(text));
    };
    auto rest = text;
    auto const negative = !rest.empty() && rest.front() == '-';
    if (negative || (!rest.empty() && rest.front() == '+')) rest.remove_prefix(1);
    if (rest == "0") return duration{};
    if (rest.empty()) return invalid();
    auto sum = 0.0L;
    while (!rest.empty()) {
        auto const number_end = rest.find_first_not_of("0123456789.");
        auto const number = rest.substr(0, number_end);
        if (number.empty() || number == "." || number.find('.') != number.rfind('.') || number.size() > 40)
            return invalid();
        rest.remove_prefix(number.size());
        auto const unit = rest.substr(0, rest.find_first_of("0123456789."));
        if (unit.empty())
            return fail(error_code::bad_request, "time: missing unit in duration " + go_quoted(text));
        auto const factor = nanoseconds_of(unit);
        if (factor == 0)
            return fail(error_code::bad_request,
                        "time: unknown unit " + go_quoted(unit) + " in duration " + go_quoted(text));
        rest.remove_prefix(unit.size());
        auto value = 0.0L;
        auto scale = 1.0L;
        auto whole = true;
        for (auto const c : number) {
            if (c == '.') {
                whole = false;
                continue;
            }
            value = value * 10 + (c - '0');
            if (!whole) scale *= 10;
        }
        sum += value / scale * static_cast<long double>(factor);
    }
    if (sum >= static_cast<long double>(std::numeric_limits<std::int64_t>::max())) return invalid();
    auto const count = static_cast<std::int64_t>(sum);
    return duration{negative ? -count : count};
}

} // namespace berth::object::detail
