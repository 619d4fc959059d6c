/// \file
/// Virtual time.

#include <berth/sim/virtual_clock.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("virtual time stands still until it is told to go on, and never goes back") {
    auto const clock = sim::virtual_clock(time_point::from_unix_seconds(100));
    auto const same = clock;
    CHECK(clock.now().unix_seconds() == 100);
    clock.advance(seconds(5));
    CHECK(same.now().unix_seconds() == 105);
    clock.advance_to(time_point::from_unix_seconds(50));
    CHECK(same.now().unix_seconds() == 105);
}
