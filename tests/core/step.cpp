/// \file
/// Wishes and signals of components.

#include <berth/core/step.hpp>

#include <catch2/catch_test_macros.hpp>

#include <utility>

using namespace berth;

TEST_CASE("the sooner of two wishes wins") {
    constexpr auto early = wake::at({1});
    constexpr auto late = wake::at({2});
    STATIC_REQUIRE(sooner(early, late) == early);
    STATIC_REQUIRE(sooner(late, early) == early);
    for (auto const w : {wake::again(), early, wake::signalled()}) {
        CHECK(sooner(w, wake::again()) == wake::again());
        CHECK(sooner(wake::again(), w) == wake::again());
        CHECK(sooner(w, wake::signalled()) == w);
        CHECK(sooner(wake::signalled(), w) == w);
    }
}

TEST_CASE("a signal calls those who are subscribed, and only as long as they are") {
    auto calls = 0;
    auto const counting = waker{[](void* n) { ++*static_cast<int*>(n); }, &calls};
    auto bell = wake_signal();
    {
        auto a = bell.subscribe(counting);
        auto const b = bell.subscribe(counting);
        bell.notify();
        CHECK(calls == 2);
        auto moved = std::move(a);
        bell.notify();
        CHECK(calls == 4);
        moved = {};
        bell.notify();
        CHECK(calls == 5);
    }
    bell.notify();
    CHECK(calls == 5);
    waker{}();
}
