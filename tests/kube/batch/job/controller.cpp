/// \file
/// Jobs: their pods, how they are counted, and how they end.

#include "job_words.hpp"

#include <berth/core/random.hpp>
#include <berth/kube/batch/job/controller.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::job_controller();
auto const count = object::key{"default", "count"};

auto decided(reconcile::world& w, kube::job_backoff const& before = {}, time_point now = new_year,
             std::vector<reconcile::failure> const& failures = {}) -> reconcile::decision<kube::job_backoff> {
    w.follow<kube::job>();
    w.follow<kube::pod>();
    for (auto& i : kube::job_controller::indexes())
        if (!w.follow(*i.type).has_index(i.name)) w.follow(*i.type).add_index(std::move(i));
    return controller.reconcile(w.at(now, failures), count, before);
}

/// The conditions of the last status that a plan writes.
auto conditions_of(reconcile::plan const& p) -> words {
    auto out = words();
    for (auto const& c : written<kube::job>(p)->status.conditions) out.push_back(c.type + "=" + c.status);
    return out;
}

/// A job as the controller leaves it.
auto seen_job(std::int32_t completions, std::int32_t parallelism, std::int32_t active = 0) -> make_job {
    return make_job("count", completions, parallelism).with([&](kube::job& j) {
        j.status.start_time = object::timestamp(new_year);
        j.status.active = active;
        j.status.ready = j.status.terminating = 0;
        j.status.uncounted_terminated_pods.engage();
    });
}

} // namespace

TEST_CASE("a new job begins, and gets its pods") {
    auto w = world_of(make_job("count", 5, 2));
    auto const plan = decided(w).plan;
    CHECK(steps_of(plan) == words{"update jobs/status default/count", "create pods default/count-",
                                  "create pods default/count-"});
    CHECK(notes_of(plan) == words{"SuccessfulCreate", "FailedCreate", "SuccessfulCreate", "FailedCreate"});
    auto const& s = std::get<reconcile::update_step>(plan.steps[0]).object.as<kube::job>().status;
    CHECK(s.start_time == object::timestamp(new_year));
    CHECK(s.active == 2);
    CHECK(s.ready == 0);
    CHECK(s.terminating == 0);
    CHECK(s.conditions.empty());
}

TEST_CASE("pods that cannot be made are not told to be active") {
    auto w = world_of(seen_job(5, 2, 2));
    auto const failed = reconcile::failure{reconcile::create_step{object::any_object(make_pod("p").done())},
                                           {error_code::forbidden, "no", {}}};
    auto const plan = decided(w, {}, new_year, {failed}).plan;
    CHECK(written<kube::job>(plan)->status.active == 0);
    CHECK(steps_of(plan).size() == 3);
}

TEST_CASE("pods are told, then let go, then counted, before anything else is made") {
    auto const j = seen_job(5, 2, 2);
    auto w = world_of(j, ended(pod_of(j, "a"), 0), pod_of(j, "b"));
    CHECK(steps_of(decided(w).plan) == words{"update jobs/status default/count", "update pods default/a",
                                             "update jobs/status default/count",
                                             "create pods default/count-"});
}

TEST_CASE("surplus pods go uncounted") {
    auto const j = seen_job(5, 1, 2);
    auto w = world_of(j, pod_of(j, "a"), pod_of(j, "b").on("n"));
    auto const plan = decided(w).plan;
    CHECK(steps_of(plan) ==
          words{"update jobs/status default/count", "update pods default/a", "delete pods default/a"});
    CHECK(notes_of(plan) == words{"SuccessfulDelete", "FailedDelete"});
    CHECK(written<kube::job>(plan)->status.active == 1);
    CHECK(written<kube::job>(plan)->status.terminating == 1);
    CHECK(written<kube::job>(plan)->status.failed == 0);
}

TEST_CASE("a job of which enough pods have succeeded is complete") {
    auto const j = seen_job(1, 1, 1);
    auto w = world_of(j, ended(pod_of(j, "a"), 0));
    auto const plan = decided(w).plan;
    CHECK(notes_of(plan) == words{"Completed"});
    CHECK(conditions_of(plan) == words{"SuccessCriteriaMet=True", "Complete=True"});
    CHECK(written<kube::job>(plan)->status.completion_time == object::timestamp(new_year));
    auto many = world_of(j, ended(pod_of(j, "a"), 0), ended(pod_of(j, "b"), 0));
    CHECK(notes_of(decided(many).plan) == words{"TooManySucceededPods", "Completed"});
}

TEST_CASE("a job that fails waits for its pods to go before it has failed") {
    auto const j = seen_job(5, 2, 2).with([](kube::job& o) { o.spec.backoff_limit = 0; });
    auto w = world_of(j, ended(pod_of(j, "a"), 1), pod_of(j, "b").ready());
    auto const plan = decided(w).plan;
    CHECK(steps_of(plan) == words{"update jobs/status default/count", "update pods default/a",
                                  "update pods default/b", "delete pods default/b",
                                  "update jobs/status default/count"});
    CHECK(conditions_of(plan) == words{"FailureTarget=True"});
    CHECK(written<kube::job>(plan)->status.failed == 2);
    auto const target = make_job(j).condition("FailureTarget");
    auto leaving = world_of(target, make_pod("b").label("app", "count").owned_by(j).deleting());
    CHECK(conditions_of(decided(leaving).plan) == words{"FailureTarget=True"});
    auto gone = world_of(target);
    CHECK(conditions_of(decided(gone).plan) == words{"FailureTarget=True", "Failed=True"});
    CHECK(notes_of(decided(gone).plan) == words{"R"});
}

TEST_CASE("a job that is suspended has no pods and no start, and tells so once") {
    auto const j = seen_job(5, 2, 1).suspended();
    auto w = world_of(j, pod_of(j, "a"));
    auto const plan = decided(w).plan;
    CHECK(notes_of(plan) == words{"Suspended", "SuccessfulDelete", "FailedDelete"});
    CHECK(!written<kube::job>(plan)->status.start_time);
    auto rests = world_of(make_job("count", 5, 2).suspended());
    auto const first = decided(rests).plan;
    CHECK(steps_of(first) == words{"update jobs/status default/count"});
    auto at_rest = reconcile::world();
    at_rest.add(*written<kube::job>(first));
    CHECK(decided(at_rest).plan.empty());
}

TEST_CASE("a job that is resumed begins anew") {
    auto const j = make_job("count", 5, 2).suspended(false).condition("Suspended");
    auto w = world_of(j);
    auto const plan = decided(w, {}, new_year + seconds(60)).plan;
    CHECK(notes_of(plan).front() == "Resumed");
    auto const& s = std::get<reconcile::update_step>(plan.steps[0]).object.as<kube::job>().status;
    CHECK(s.start_time == object::timestamp(new_year + seconds(60)));
    CHECK(s.conditions[0].reason == "JobResumed");
}

TEST_CASE("the job is looked at when its time is up, and when a pause is over") {
    auto const j = seen_job(5, 1).with([](kube::job& o) { o.spec.active_deadline_seconds = 60; });
    auto w = world_of(j);
    CHECK(decided(w, {}, new_year + seconds(20)).plan.again_after == seconds(40));
    auto failed = world_of(j, ended(pod_of(j, "a"), 1));
    auto const after = decided(failed, {}, new_year + seconds(4));
    CHECK(after.plan.again_after == seconds(6));
    CHECK(after.memory.failures == 1);
    CHECK(decided(failed, after.memory).memory == after.memory);
}

TEST_CASE("orphans that match are taken in and tracked, and strangers let go and tracked no more") {
    auto const j = seen_job(5, 2);
    auto w = world_of(j, make_pod("orphan").label("app", "count"), pod_of(j, "stranger").label("app", "x"));
    auto const plan = decided(w).plan;
    CHECK(steps_of(plan) == words{"update pods default/stranger", "update pods default/orphan"});
    auto const& freed = std::get<reconcile::update_step>(plan.steps[0]).object.as<kube::pod>();
    CHECK(freed.metadata.owner_references.empty());
    CHECK(!kube::is_tracked(freed));
    CHECK(kube::is_tracked(std::get<reconcile::update_step>(plan.steps[1]).object.as<kube::pod>()));
    CHECK(controller.keys_for(w.at(new_year), make_pod("q").label("app", "count").done()) ==
          std::vector{count});
    CHECK(controller.keys_for(w.at(new_year), pod_of(j, "q").done()).empty());
}

TEST_CASE("jobs that are over, gone or somebody else's are left alone") {
    auto over = world_of(make_job("count").condition("Complete"));
    CHECK(decided(over).plan.empty());
    auto gone = reconcile::world();
    CHECK(decided(gone, {3, new_year, {}}).memory == kube::job_backoff());
    auto theirs = world_of(
        make_job("count").with([](kube::job& o) { o.spec.managed_by.engage() = "example.org/queue"; }));
    CHECK(decided(theirs).plan.empty());
    auto leaves = world_of(seen_job(5, 2).deleting().finalizer("mine"));
    CHECK(decided(leaves).plan.empty());
}

TEST_CASE("pods that no job counts any more are let go") {
    constexpr auto orphans = kube::job_orphan_controller();
    auto const p = object::key{"default", "p"};
    auto const j = make_job("count");
    auto w = world_of(make_job("count").condition("Failed"), pod_of(j, "p"));
    CHECK(steps_of(plan_of(orphans, w, p)) == words{"update pods default/p"});
    CHECK(orphans.keys_for(w.at(new_year), j.done()) == std::vector{p});
    auto going_on = world_of(j, pod_of(j, "p"));
    CHECK(plan_of(orphans, going_on, p).empty());
    CHECK(orphans.keys_for(going_on.at(new_year), j.done()).empty());
    auto gone = world_of(pod_of(j, "p"));
    CHECK(!plan_of(orphans, gone, p).empty());
    CHECK(orphans.matters(w.at(new_year), pod_of(j, "p").done()));
    CHECK(orphans.matters(gone.at(new_year), pod_of(j, "p").done()));
    CHECK_FALSE(orphans.matters(going_on.at(new_year), pod_of(j, "p").done()));
    CHECK_FALSE(orphans.matters(gone.at(new_year), make_pod("p").done())); // nobody tracks it
    auto replaced = world_of(make_job("count").uid("another"), pod_of(j, "p"));
    CHECK(!plan_of(orphans, replaced, p).empty());
    auto const loose =
        make_pod("p").label("app", "count").finalizer(std::string(kube::job_tracking_finalizer));
    auto wanted = world_of(j, loose);
    CHECK(plan_of(orphans, wanted, p).empty());
    auto unwanted = world_of(make_job("other"), loose);
    CHECK(!plan_of(orphans, unwanted, p).empty());
    auto sets =
        world_of(make_replica_set("web", 1), make_pod("p")
                                                 .owned_by(make_replica_set("web", 1))
                                                 .finalizer(std::string(kube::job_tracking_finalizer)));
    CHECK(plan_of(orphans, sets, p).empty());
}

namespace {

/// Draws jobs and pods.
class drawn_world {
public:
    explicit drawn_world(std::uint64_t seed) : draw_(seed) {}

    auto fill(reconcile::world& w) -> void {
        auto const j = job();
        w.add(j.done());
        for (auto n = draw_.below(9); n > 0; --n) w.add(pod(j, "p" + std::to_string(n)).done());
        w.follow<kube::pod>();
    }

private:
    auto chance(std::uint64_t n) -> bool { return draw_.below(n) == 0; }
    auto number(std::uint64_t below) -> std::int32_t { return static_cast<std::int32_t>(draw_.below(below)); }

    auto job() -> make_job {
        auto j = make_job("count", number(7), number(6));
        if (chance(2)) j.indexed();
        if (j.done().spec.completion_mode && chance(2)) j.per_index(number(3));
        else if (!j.done().spec.completion_mode && chance(4))
            j.with([](kube::job& o) { o.spec.completions.reset(); });
        if (chance(5)) j.suspended();
        if (chance(4)) j.patient();
        if (chance(9)) j.deleting().finalizer("mine");
        if (chance(9)) j.condition("FailureTarget");
        if (chance(3)) j.failure_rule(chance(2) ? "Ignore" : "FailJob").on_exit_codes.engage() = codes();
        j.with([&](kube::job& o) {
            o.spec.backoff_limit = number(5);
            if (chance(4)) o.spec.active_deadline_seconds = 50;
            if (chance(3)) o.status.uncounted_terminated_pods.engage().failed = {"uid-of-p1", "uid-of-gone"};
            if (chance(3)) o.status.start_time = object::timestamp(new_year - seconds(number(99)));
        });
        return j;
    }
    auto codes() -> kube::pod_failure_policy_on_exit_codes_requirement {
        auto out = kube::pod_failure_policy_on_exit_codes_requirement();
        out.operator_ = chance(2) ? "In" : "NotIn";
        out.values = {1, 3};
        return out;
    }
    auto pod(make_job const& j, std::string name) -> make_pod {
        auto p = chance(7) ? make_pod(std::move(name)).label("app", chance(2) ? "count" : "other")
                           : pod_of(j, std::move(name));
        if (!chance(5)) p.annotation(std::string(kube::completion_index_key), std::to_string(number(7)));
        if (chance(3)) p.annotation(std::string(kube::index_failures_key), std::to_string(number(3)));
        if (chance(3)) p.ready();
        if (chance(2)) p = ended(p, number(4), new_year - seconds(number(90)));
        if (chance(4)) p.deleting().finalizer("other");
        if (chance(6)) p.label("app", "other");
        return p;
    }

    berth::random_engine draw_;
};

} // namespace

TEST_CASE("the controller of jobs keeps the laws of controllers") {
    for (auto seed = std::uint64_t{0}; seed < 300; ++seed) {
        auto judge = [&](reconcile::laws::finding const& f) {
            INFO("seed " << seed << ": " << f.law << ": " << f.detail);
            CHECK(f.holds);
        };
        auto w = reconcile::world();
        drawn_world(seed).fill(w);
        reconcile::laws::all(controller, w, count, judge);
        reconcile::laws::all(kube::job_orphan_controller(), w, {"default", "p1"}, judge);
    }
}
