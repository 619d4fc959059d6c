/// \file
/// Zones tell what clocks on the wall show, and no bytes make them crash.

#include <berth/object/cron.hpp>
#include <berth/object/time.hpp>
#include <berth/object/time_zone.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace berth;
using object::time_zone;
using object::wall_clock;

namespace {

auto number(std::int64_t value, int width) -> std::string {
    auto out = std::string();
    for (auto shift = (width - 1) * 8; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
    return out;
}

/// The bytes of a file with transitions to the kinds `offsets` (in order), and a rule for later.
auto zone_file(std::vector<std::int64_t> const& transitions, std::vector<std::int32_t> const& offsets,
               std::string const& rule) -> std::string {
    auto const header = [&](std::size_t times, std::size_t kinds, std::size_t letters) {
        return "TZif2" + std::string(15, '\0') + number(0, 4) + number(0, 4) + number(0, 4) +
               number(static_cast<std::int64_t>(times), 4) + number(static_cast<std::int64_t>(kinds), 4) +
               number(static_cast<std::int64_t>(letters), 4);
    };
    auto out = header(0, 1, 1) + std::string(6, '\0') + std::string(1, '\0');
    out += header(transitions.size(), offsets.size(), 1);
    for (auto const when : transitions) out += number(when, 8);
    for (std::size_t i = 0; i < transitions.size(); ++i) out += static_cast<char>((i + 1) % offsets.size());
    for (std::size_t i = 0; i < offsets.size(); ++i)
        out += number(offsets[i], 4) + static_cast<char>(i % 2) + '\0';
    return out + '\0' + "\n" + rule + "\n";
}

auto of(std::string const& bytes) -> time_zone {
    auto zone = time_zone::parse(bytes);
    REQUIRE(zone);
    return *std::move(zone);
}

auto paris() -> time_zone { return of(zone_file({}, {3600}, "CET-1CEST,M3.5.0,M10.5.0/3")); }

auto seconds_of(std::string_view text) -> std::int64_t { return object::parse_time(text)->unix_seconds(); }

} // namespace

TEST_CASE("without a file there is UTC") {
    auto const utc = time_zone();
    CHECK(utc.to_wall(seconds_of("2026-02-03T04:05:06Z")) == wall_clock{2026, 2, 3, 4, 5, 6, 2});
    CHECK(utc.from_wall({2026, 14, 0, 25, 0, 0}) == seconds_of("2027-02-01T01:00:00Z"));
    CHECK(utc.to_wall(-1) == wall_clock{1969, 12, 31, 23, 59, 59, 3});
}

TEST_CASE("a rule changes the clocks twice a year") {
    auto const zone = paris();
    CHECK(zone.to_wall(seconds_of("2026-03-29T00:59:59Z")).hour == 1);
    CHECK(zone.to_wall(seconds_of("2026-03-29T01:00:00Z")).hour == 3);
    CHECK(zone.to_wall(seconds_of("2026-10-25T00:59:59Z")).hour == 2);
    CHECK(zone.to_wall(seconds_of("2026-10-25T01:00:00Z")).hour == 2);
    CHECK(zone.from_wall({2026, 7, 1, 12, 0, 0}) == seconds_of("2026-07-01T10:00:00Z"));
    CHECK(zone.from_wall({2026, 1, 1, 12, 0, 0}) == seconds_of("2026-01-01T11:00:00Z"));
}

TEST_CASE("south of the equator summer is around new year") {
    auto const zone = of(zone_file({}, {36000}, "AEST-10AEDT,M10.1.0,M4.1.0/3"));
    CHECK(zone.to_wall(seconds_of("2026-01-01T00:00:00Z")).hour == 11);
    CHECK(zone.to_wall(seconds_of("2026-06-01T00:00:00Z")).hour == 10);
    CHECK(zone.to_wall(seconds_of("2026-12-31T00:00:00Z")).hour == 11);
}

TEST_CASE("transitions hold before the rule does") {
    auto const zone = of(zone_file({0, 1000}, {0, 3600}, "<+02>-2"));
    CHECK(zone.period_at(-1).offset == 0);
    CHECK(zone.period_at(0).offset == 3600);
    CHECK(zone.period_at(999).end == 1000);
    CHECK(zone.period_at(1000).offset == 7200);
}

TEST_CASE("rules in all their forms") {
    auto const offset_in = [](std::string const& rule, std::string_view at) {
        return of(zone_file({}, {0}, rule)).period_at(seconds_of(at)).offset;
    };
    CHECK(offset_in("X-1", "2026-07-01T00:00:00Z") == 0);
    CHECK(offset_in("EST5", "2026-07-01T00:00:00Z") == -18000);
    CHECK(offset_in("EST5EDT", "2026-07-01T00:00:00Z") == -14400);
    CHECK(offset_in("AAA-1BBB,J60/0,J100/0", "2028-03-01T00:00:00Z") == 7200);
    CHECK(offset_in("AAA-1BBB,J60/0,J100/0", "2028-02-29T00:00:00Z") == 3600);
    CHECK(offset_in("AAA-1BBB,59/0,100/0", "2028-02-29T00:00:00Z") == 7200);
    CHECK(offset_in("<-03>3:30:15", "2026-07-01T00:00:00Z") == -12615);
    CHECK(offset_in("AAA-1BBB,M13.1.0,M4.1.0", "2026-07-01T00:00:00Z") == 0);
}

TEST_CASE("a schedule skips an hour that does not exist, and runs once in one that occurs twice") {
    auto const zone = paris();
    auto const due = [&](std::string_view schedule, std::string_view after) {
        return object::timestamp(*object::cron::parse(schedule)->next(*object::parse_time(after), zone))
            .to_string();
    };
    CHECK(due("30 2 * * *", "2026-03-28T12:00:00Z") == "2026-03-30T00:30:00Z");
    CHECK(due("0 9 * * *", "2026-03-28T12:00:00Z") == "2026-03-29T07:00:00Z");
    CHECK(due("30 2 * * *", "2026-10-24T12:00:00Z") == "2026-10-25T00:30:00Z");
}

TEST_CASE("broken files are refused and do no harm") {
    CHECK_FALSE(time_zone::parse(""));
    CHECK_FALSE(time_zone::parse("TZif"));
    auto const good = zone_file({0, 1000, 2000}, {0, 3600}, "CET-1CEST,M3.5.0,M10.5.0/3");
    for (std::size_t n = 0; n + 1 < good.size(); ++n)
        if (auto const zone = time_zone::parse(std::string_view(good).substr(0, n)))
            static_cast<void>(zone->to_wall(1'000'000'000));
    auto random = std::mt19937(9);
    for (auto i = 0; i < 50'000; ++i) {
        auto bytes = good;
        for (auto n = 1 + random() % 3; n > 0; --n)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        auto const zone = time_zone::parse(bytes);
        if (!zone) continue;
        static_cast<void>(zone->to_wall(static_cast<std::int64_t>(random())));
        static_cast<void>(zone->from_wall({2026, 3, 29, 2, 30, 0}));
    }
}
