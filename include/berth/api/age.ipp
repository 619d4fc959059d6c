#pragma once

/// \file
/// The bodies of `berth/api/age.hpp`.

#include <berth/api/age.hpp>
#include <berth/core/config.hpp>

namespace berth::api::detail {

/// `N` and a unit, and a second, smaller part unless it is zero.
inline auto two_units(std::int64_t many, char unit, std::int64_t few, char small_unit) -> std::string {
    auto out = std::to_string(many) + unit;
    if (few != 0) (out += std::to_string(few)) += small_unit;
    return out;
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto human_duration(duration span) -> std::string {
    auto const s = span.nanoseconds / 1'000'000'000;
    if (s < -1) return "<invalid>";
    if (s < 0) return "0s";
    auto const minutes = s / 60;
    auto const hours = s / 3600;
    auto const days = hours / 24;
    auto const years = days / 365;
    if (s < 60 * 2) return std::to_string(s) + "s";
    if (minutes < 10) return detail::two_units(minutes, 'm', s % 60, 's');
    if (minutes < 60 * 3) return std::to_string(minutes) + "m";
    if (hours < 8) return detail::two_units(hours, 'h', minutes % 60, 'm');
    if (hours < 48) return std::to_string(hours) + "h";
    if (days < 8) return detail::two_units(days, 'd', hours % 24, 'h');
    if (days < 365 * 2) return std::to_string(days) + "d";
    if (days < 365 * 8) return detail::two_units(years, 'y', days % 365, 'd');
    return std::to_string(years) + "y";
}

} // namespace berth::api
