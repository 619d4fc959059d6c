/// \file
/// When jobs are due, and which starts were missed.

#include "../cron_words.hpp"

#include <berth/kube/batch/cron_job/controller/schedule.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto const zones = kube::zone_source([](std::string_view name) { return object::load_time_zone(name); });

auto schedule_of(make_cron_job const& c) -> kube::zoned_schedule {
    return kube::read_schedule(c.done().spec, zones).value();
}
auto missed(make_cron_job const& c, time_point now, bool late = true) -> kube::missed_starts {
    return kube::missed_starts_of(c.done(), schedule_of(c), now, late);
}
auto left(make_cron_job const& c, time_point now) -> std::optional<duration> {
    return kube::time_to_next(c.done(), schedule_of(c), now);
}

} // namespace

TEST_CASE("a schedule goes by UTC, the zone of the cron job, or one of its own") {
    auto const noon = new_year + minutes(12 * 60);
    CHECK(schedule_of(make_cron_job("0 12 * * *")).next(new_year) == noon);
    CHECK(schedule_of(make_cron_job("0 12 * * *").zone("Asia/Kolkata")).next(new_year) ==
          noon - minutes(330));
    auto const own = make_cron_job("CRON_TZ=Asia/Kolkata 0 12 * * *").zone("UTC");
    CHECK(kube::names_zone(own.done().spec));
    CHECK(schedule_of(own).next(new_year) == noon - minutes(330));
    CHECK(!kube::read_schedule(make_cron_job("TZ=Mars/Base 0 12 * * *").done().spec, zones));
    CHECK(!kube::read_schedule(make_cron_job("every day").done().spec, zones));
}

TEST_CASE("the last start that was due since the last one is missed") {
    auto const c = make_cron_job("*/10 * * * *");
    CHECK(!missed(c, new_year + minutes(9)).latest);
    CHECK(missed(c, new_year + minutes(10)).latest == new_year + minutes(10));
    auto const many = missed(c, new_year + minutes(45));
    CHECK(many.latest == new_year + minutes(40));
    CHECK(many.count == 4);
    CHECK(!missed(make_cron_job("*/10 * * * *").last(new_year + minutes(40)), new_year + minutes(45)).latest);
    CHECK(missed(c, new_year + minutes(60 * 24)).count > kube::many_missed_starts);
}

TEST_CASE("what is too late to be made up for is not looked at") {
    auto const c = make_cron_job("*/10 * * * *").deadline(120);
    CHECK(!missed(c, new_year + minutes(45)).latest);
    CHECK(missed(c, new_year + minutes(41)).latest == new_year + minutes(40));
    CHECK(missed(c, new_year + minutes(45), false).latest == new_year + minutes(40));
}

TEST_CASE("where the starts are not evenly apart none is passed over") {
    auto const c = make_cron_job("30 6-16/4 * * 1-5");
    auto const tuesday = new_year + minutes(5 * 24 * 60);
    CHECK(missed(c, tuesday + minutes(9 * 60)).latest == tuesday + minutes(6 * 60 + 30));
}

TEST_CASE("a day that never comes is told") {
    auto const c = make_cron_job("0 0 31 2 *");
    CHECK(missed(c, new_year).never);
    CHECK(!left(c, new_year));
}

TEST_CASE("the next look is just after the next start") {
    auto const c = make_cron_job("*/10 * * * *");
    CHECK(left(c, new_year + minutes(4)) == minutes(6) + milliseconds(100));
    CHECK(left(c, new_year + minutes(44)) == minutes(6) + milliseconds(100));
    auto const spans = make_cron_job("@every 90m").last(new_year + minutes(5));
    CHECK(left(spans, new_year + minutes(60)) == minutes(35) + milliseconds(100));
}
