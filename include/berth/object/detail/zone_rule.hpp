#pragma once

/// \file
/// The rule of a time zone for years to come, as the last line of a TZif file has it (POSIX `TZ`): standard
/// and summer time, and when they change.

#include <berth/core/config.hpp>
#include <berth/object/time.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

namespace berth::object::detail {

[[nodiscard]] constexpr auto floor_divide(std::int64_t a, std::int64_t b) -> std::int64_t {
    return a / b - (a % b < 0 ? 1 : 0);
}

/// A span of time (seconds since 1970, UTC) in which clocks differ from UTC by `offset` seconds.
struct zone_period {
    std::int64_t offset = 0;
    std::int64_t begin = std::numeric_limits<std::int64_t>::min();
    std::int64_t end = std::numeric_limits<std::int64_t>::max();
};

/// A day of the year and a time of day.
struct zone_change {
    enum class form : std::uint8_t { julian, day_of_year, month_week_day };

    form how = form::month_week_day;
    int month = 0;
    int week = 0; ///< 5 is the last
    int day = 0;
    std::int64_t time = 7200; ///< seconds after midnight

    /// Seconds from the year's beginning, both in clocks that show `offset`, to the change in UTC.
    [[nodiscard]] auto in_year(std::int64_t year, std::int64_t offset) const -> std::int64_t;
};

/// Standard time, and perhaps summer time between two changes of each year.
struct zone_rule {
    std::int64_t standard = 0;
    std::int64_t summer = 0;
    std::optional<std::array<zone_change, 2>> changes; ///< to summer time, and back

    /// The period around a time. `since` is when the rule began to hold.
    [[nodiscard]] auto period_at(std::int64_t at, std::int64_t since) const -> zone_period;
};

/// Reads the parts of a rule off the front of a text.
class zone_rule_reader {
public:
    explicit zone_rule_reader(std::string_view text) : rest_(text) {}

    auto read() -> std::optional<zone_rule>;

private:
    auto name() -> bool;
    /// A number up to `most`; -1 if there is none.
    auto number(std::int64_t most) -> std::int64_t;
    /// `[+-]hh[:mm[:ss]]` in seconds.
    auto offset() -> std::optional<std::int64_t>;
    auto change() -> std::optional<zone_change>;

    std::string_view rest_;
};

inline auto read_zone_rule(std::string_view text) -> std::optional<zone_rule> {
    return zone_rule_reader(text).read();
}

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/zone_rule.ipp>
#endif
