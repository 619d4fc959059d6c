/// \file
/// Which pods a job makes and takes away.

#include "../job_words.hpp"

#include <berth/kube/batch/job/controller/manage.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto changes(reconcile::world& w, time_point now = new_year, kube::job_backoff const& backoff = {})
    -> kube::job_changes {
    return kube::changes_of(progress_in(w, "count"), backoff, now);
}

/// The indexes of the pods that are made.
auto made(kube::job_changes const& c) -> std::vector<std::int64_t> {
    auto out = std::vector<std::int64_t>();
    for (auto const& p : c.missing) out.push_back(*kube::completion_index(p));
    return out;
}

} // namespace

TEST_CASE("no more pods are active than may be, nor than are still to succeed") {
    auto const j = make_job("count", 5, 3);
    auto fresh = world_of(j);
    CHECK(changes(fresh).missing.size() == 3);
    auto late = world_of(make_job("count", 5, 3).with([](kube::job& o) { o.status.succeeded = 4; }));
    CHECK(changes(late).missing.size() == 1);
    auto many = world_of(make_job("count", 5, 1), pod_of(j, "a"), pod_of(j, "b").on("n"), pod_of(j, "c"));
    CHECK(changes(many).surplus.size() == 2);
    CHECK(changes(many).missing.empty());
}

TEST_CASE("without a number of completions pods are made until the first has succeeded") {
    auto const j = make_job("count", 1, 3).with([](kube::job& o) { o.spec.completions.reset(); });
    auto w = world_of(j, pod_of(j, "a"));
    CHECK(changes(w).missing.size() == 2);
    auto done = world_of(j, pod_of(j, "a"), ended(pod_of(j, "b"), 0));
    CHECK(changes(done).missing.empty());
    CHECK(changes(done).surplus.empty());
}

TEST_CASE("a suspended job has no active pods") {
    auto const j = make_job("count", 5, 3).suspended();
    auto w = world_of(j, pod_of(j, "a"), pod_of(j, "b").ready(), ended(pod_of(j, "c"), 0));
    CHECK(changes(w).surplus.size() == 2);
}

TEST_CASE("a pod that leaves is replaced at once, or when it is over") {
    auto const j = make_job("count", 2, 2);
    auto w = world_of(j, pod_of(j, "a").deleting(), pod_of(j, "b"));
    CHECK(changes(w).missing.size() == 1);
    auto waits = world_of(make_job("count", 2, 2).patient(), pod_of(j, "a").deleting(), pod_of(j, "b"));
    CHECK(changes(waits).missing.empty());
}

TEST_CASE("the first indexes come first, and those that are over never") {
    auto const j = make_job("count", 9, 4).indexed().per_index(3).with([](kube::job& o) {
        o.status.completed_indexes = "0,2";
        o.status.failed_indexes.engage() = "3";
    });
    auto w = world_of(j, pod_of(j, "a", 4));
    CHECK(made(changes(w)) == std::vector<std::int64_t>{1, 5, 6});
    auto waits = world_of(make_job(j).patient(), pod_of(j, "a", 4), pod_of(j, "b", 1).deleting());
    CHECK(made(changes(waits)) == std::vector<std::int64_t>{5, 6});
}

TEST_CASE("after failures there is a pause, of the job or of each index") {
    auto w = world_of(make_job("count", 2, 2));
    auto const held = changes(w, new_year + seconds(4), {1, new_year, {}});
    CHECK(held.missing.empty());
    CHECK(held.again_after == seconds(6));
    auto const j = make_job("count", 3, 3).indexed().per_index(5);
    auto const again = std::string(kube::index_failures_key);
    auto per = world_of(j, ended(pod_of(j, "a", 0).annotation(again, "1"), 1), ended(pod_of(j, "b", 1), 1));
    auto const some = changes(per, new_year + seconds(12), {9, new_year, {}});
    CHECK(made(some) == std::vector<std::int64_t>{1, 2});
    CHECK(some.again_after == seconds(8));
}

TEST_CASE("one plan makes or takes away no more than 500 pods") {
    auto w = world_of(make_job("count", 2000, 2000));
    CHECK(changes(w).missing.size() == 500);
}
