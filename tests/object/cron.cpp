/// \file
/// Schedules are due when clocks on the wall say so.

#include <berth/object/cron.hpp>
#include <berth/object/time.hpp>

#include <catch2/catch_test_macros.hpp>

#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace berth;
using object::cron;

namespace {

auto of(std::string_view text) -> cron {
    auto schedule = cron::parse(text);
    INFO(text);
    REQUIRE(schedule);
    return *std::move(schedule);
}

auto next(std::string_view text, std::string_view after, object::time_zone const& zone = {}) -> std::string {
    auto const at = of(text).next(*object::parse_time(after), zone);
    return at ? object::timestamp(*at).to_string() : "never";
}

auto refusal(std::string_view text) -> std::string {
    auto const schedule = cron::parse(text);
    INFO(text);
    REQUIRE_FALSE(schedule);
    return schedule.error().message;
}

} // namespace

TEST_CASE("five fields") {
    CHECK(next("*/15 * * * *", "2026-01-01T00:00:00Z") == "2026-01-01T00:15:00Z");
    CHECK(next("30 2 * * *", "2026-01-01T03:00:00Z") == "2026-01-02T02:30:00Z");
    CHECK(next("0 0 29 2 *", "2026-01-01T00:00:00Z") == "2028-02-29T00:00:00Z");
    CHECK(next("0 9 * * mon-fri", "2026-01-02T10:00:00Z") == "2026-01-05T09:00:00Z");
    CHECK(next("0 0 1 JAN,jul *", "2026-01-01T00:00:00Z") == "2026-07-01T00:00:00Z");
    CHECK(next("10-30/10 * * * *", "2026-01-01T00:20:00Z") == "2026-01-01T00:30:00Z");
    CHECK(next("50/5 * * * *", "2026-01-01T00:50:00Z") == "2026-01-01T00:55:00Z");
    CHECK(next("* * * * *", "2026-01-01T00:00:59.999Z") == "2026-01-01T00:01:00Z");
    CHECK(next("59 23 31 12 *", "2026-12-31T23:59:00Z") == "2027-12-31T23:59:00Z");
}

TEST_CASE("a day of the month or a day of the week, unless one is a star") {
    CHECK(next("0 0 13 * 5", "2026-01-01T00:00:00Z") == "2026-01-02T00:00:00Z");
    CHECK(next("0 0 13 * *", "2026-01-01T00:00:00Z") == "2026-01-13T00:00:00Z");
    CHECK(next("0 0 */2 * 5", "2026-01-01T00:00:00Z") == "2026-01-02T00:00:00Z");
    CHECK(next("0 0 ? * 5", "2026-01-02T00:00:00Z") == "2026-01-09T00:00:00Z");
}

TEST_CASE("words and spans") {
    CHECK(next("@hourly", "2026-01-01T00:10:00Z") == "2026-01-01T01:00:00Z");
    CHECK(next("@midnight", "2026-01-01T00:10:00Z") == "2026-01-02T00:00:00Z");
    CHECK(next("@weekly", "2026-01-01T00:10:00Z") == "2026-01-04T00:00:00Z");
    CHECK(next("@yearly", "2026-01-01T00:10:00Z") == "2027-01-01T00:00:00Z");
    CHECK(next("@every 1h30m", "2026-01-01T00:10:00.5Z") == "2026-01-01T01:40:00Z");
    CHECK(next("@every 500ms", "2026-01-01T00:10:00Z") == "2026-01-01T00:10:01Z");
    CHECK(next("@every 1.5h2500ms", "2026-01-01T00:00:00Z") == "2026-01-01T01:30:02Z");
}

TEST_CASE("what never is due is never") {
    CHECK(next("0 0 31 2 *", "2026-01-01T00:00:00Z") == "never");
    CHECK(next(", * * * *", "2026-01-01T00:00:00Z") == "never");
    CHECK(next("* * * * *", "2262-04-11T23:47:00Z") == "never");
    CHECK(next("@every 2000000h", "2262-04-11T00:00:00Z") == "never");
}

TEST_CASE("a schedule may name its zone") {
    CHECK(of("TZ=Europe/Paris 0 9 * * *").zone() == "Europe/Paris");
    CHECK(of("CRON_TZ=UTC   @daily").zone() == "UTC");
    CHECK(of("0 9 * * *").zone().empty());
    CHECK_FALSE(of("TZ=UTC @daily") == of("@daily"));
    CHECK(refusal("TZ=UTC") == "a time zone must be followed by a schedule");
}

TEST_CASE("what is no schedule is refused in the words of the library") {
    CHECK(refusal("") == "empty spec string");
    CHECK(refusal("* * * *") == "expected exactly 5 fields, found 4: [* * * *]");
    CHECK(refusal("60 * * * *") == "end of range (60) above maximum (59): 60");
    CHECK(refusal("* * 0 * *") == "beginning of range (0) below minimum (1): 0");
    CHECK(refusal("5-3 * * * *") == "beginning of range (5) beyond end of range (3): 5-3");
    CHECK(refusal("*/0 * * * *") == "step of range should be a positive number: */0");
    CHECK(refusal("1-2-3 * * * *") == "too many hyphens: 1-2-3");
    CHECK(refusal("1/2/3 * * * *") == "too many slashes: 1/2/3");
    CHECK(refusal("x * * * *") == "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax");
    CHECK(refusal("@reboot") == "unrecognized descriptor: @reboot");
    CHECK(refusal("@every x") == "failed to parse duration @every x: time: invalid duration \"x\"");
    CHECK(refusal("@every 5").ends_with("time: missing unit in duration \"5\""));
    CHECK(refusal("@every 5y").ends_with("time: unknown unit \"y\" in duration \"5y\""));
}

TEST_CASE("random schedules are due later and later, and random texts do no harm") {
    auto random = std::mt19937(5);
    for (auto i = 0; i < 20'000; ++i) {
        auto text = std::string();
        for (auto n = random() % 18; n > 0; --n) text += std::string_view("0123*/-, ,?@a")[random() % 13];
        auto const schedule =
            cron::parse(i % 2 == 0 ? text : "*/7 " + std::to_string(random() % 24) + " * * *");
        if (!schedule) continue;
        auto const begin = time_point::from_unix_seconds(static_cast<std::int64_t>(random()));
        auto const first = schedule->next(begin);
        if (!first) continue;
        REQUIRE(*first > begin);
        REQUIRE(first->nanoseconds % 60'000'000'000 == 0);
    }
}
