/// \file
/// Why jobs end.

#include "../job_words.hpp"

#include <berth/kube/batch/job/controller/ending.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

/// The reason of the ending of a job of this world, or nothing.
auto why(reconcile::world& w, time_point now = new_year) -> std::string {
    auto const progress = progress_in(w, "count");
    auto const e = kube::ending_of(progress, progress.self->status.start_time, now);
    return e ? e->reason : "";
}

} // namespace

TEST_CASE("an ending that was announced stands") {
    auto met = world_of(make_job("count")
                            .condition("FailureTarget", "True", "A")
                            .condition("SuccessCriteriaMet", "True", "B"));
    CHECK(why(met) == "B");
    auto failing = world_of(make_job("count").condition("FailureTarget", "True", "A"));
    CHECK(why(failing) == "A");
    auto going_on = world_of(make_job("count").condition("FailureTarget", "False", "A"));
    CHECK(why(going_on).empty());
}

TEST_CASE("a job fails when more pods have failed than may") {
    auto const j = make_job("count").with([](kube::job& o) { o.spec.backoff_limit = 1; });
    auto once = world_of(j, ended(pod_of(j, "a"), 1));
    CHECK(why(once).empty());
    auto twice = world_of(j, ended(pod_of(j, "a"), 1), ended(pod_of(j, "b"), 1));
    CHECK(why(twice) == "BackoffLimitExceeded");
}

TEST_CASE("where containers are restarted, restarts are failures") {
    auto const restarted = [](std::int32_t limit, std::int32_t count) {
        auto const j = make_job("count").with([&](kube::job& o) {
            o.spec.backoff_limit = limit;
            o.spec.template_.spec.restart_policy = "OnFailure";
        });
        auto w = world_of(j, pod_of(j, "a").phase("Running").with([&](kube::pod& p) {
            p.status.container_statuses.emplace_back().restart_count = count;
        }));
        return why(w);
    };
    CHECK(restarted(2, 1).empty());
    CHECK(restarted(2, 2) == "BackoffLimitExceeded");
    CHECK(restarted(0, 0).empty());
    CHECK(restarted(0, 1) == "BackoffLimitExceeded");
}

TEST_CASE("a job may be active for so long, and is not while it is suspended") {
    auto j = make_job("count").with([](kube::job& o) {
        o.spec.active_deadline_seconds = 60;
        o.status.start_time = object::timestamp(new_year);
    });
    auto w = world_of(j);
    CHECK(why(w, new_year + seconds(59)).empty());
    CHECK(why(w, new_year + seconds(60)) == "DeadlineExceeded");
    auto resting = world_of(j.suspended());
    CHECK(why(resting, new_year + seconds(60)).empty());
}

TEST_CASE("a rule for failures may end the job") {
    auto j = make_job("count", 2, 2);
    auto& codes = j.failure_rule("FailJob").on_exit_codes.engage();
    codes.operator_ = "In";
    codes.values = {42};
    auto w = world_of(j, ended(pod_of(j, "a"), 42));
    CHECK(why(w) == "PodFailurePolicy");
}

TEST_CASE("an indexed job fails with its indexes") {
    auto const failed = [](std::string good, std::string bad, std::optional<std::int32_t> most) {
        auto w = world_of(make_job("count", 4, 4).indexed().per_index(0).with([&](kube::job& j) {
            j.spec.max_failed_indexes = most;
            j.status.completed_indexes = good;
            j.status.failed_indexes.engage() = bad;
        }));
        return why(w);
    };
    CHECK(failed("0", "1,2", 2).empty());
    CHECK(failed("0", "1-3", 2) == "MaxFailedIndexesExceeded");
    CHECK(failed("0-2", "3", {}) == "FailedIndexes");
    CHECK(failed("0-3", "", {}).empty());
}

TEST_CASE("a rule for success may end the job before all indexes have succeeded") {
    auto const met = [](std::optional<std::string> indexes, std::optional<std::int32_t> count) {
        auto w = world_of(make_job("count", 6, 6).indexed().with([&](kube::job& j) {
            auto& r = j.spec.success_policy.engage().rules.emplace_back();
            if (indexes) r.succeeded_indexes.engage() = *indexes;
            r.succeeded_count = count;
            j.status.completed_indexes = "1,3";
        }));
        return why(w) == "SuccessPolicy";
    };
    CHECK(met("1,3", {}));
    CHECK(!met("1-3", {}));
    CHECK(met("1-3", 2));
    CHECK(!met("2-3", 2));
    CHECK(met({}, 2));
    CHECK(!met({}, 3));
}

TEST_CASE("a job is complete when enough have succeeded and none is active") {
    auto const j = make_job("count", 2, 2);
    auto w = world_of(j, ended(pod_of(j, "a"), 0), ended(pod_of(j, "b"), 0));
    CHECK(kube::completion_of(progress_in(w, "count"), 0)->reason == "CompletionsReached");
    CHECK(!kube::completion_of(progress_in(w, "count"), 1));
    auto const any = make_job("count").with([](kube::job& o) { o.spec.completions.reset(); });
    auto none = world_of(any);
    CHECK(!kube::completion_of(progress_in(none, "count"), 0));
    auto one = world_of(any, ended(pod_of(any, "a"), 0));
    CHECK(kube::completion_of(progress_in(one, "count"), 0));
}

TEST_CASE("a condition that tells nothing new stays as it is") {
    auto s = kube::job_status();
    CHECK(!kube::set_condition(s, {"Suspended", "False", "R", "M"}, new_year));
    CHECK(kube::set_condition(s, {"Suspended", "True", "R", "M"}, new_year));
    CHECK(!kube::set_condition(s, {"Suspended", "True", "R", "M"}, new_year + seconds(1)));
    CHECK(s.conditions[0].last_transition_time == object::timestamp(new_year));
    CHECK(kube::set_condition(s, {"Suspended", "False", "R", "M"}, new_year + seconds(2)));
    CHECK(s.conditions[0].last_probe_time == object::timestamp(new_year + seconds(2)));
}
