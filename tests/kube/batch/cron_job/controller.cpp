/// \file
/// Cron jobs: when jobs begin, which run, and which are kept.

#include "cron_words.hpp"

#include <berth/core/random.hpp>
#include <berth/kube/batch/cron_job/controller.hpp>
#include <berth/kube/batch/cron_job/controller/new_job.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>

using namespace test;
using words = std::vector<std::string>;

namespace {

auto const controller = kube::cron_job_controller();
auto const tick = object::key{"default", "tick"};
auto const first = new_year + minutes(10); // the first start of `every_ten`

auto every_ten() -> make_cron_job { return make_cron_job("*/10 * * * *"); }

auto child(make_cron_job const& c, std::string name) -> make_job {
    return make_job(std::move(name)).owned_by(c);
}

auto decided(reconcile::world& w, time_point now = first, kube::cron_job_memory const& before = {})
    -> reconcile::decision<kube::cron_job_memory> {
    w.follow<kube::cron_job>();
    w.follow<kube::job>();
    for (auto& i : kube::cron_job_controller::indexes())
        if (!w.follow(*i.type).has_index(i.name)) w.follow(*i.type).add_index(std::move(i));
    return controller.reconcile(w.at(now), tick, before);
}

auto status_of(reconcile::plan const& p) -> kube::cron_job_status const& {
    return written<kube::cron_job>(p)->status;
}

} // namespace

TEST_CASE("a job begins when it is due, and is told to be active once it is there") {
    auto const c = every_ten();
    auto w = world_of(c);
    CHECK(decided(w, first - seconds(1)).plan.empty());
    auto const start = decided(w, first);
    CHECK(steps_of(start.plan) == words{"create jobs default/tick-29453770"});
    CHECK(notes_of(start.plan) == words{"SuccessfulCreate", "FailedCreate"});
    CHECK(start.plan.again_after == minutes(10) + milliseconds(100));
    CHECK(start.memory.started == first);
    auto made = world_of(c, child(c, "tick-29453770"));
    auto const told = decided(made, first + seconds(1), start.memory);
    CHECK(notes_of(told.plan).empty());
    CHECK(status_of(told.plan).active[0].uid == "uid-of-tick-29453770");
    CHECK(status_of(told.plan).last_schedule_time == object::timestamp(first));
    CHECK(told.memory == kube::cron_job_memory());
}

TEST_CASE("a job that was made counts although it would be late by now") {
    auto const c = every_ten().deadline(5);
    auto made = world_of(c, child(c, "tick-29453770"));
    auto const told = decided(made, first + seconds(30), {first, {}});
    CHECK(status_of(told.plan).last_schedule_time == object::timestamp(first));
    auto missing = world_of(c);
    CHECK(decided(missing, first + seconds(30), {first, {}}).plan.empty());
}

TEST_CASE("after a restart a job that is there is told, and a stranger of its name left alone") {
    auto const c = every_ten();
    auto mine = world_of(c, child(c, "tick-29453770"));
    CHECK(status_of(decided(mine).plan).active.size() == 1);
    auto theirs = world_of(c, make_job("tick-29453770"));
    CHECK(steps_of(decided(theirs).plan).empty());
}

TEST_CASE("a start that is too late is missed, and too many are told") {
    auto late = world_of(every_ten().deadline(5).last(new_year));
    CHECK(decided(late, first + seconds(6)).plan.empty());
    auto many = world_of(every_ten());
    auto const plan = decided(many, new_year + minutes(2000)).plan;
    CHECK(notes_of(plan).front() == "TooManyMissedTimes");
    CHECK(steps_of(plan) == words{"create jobs default/tick-29455760"});
}

TEST_CASE("a job that still runs is left, waited for, or replaced") {
    auto const with = [](std::string policy) {
        auto const c = every_ten().policy(std::move(policy)).active("old").last(new_year);
        auto w = world_of(c, child(c, "old"));
        return decided(w).plan;
    };
    CHECK(steps_of(with("Allow")) == words{"create jobs default/tick-29453770"});
    CHECK(steps_of(with("Forbid")).empty());
    CHECK(notes_of(with("Forbid")) == words{"JobAlreadyActive"});
    CHECK(steps_of(with("Replace")) == words{"delete jobs default/old", "update cronjobs/status default/tick",
                                             "create jobs default/tick-29453770"});
    CHECK(std::get<reconcile::remove_step>(with("Replace").steps[0]).policy == api::propagation::background);
    CHECK(notes_of(with("Replace")).front() == "SuccessfulDelete");
}

TEST_CASE("jobs that have ended are active no more, and the last success is told") {
    auto const c = every_ten().active("a").active("lost").last(first);
    auto const done = child(c, "a").condition("Complete").with([](kube::job& j) {
        j.status.completion_time = object::timestamp(first);
    });
    auto w = world_of(c, done);
    auto const plan = decided(w).plan;
    CHECK(notes_of(plan) == words{"SawCompletedJob", "MissingJob"});
    CHECK(status_of(plan).active.empty());
    CHECK(!status_of(plan).last_successful_time);
    auto later = world_of(every_ten().last(first), done);
    CHECK(status_of(decided(later).plan).last_successful_time == object::timestamp(first));
}

TEST_CASE("jobs that ended are kept as many as are wanted, those of others not touched") {
    auto const c = every_ten().last(first).with([](kube::cron_job& o) {
        o.spec.successful_jobs_history_limit = 1;
        o.spec.failed_jobs_history_limit = 0;
    });
    auto w = world_of(c, child(c, "a").condition("Complete"), child(c, "b").condition("Complete"),
                      child(c, "c").condition("Failed"), make_job("d").condition("Failed"));
    CHECK(steps_of(decided(w).plan) == words{"delete jobs default/a", "delete jobs default/c"});
}

TEST_CASE("what cannot be is told once") {
    auto const told = [](make_cron_job const& c) {
        auto w = world_of(c);
        auto const once = decided(w);
        CHECK(notes_of(decided(w, first, once.memory).plan).empty());
        CHECK(steps_of(once.plan).empty());
        return notes_of(once.plan);
    };
    CHECK(told(every_ten().zone("Mars/Base")) == words{"UnknownTimeZone"});
    CHECK(told(make_cron_job("now and then")) == words{"UnparseableSchedule"});
    CHECK(told(make_cron_job("0 0 31 2 *")) == words{"InvalidSchedule"});
    CHECK(told(make_cron_job("TZ=UTC 0 0 1 1 *")) == words{"UnsupportedSchedule"});
}

TEST_CASE("nothing begins while a cron job is suspended or leaves") {
    auto rests = world_of(every_ten().with([](kube::cron_job& c) { c.spec.suspend = true; }));
    CHECK(decided(rests).plan == reconcile::plan{});
    auto leaves = world_of(every_ten().deleting().finalizer("mine"));
    CHECK(decided(leaves).plan == reconcile::plan{});
    auto none = reconcile::world();
    CHECK(decided(none).plan == reconcile::plan{});
}

TEST_CASE("a job that nobody knows of is told, and does not count") {
    auto const c = every_ten().last(first);
    auto w = world_of(c, child(c, "by-hand"));
    auto const plan = decided(w).plan;
    CHECK(notes_of(plan) == words{"UnexpectedJob"});
    CHECK(steps_of(plan).empty());
}

TEST_CASE("the controller of cron jobs keeps the laws of controllers") {
    constexpr auto schedules = std::array{"*/10 * * * *", "@every 7m", "@hourly", "0 0 31 2 *", "x"};
    constexpr auto policies = std::array{"Allow", "Forbid", "Replace"};
    for (auto seed = std::uint64_t{0}; seed < 200; ++seed) {
        auto judge = [&](reconcile::laws::finding const& f) {
            INFO("seed " << seed << ": " << f.law << ": " << f.detail);
            CHECK(f.holds);
        };
        auto draw = berth::random_engine(seed);
        auto c = make_cron_job(schedules[draw.below(5)]).policy(policies[draw.below(3)]);
        if (draw.below(3) == 0) c.deadline(static_cast<std::int64_t>(draw.below(900)));
        if (draw.below(3) == 0) c.zone("Asia/Kolkata");
        if (draw.below(9) == 0) c.deleting().finalizer("mine");
        c.with([&](kube::cron_job& o) {
            if (draw.below(2) == 0) o.spec.successful_jobs_history_limit = 1;
            if (draw.below(2) == 0) o.spec.failed_jobs_history_limit = 0;
        });
        for (auto n = draw.below(4); n > 0; --n) c.active("j" + std::to_string(n));
        auto w = world_of(c);
        w.follow<kube::job>();
        for (auto n = draw.below(5); n > 0; --n) {
            auto j = child(c, "j" + std::to_string(n));
            if (draw.below(2) == 0) j.condition(draw.below(2) == 0 ? "Complete" : "Failed");
            w.add(j.done());
        }
        auto work = reconcile::laws::effort();
        work.now = first + minutes(static_cast<std::int64_t>(draw.below(3000)));
        reconcile::laws::all(controller, w, tick, judge, work);
    }
}
