/// \file
/// Clocks of the machine.

#include <berth/core/chrono.hpp>
#include <berth/core/clock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>

using namespace berth;

TEST_CASE("the wall clock tells the time of the standard library's") {
    auto const before = std::chrono::system_clock::now();
    auto const now = to_chrono(system_clock{}.now());
    auto const after = std::chrono::system_clock::now();
    CHECK(now >= before - std::chrono::microseconds(1));
    CHECK(now <= after);
}

TEST_CASE("the monotonic clock does not go back") {
    auto last = monotonic.now();
    for (auto i = 0; i < 1000; ++i) {
        auto const now = monotonic.now();
        CHECK(last <= now);
        last = now;
    }
}
