/// \file
/// How far a job has come.

#include "../job_words.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("what has ended is counted once, whether the status tells it or not") {
    auto j = make_job("count", 9, 9).with([](kube::job& o) {
        o.status.succeeded = 2;
        o.status.failed = 1;
        auto& uncounted = o.status.uncounted_terminated_pods.engage();
        uncounted.succeeded = {"uid-of-known", "uid-of-gone"};
        uncounted.failed = {"uid-of-lost"};
    });
    auto w = world_of(j, ended(pod_of(j, "known"), 0), ended(pod_of(j, "new"), 0), ended(pod_of(j, "bad"), 1),
                      ended(pod_of(j, "lost"), 1), pod_of(j, "runs").ready(),
                      ended(make_pod("old").label("app", "count").owned_by(j), 0));
    auto const p = progress_in(w, "count");
    CHECK(p.succeeded == 2 + 2 + 1);
    CHECK(p.failed == 1 + 1 + 1);
    CHECK(p.active.size() == 1);
}

TEST_CASE("failures that are to be ignored are none") {
    auto j = make_job("count", 9, 9);
    auto& codes = j.failure_rule("Ignore").on_exit_codes.engage();
    codes.operator_ = "In";
    codes.values = {3};
    auto w = world_of(j, ended(pod_of(j, "a"), 3), ended(pod_of(j, "b"), 4));
    auto const p = progress_in(w, "count");
    CHECK(p.failed == 1);
    CHECK(p.newly_failed.size() == 2);
}

TEST_CASE("an indexed job counts indexes, and fails those that failed too often") {
    auto j = make_job("count", 9, 9).indexed().per_index(1).with([](kube::job& o) {
        o.status.completed_indexes = "1,3-4";
        o.status.failed_indexes.engage() = "8";
    });
    auto const again = std::string(kube::index_failures_key);
    auto w = world_of(j, ended(pod_of(j, "a", 5), 0), ended(pod_of(j, "b", 5), 0),
                      ended(pod_of(j, "c", 9), 0), ended(pod_of(j, "d", 6).annotation(again, "1"), 1),
                      ended(pod_of(j, "e", 7), 1), ended(pod_of(j, "f", 0), 1), pod_of(j, "g", 0));
    auto const p = progress_in(w, "count");
    CHECK(p.completed.to_string() == "1,3-5");
    CHECK(p.succeeded == 4);
    CHECK(p.failed_indexes.to_string() == "6,8");
    REQUIRE(p.to_replace.size() == 1);
    CHECK(p.to_replace.at(7)->metadata.name == "e");
}
