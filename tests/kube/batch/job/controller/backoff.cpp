/// \file
/// Pauses between pods.

#include "../job_words.hpp"

#include <berth/kube/batch/job/controller/backoff.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a pause is 10 seconds at first, doubles, and is 10 minutes at most") {
    auto const t = new_year;
    CHECK(kube::backoff_left(0, t, t) == duration());
    CHECK(kube::backoff_left(3, std::nullopt, t) == duration());
    CHECK(kube::backoff_left(1, t, t) == seconds(10));
    CHECK(kube::backoff_left(2, t, t + seconds(5)) == seconds(15));
    CHECK(kube::backoff_left(6, t, t) == seconds(320));
    CHECK(kube::backoff_left(7, t, t) == minutes(10));
    CHECK(kube::backoff_left(2'000'000'000, t, t) == minutes(10));
    CHECK(kube::backoff_left(1, t, t + seconds(11)) == duration());
}

TEST_CASE("failures count from the last success on, and each once") {
    auto const j = make_job("count", 9, 9);
    auto const at = [](std::int64_t n) { return new_year + seconds(n); };
    auto w = world_of(j, ended(pod_of(j, "a"), 1, at(1)), ended(pod_of(j, "b"), 1, at(5)));
    auto const first = progress_in(w, "count");
    auto const two = kube::with_ended({}, {}, first.newly_failed);
    CHECK(two.failures == 2);
    CHECK(two.last_failure == at(5));
    CHECK(kube::with_ended(two, {}, first.newly_failed) == two);
    auto more = world_of(j, ended(pod_of(j, "c"), 1, at(6)), ended(pod_of(j, "d"), 0, at(7)),
                         ended(pod_of(j, "e"), 1, at(8)));
    auto const later = progress_in(more, "count");
    auto const one = kube::with_ended(two, later.newly_succeeded, later.newly_failed);
    CHECK(one.failures == 1);
    CHECK(one.last_failure == at(8));
    auto const none = kube::with_ended(two, later.newly_succeeded, {});
    CHECK(none.failures == 0);
    CHECK(!none.last_failure);
}
