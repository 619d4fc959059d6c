#pragma once

/// \file
/// The rule of a time zone for years to come, as the last line of a TZif file has it (POSIX `TZ`): standard
/// and summer time, and when they change.

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
    [[nodiscard]] auto in_year(std::int64_t year, std::int64_t offset) const -> std::int64_t {
        auto const january = days_from_date(year, 1, 1);
        auto const leap = days_from_date(year + 1, 1, 1) - january == 366;
        auto days = std::int64_t{day};
        if (how == form::julian) days = day - 1 + (leap && day >= 60 ? 1 : 0);
        if (how == form::month_week_day) {
            auto const first = days_from_date(year, static_cast<unsigned>(month), 1);
            auto const next = month == 12 ? days_from_date(year + 1, 1, 1)
                                          : days_from_date(year, static_cast<unsigned>(month + 1), 1);
            auto const weekday = ((first % 7) + 11) % 7;
            auto at = first + (day - weekday + 7) % 7;
            for (auto w = 1; w < week && at + 7 < next; ++w) at += 7;
            days = at - january;
        }
        return days * 86400 + time - offset;
    }
};

/// Standard time, and perhaps summer time between two changes of each year.
struct zone_rule {
    std::int64_t standard = 0;
    std::int64_t summer = 0;
    std::optional<std::array<zone_change, 2>> changes; ///< to summer time, and back

    /// The period around a time. `since` is when the rule began to hold.
    [[nodiscard]] auto period_at(std::int64_t at, std::int64_t since) const -> zone_period {
        if (!changes) return {standard, since, std::numeric_limits<std::int64_t>::max()};
        auto const year = date_from_days(floor_divide(at, 86400)).year;
        auto const begin = days_from_date(year, 1, 1) * 86400;
        auto to_summer = begin + (*changes)[0].in_year(year, standard);
        auto to_standard = begin + (*changes)[1].in_year(year, summer);
        auto outer = standard;
        auto inner = summer;
        if (to_standard < to_summer) {
            std::swap(to_summer, to_standard);
            std::swap(outer, inner);
        }
        if (at < to_summer) return {outer, begin, to_summer};
        if (at >= to_standard) return {outer, to_standard, begin + std::int64_t{365} * 86400};
        return {inner, to_summer, to_standard};
    }
};

/// Reads the parts of a rule off the front of a text.
class zone_rule_reader {
public:
    explicit zone_rule_reader(std::string_view text) : rest_(text) {}

    auto read() -> std::optional<zone_rule> {
        auto out = zone_rule();
        auto const standard = name() ? offset() : std::nullopt;
        if (!standard) return std::nullopt;
        out.standard = -*standard;
        if (rest_.empty()) return out;
        if (!name()) return std::nullopt;
        out.summer = out.standard + 3600;
        if (!rest_.empty() && rest_.front() != ',') {
            auto const summer = offset();
            if (!summer) return std::nullopt;
            out.summer = -*summer;
        }
        if (rest_.empty()) rest_ = ",M3.2.0,M11.1.0";
        auto const begin = take(rest_, ',') ? change() : std::nullopt;
        auto const end = take(rest_, ',') ? change() : std::nullopt;
        if (!begin || !end || !rest_.empty()) return std::nullopt;
        out.changes = {*begin, *end};
        return out;
    }

private:
    auto name() -> bool {
        if (take(rest_, '<')) {
            auto const end = rest_.find('>');
            if (end == std::string_view::npos) return false;
            rest_.remove_prefix(end + 1);
            return true;
        }
        auto n = std::size_t{0};
        while (n < rest_.size() && std::string_view("0123456789,-+").find(rest_[n]) == std::string_view::npos)
            ++n;
        rest_.remove_prefix(n);
        return n >= 3;
    }
    /// A number up to `most`; -1 if there is none.
    auto number(std::int64_t most) -> std::int64_t {
        auto value = std::int64_t{0};
        auto digits = 0;
        for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
             rest_.remove_prefix(1), ++digits) {
            value = value * 10 + (rest_.front() - '0');
            if (value > most) return -1;
        }
        return digits > 0 ? value : -1;
    }
    /// `[+-]hh[:mm[:ss]]` in seconds.
    auto offset() -> std::optional<std::int64_t> {
        auto const negative = !rest_.empty() && rest_.front() == '-';
        if (negative || (!rest_.empty() && rest_.front() == '+')) rest_.remove_prefix(1);
        auto const hours = number(24 * 7);
        if (hours < 0) return std::nullopt;
        auto out = hours * 3600;
        for (auto unit : {60, 1}) {
            if (!take(rest_, ':')) break;
            auto const part = number(59);
            if (part < 0) return std::nullopt;
            out += part * unit;
        }
        return negative ? -out : out;
    }
    auto change() -> std::optional<zone_change> {
        auto out = zone_change();
        if (take(rest_, 'M')) {
            auto const month = number(12);
            auto const week = take(rest_, '.') ? number(5) : -1;
            auto const day = take(rest_, '.') ? number(6) : -1;
            if (month < 1 || week < 1 || day < 0) return std::nullopt;
            out.month = static_cast<int>(month);
            out.week = static_cast<int>(week);
            out.day = static_cast<int>(day);
        } else {
            out.how = take(rest_, 'J') ? zone_change::form::julian : zone_change::form::day_of_year;
            auto const day = number(365);
            if (day < (out.how == zone_change::form::julian ? 1 : 0)) return std::nullopt;
            out.day = static_cast<int>(day);
        }
        if (take(rest_, '/')) {
            auto const time = offset();
            if (!time) return std::nullopt;
            out.time = *time;
        }
        return out;
    }

    std::string_view rest_;
};

inline auto read_zone_rule(std::string_view text) -> std::optional<zone_rule> {
    return zone_rule_reader(text).read();
}

} // namespace berth::object::detail
