#pragma once

/// \file
/// The bodies of `berth/object/cron.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/cron.hpp>

namespace berth::object::detail {

/// A time that goes forward until all fields fit.
class cron_walk {
public:
    cron_walk(time_zone const& zone, std::int64_t from) : zone_(zone), at_(from), wall_(zone.to_wall(from)) {}

    [[nodiscard]] auto at() const -> std::int64_t { return at_; }
    [[nodiscard]] auto wall() const -> wall_clock const& { return wall_; }

    /// Each goes to the next time whose field fits, and answers false where that began the next greater unit.
    auto to_month(cron_set const& months) -> bool {
        while (!months.has(wall_.month)) {
            if (reset()) go(zone_.from_wall({wall_.year, wall_.month, 1}));
            auto later = wall_;
            ++later.month;
            go(zone_.from_wall(later));
            if (wall_.month == 1) return false;
        }
        return true;
    }
    auto to_day(cron_set const& days, cron_set const& weekdays) -> bool {
        while (!fits(days, weekdays)) {
            if (reset()) go(zone_.from_wall({wall_.year, wall_.month, wall_.day}));
            auto later = wall_;
            ++later.day;
            go(zone_.from_wall(later));
            // Where midnight does not exist on that day.
            if (wall_.hour > 12) go(at_ + std::int64_t{24 - wall_.hour} * 3600);
            else if (wall_.hour != 0) go(at_ - std::int64_t{wall_.hour} * 3600);
            if (wall_.day == 1) return false;
        }
        return true;
    }
    auto to_hour(cron_set const& hours) -> bool {
        while (!hours.has(wall_.hour)) {
            if (reset()) go(zone_.from_wall({wall_.year, wall_.month, wall_.day, wall_.hour}));
            go(at_ + 3600);
            if (wall_.hour == 0) return false;
        }
        return true;
    }
    auto to_minute(cron_set const& minutes) -> bool {
        while (!minutes.has(wall_.minute)) {
            if (reset()) go(floor_divide(at_, 60) * 60);
            go(at_ + 60);
            if (wall_.minute == 0) return false;
        }
        return true;
    }
    auto to_second() -> bool {
        if (wall_.second == 0) return true;
        reset();
        go(at_ + 60 - wall_.second);
        return false;
    }

private:
    /// Whether this is the first step forward: then lesser fields begin anew.
    auto reset() -> bool { return !std::exchange(moved_, true); }
    auto go(std::int64_t at) -> void {
        at_ = at;
        wall_ = zone_.to_wall(at);
    }
    [[nodiscard]] auto fits(cron_set const& days, cron_set const& weekdays) const -> bool {
        auto const day = days.has(wall_.day);
        auto const weekday = weekdays.has(wall_.weekday);
        return days.any || weekdays.any ? day && weekday : day || weekday;
    }

    time_zone const& zone_;
    std::int64_t at_;
    wall_clock wall_;
    bool moved_ = false;
};

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto cron::next(time_point after, time_zone const& zone) const -> std::optional<time_point> {
    auto const begin = after.unix_seconds();
    constexpr auto last_second = std::numeric_limits<std::int64_t>::max() / 1'000'000'000;
    if (every_.nanoseconds > 0) {
        if (begin > last_second - every_.nanoseconds / 1'000'000'000) return std::nullopt;
        return time_point::from_unix_seconds(begin) + every_;
    }
    if (minutes_.bits == 0 || hours_.bits == 0 || months_.bits == 0) return std::nullopt;
    auto walk = detail::cron_walk(zone, begin + 1);
    auto const last_year = walk.wall().year + 5;
    while (walk.wall().year <= last_year) {
        if (walk.to_month(months_) && walk.to_day(days_, weekdays_) && walk.to_hour(hours_) &&
            walk.to_minute(minutes_) && walk.to_second())
            return walk.at() <= last_second ? std::optional(time_point::from_unix_seconds(walk.at()))
                                            : std::nullopt;
    }
    return std::nullopt;
}

BERTH_DECL auto cron::read_fields(std::string_view text) -> result<void> {
    auto const fields = detail::blank_separated(text);
    if (fields.size() != 5)
        return fail(error_code::bad_request, "expected exactly 5 fields, found " +
                                                 std::to_string(fields.size()) + ": [" +
                                                 detail::spaced(fields) + "]");
    auto const targets =
        std::array{std::pair(&minutes_, &detail::cron_minutes), std::pair(&hours_, &detail::cron_hours),
                   std::pair(&days_, &detail::cron_days), std::pair(&months_, &detail::cron_months),
                   std::pair(&weekdays_, &detail::cron_weekdays)};
    for (std::size_t i = 0; i < 5; ++i) {
        auto set = detail::read_cron_field(fields[i], *targets[i].second);
        if (!set) return std::unexpected(std::move(set).error());
        *targets[i].first = *set;
    }
    return {};
}

BERTH_DECL auto cron::parse(std::string_view text) -> result<cron> {
    if (text.empty()) return fail(error_code::bad_request, "empty spec string");
    auto out = cron();
    if (text.starts_with("TZ=") || text.starts_with("CRON_TZ=")) {
        auto const name = text.find('=') + 1;
        auto const space = text.find(' ');
        if (space == std::string_view::npos || space < name)
            return fail(error_code::bad_request, "a time zone must be followed by a schedule");
        out.zone_ = text.substr(name, space - name);
        text = detail::trimmed(text.substr(space));
    }
    if (!text.starts_with('@')) {
        auto const done = out.read_fields(text);
        if (!done) return std::unexpected(done.error());
        return out;
    }
    constexpr auto every = std::string_view("@every ");
    if (text.starts_with(every)) {
        auto const span = detail::read_duration(text.substr(every.size()));
        if (!span)
            return fail(error_code::bad_request,
                        "failed to parse duration " + std::string(text) + ": " + span.error().message);
        out.every_ = *span < seconds(1) ? seconds(1) : seconds(span->nanoseconds / 1'000'000'000);
        return out;
    }
    auto const fields = detail::cron_word(text);
    if (fields.empty()) return fail(error_code::bad_request, "unrecognized descriptor: " + std::string(text));
    if (auto const done = out.read_fields(fields); !done) return std::unexpected(done.error());
    return out;
}

} // namespace berth::object
