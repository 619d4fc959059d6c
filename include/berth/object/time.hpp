#pragma once

/// \file
/// Times as API objects carry them: RFC 3339 text in UTC, to the second (`timestamp`) or to the microsecond
/// (`micro_timestamp`); a zero time is `null`.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/core/time.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace berth::object {

namespace detail {

/// Days since 1970-01-01 of a date of the Gregorian calendar (Hinnant, `days_from_civil`).
[[nodiscard]] constexpr auto days_from_date(std::int64_t y, unsigned m, unsigned d) -> std::int64_t {
    y -= m <= 2 ? 1 : 0;
    auto const era = (y >= 0 ? y : y - 399) / 400;
    auto const yoe = static_cast<std::uint64_t>(y - era * 400);
    auto const doy = (153U * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    auto const doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + static_cast<std::int64_t>(doe) - 719468;
}

struct date {
    std::int64_t year;
    unsigned month, day;
};

/// The date of a day counted from 1970-01-01 (Hinnant, `civil_from_days`).
[[nodiscard]] constexpr auto date_from_days(std::int64_t z) -> date {
    z += 719468;
    auto const era = (z >= 0 ? z : z - 146096) / 146097;
    auto const doe = static_cast<std::uint64_t>(z - era * 146097);
    auto const yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    auto const doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    auto const mp = (5 * doy + 2) / 153;
    auto const d = static_cast<unsigned>(doy - (153 * mp + 2) / 5 + 1);
    auto const m = static_cast<unsigned>(mp < 10 ? mp + 3 : mp - 9);
    return {static_cast<std::int64_t>(yoe) + era * 400 + (m <= 2 ? 1 : 0), m, d};
}

/// Reads digits from the front of `text`; -1 when they are not there.
constexpr auto take_digits(std::string_view& text, std::size_t width) -> int {
    if (text.size() < width) return -1;
    auto value = 0;
    for (std::size_t i = 0; i < width; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(width);
    return value;
}

constexpr auto take(std::string_view& text, char c) -> bool {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

} // namespace detail

/// Reads RFC 3339 text (`2026-01-02T03:04:05[.fraction](Z|+hh:mm)`). `layout` is the form that messages name,
/// as Go writes it. Errors: `bad_request`, in the words of Go.
[[nodiscard]] BERTH_DECL auto parse_time(std::string_view text,
                                         std::string_view layout = "2006-01-02T15:04:05Z07:00")
    -> result<time_point>;

/// A time to the second (`metav1.Time`); the default is the zero time, written `null`.
struct timestamp {
    static constexpr std::string_view layout = "2006-01-02T15:04:05Z07:00"; ///< in Go's notation
    static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::min();

    std::int64_t unix_seconds = none;

    constexpr timestamp() = default;
    explicit constexpr timestamp(time_point t) : unix_seconds(t.unix_seconds()) {}

    [[nodiscard]] constexpr auto is_zero() const -> bool { return unix_seconds == none; }
    /// The point in time; the epoch for the zero time.
    [[nodiscard]] constexpr auto time() const -> time_point {
        return time_point::from_unix_seconds(is_zero() ? 0 : unix_seconds);
    }
    /// `2026-01-02T03:04:05Z`, or nothing for the zero time.
    [[nodiscard]] auto to_string() const -> std::string;
    friend constexpr auto operator<=>(timestamp, timestamp) = default;
};

/// A time to the microsecond (`metav1.MicroTime`); the default is the zero time, written `null`.
struct micro_timestamp {
    static constexpr std::string_view layout = "2006-01-02T15:04:05.000000Z07:00"; ///< in Go's notation
    static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::min();

    std::int64_t unix_microseconds = none;

    constexpr micro_timestamp() = default;
    explicit constexpr micro_timestamp(time_point t) : unix_microseconds(t.nanoseconds / 1000) {}

    [[nodiscard]] constexpr auto is_zero() const -> bool { return unix_microseconds == none; }
    [[nodiscard]] constexpr auto time() const -> time_point {
        return time_point{} + microseconds(is_zero() ? 0 : unix_microseconds);
    }
    /// `2026-01-02T03:04:05.000006Z`, or nothing for the zero time.
    [[nodiscard]] auto to_string() const -> std::string;
    friend constexpr auto operator<=>(micro_timestamp, micro_timestamp) = default;
};

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/time.ipp>
#endif
