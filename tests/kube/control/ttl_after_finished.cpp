/// \file
/// Jobs that are over go when their time has come.

#include "../batch/job/job_words.hpp"

#include <berth/kube/control/ttl_after_finished.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

constexpr auto controller = kube::ttl_after_finished_controller();
auto const count = object::key{"default", "count"};

auto lasting(std::int32_t seconds) -> make_job {
    return make_job("count").with([&](kube::job& j) { j.spec.ttl_seconds_after_finished = seconds; });
}

} // namespace

TEST_CASE("a job goes so long after it was over, its pods first") {
    auto w = world_of(lasting(60).condition("SuccessCriteriaMet").condition("Failed"));
    auto const early = plan_of(controller, w, count, new_year + seconds(20));
    CHECK(early.empty());
    CHECK(early.again_after == seconds(40));
    auto const due = plan_of(controller, w, count, new_year + seconds(60));
    REQUIRE(due.steps.size() == 1);
    auto const& step = std::get<reconcile::remove_step>(due.steps[0]);
    CHECK(step.policy == api::propagation::foreground);
    CHECK(step.based_on != 0);
}

TEST_CASE("jobs that are not over, say nothing of it or go already are left alone") {
    auto const idle = [](make_job const& j) {
        auto w = world_of(j);
        auto const plan = plan_of(controller, w, count, new_year + seconds(999));
        return plan.empty() && !plan.again_after;
    };
    CHECK(idle(lasting(0)));
    CHECK(idle(lasting(0).condition("Complete", "False")));
    CHECK(idle(make_job("count").condition("Complete")));
    CHECK(idle(lasting(0).condition("Complete").deleting()));
    auto none = reconcile::world();
    CHECK(plan_of(controller, none, count).empty());
}

TEST_CASE("the controller of the time to live keeps the laws of controllers") {
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    reconcile::laws::all(controller, world_of(lasting(0).condition("Complete")), count, judge);
    reconcile::laws::all(controller, world_of(lasting(9).condition("Complete")), count, judge);
}
