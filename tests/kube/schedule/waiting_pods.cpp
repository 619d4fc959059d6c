/// \file
/// In which order, and when, pods without a node are tried.

#include "../vocabulary.hpp"

#include <berth/kube/schedule/waiting_pods.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto waiting(std::string name, std::int32_t priority = 0) -> kube::pod_info {
    auto const p = make_pod(std::move(name)).with([&](kube::pod& o) { o.spec.priority = priority; });
    return kube::pod_info(object::stored<kube::pod>({object::any_object(p.done()), 1}));
}

/// The name of the pod that is next, or an empty text.
auto next(kube::waiting_pods& pods, time_point now) -> std::string {
    auto const p = pods.take(now);
    return p ? p->value->metadata.name : std::string();
}

auto later(std::int64_t milli) -> time_point { return new_year + milliseconds(milli); }

} // namespace

TEST_CASE("a greater priority goes first, then who came first") {
    auto pods = kube::waiting_pods();
    pods.put(waiting("a"), true, new_year);
    pods.put(waiting("b", 10), true, new_year);
    pods.put(waiting("c", -5), true, new_year);
    pods.put(waiting("d"), true, new_year);
    CHECK(pods.size() == 4);
    CHECK(pods.next_ready(new_year) == new_year);
    CHECK(next(pods, new_year) == "b");
    CHECK(next(pods, new_year) == "a");
    CHECK(next(pods, new_year) == "d");
    CHECK(next(pods, new_year) == "c");
    CHECK(next(pods, new_year).empty());
}

TEST_CASE("a priority that changes while a pod waits counts") {
    auto pods = kube::waiting_pods();
    pods.put(waiting("a"), true, new_year);
    pods.put(waiting("b"), true, new_year);
    pods.put(waiting("b", 7), true, new_year);
    CHECK(pods.size() == 2);
    CHECK(next(pods, new_year) == "b");
    CHECK(next(pods, new_year) == "a");
}

TEST_CASE("a pod that found no node stays away until something changes") {
    auto pods = kube::waiting_pods();
    pods.put(waiting("a"), true, new_year);
    CHECK(next(pods, new_year) == "a");
    CHECK(next(pods, later(200'000)).empty());
    pods.moved(later(200'000));
    CHECK(next(pods, later(200'000)) == "a");
}

TEST_CASE("the back-off is one second, doubles with each attempt, and is ten seconds at most") {
    auto pods = kube::waiting_pods();
    pods.put(waiting("a"), true, new_year);
    auto now = new_year;
    for (auto const wait : {1, 2, 4, 8, 10, 10}) {
        CHECK(next(pods, now) == "a");
        pods.moved(now);
        CHECK(pods.next_ready(now) == now + seconds(wait));
        CHECK(next(pods, now + seconds(wait) - milliseconds(1)).empty());
        now = now + seconds(wait);
    }
}

TEST_CASE("a change late in the wait does not make it longer") {
    auto pods = kube::waiting_pods();
    pods.put(waiting("a"), true, new_year);
    CHECK(next(pods, new_year) == "a");
    pods.moved(later(400));
    pods.moved(later(900));
    CHECK(pods.next_ready(later(900)) == later(1000));
}

TEST_CASE("a pod for which nothing changes is tried again after five minutes") {
    auto pods = kube::waiting_pods();
    pods.put(waiting("a"), true, new_year);
    CHECK(next(pods, new_year) == "a");
    CHECK(pods.next_ready(new_year) == new_year + minutes(5));
    CHECK(next(pods, new_year + minutes(5)) == "a");
}

TEST_CASE("a parked pod is tried again for a change of its own that helps, and for no other") {
    auto pods = kube::waiting_pods();
    pods.put(waiting("a"), true, new_year);
    CHECK(next(pods, new_year) == "a");
    pods.put(waiting("a"), false, later(2000));
    CHECK(next(pods, later(2000)).empty());
    pods.put(waiting("a"), true, later(2000));
    CHECK(next(pods, later(2000)) == "a");
}

TEST_CASE("pods of one priority that are tried again take turns") {
    auto pods = kube::waiting_pods();
    pods.put(waiting("a"), true, new_year);
    pods.put(waiting("b"), true, new_year);
    CHECK(next(pods, new_year) == "a");
    pods.put(waiting("c"), true, new_year);
    pods.moved(later(1500));
    CHECK(next(pods, later(1500)) == "b");
    CHECK(next(pods, later(1500)) == "a");
    CHECK(next(pods, later(1500)) == "c");
}

TEST_CASE("a pod whose binding failed is tried again though nothing changes") {
    auto pods = kube::waiting_pods();
    pods.put(waiting("a"), true, new_year);
    CHECK(next(pods, new_year) == "a");
    pods.retry("uid-of-a", new_year);
    CHECK(pods.next_ready(new_year) == later(1000));
    CHECK(next(pods, later(1000)) == "a");
    pods.retry("nobody", later(1000));
}

TEST_CASE("a pod that is removed is not tried, be it active or parked") {
    auto pods = kube::waiting_pods();
    pods.put(waiting("a"), true, new_year);
    pods.put(waiting("b"), true, new_year);
    CHECK(next(pods, new_year) == "a");
    CHECK(pods.find("uid-of-a") != nullptr);
    CHECK(pods.remove("uid-of-a"));
    CHECK(pods.remove("uid-of-b"));
    CHECK_FALSE(pods.remove("uid-of-b"));
    CHECK(pods.find("uid-of-a") == nullptr);
    CHECK(pods.size() == 0);
    CHECK_FALSE(pods.next_ready(new_year).has_value());
    CHECK(next(pods, new_year + minutes(60)).empty());
}
