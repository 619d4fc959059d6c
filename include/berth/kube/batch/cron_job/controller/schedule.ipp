#pragma once

/// \file
/// The bodies of `berth/kube/batch/cron_job/controller/schedule.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/cron_job/controller/schedule.hpp>

#include <algorithm>
#include <utility>

namespace berth::kube::detail {

/// A little later than due, so that it is due by then.
inline constexpr auto start_margin = milliseconds(100);

/// The last start due by `now`, counting from so many before it that none is passed over.
inline auto latest_start(zoned_schedule const& s, time_point from, time_point now)
    -> std::optional<time_point> {
    auto out = std::optional<time_point>();
    for (auto t = s.next(from); t && *t <= now; t = s.next(*t)) out = t;
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto names_zone(cron_job_spec const& s) -> bool {
    return s.schedule.find("TZ") != std::string::npos;
}

BERTH_DECL auto read_schedule(cron_job_spec const& s, zone_source const& zones) -> result<zoned_schedule> {
    auto parsed = object::cron::parse(s.schedule);
    if (!parsed) return std::unexpected(std::move(parsed).error());
    auto const name = names_zone(s) || !s.time_zone ? parsed->zone() : *s.time_zone;
    auto zone = zones(name);
    if (!zone)
        return fail(error_code::bad_request, "provided bad location " + name + ": " + zone.error().message);
    return zoned_schedule{*std::move(parsed), *std::move(zone)};
}

BERTH_DECL auto missed_starts_of(cron_job const& c, zoned_schedule const& s, time_point now, bool late)
    -> missed_starts {
    auto const& last = c.status.last_schedule_time;
    auto out = missed_starts{(last ? *last : c.metadata.creation_timestamp).time(), {}, 0, false};
    if (late && c.spec.starting_deadline_seconds)
        out.since = std::max(out.since, now - seconds(*c.spec.starting_deadline_seconds));
    auto const first = s.next(out.since);
    out.never = !first;
    if (!first || now < *first) return out;
    auto const second = s.next(*first);
    if (second && now < *second) {
        out.latest = first;
        return out;
    }
    constexpr auto second_long = seconds(1).nanoseconds;
    auto const apart = second ? (*second - *first).nanoseconds / second_long : 0;
    out.never = apart < 1;
    if (out.never) return out;
    out.count = (now - *first).nanoseconds / second_long / apart + 1;
    out.latest = detail::latest_start(s, *first + seconds((out.count - 2) * apart), now);
    return out;
}

BERTH_DECL auto time_to_next(cron_job const& c, zoned_schedule const& s, time_point now)
    -> std::optional<duration> {
    auto const missed = missed_starts_of(c, s, now, false);
    auto from = now;
    if (!missed.never && missed.latest) from = *missed.latest;
    else if (!missed.never && missed.count == 0) from = missed.since;
    auto const next = s.next(from);
    if (!next) return std::nullopt;
    return *next + detail::start_margin - now;
}

} // namespace berth::kube
