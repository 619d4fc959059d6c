/// \file
/// Berth's time values and those of the standard library.

#include <berth/core/chrono.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("spans and times are the same in the standard library") {
    STATIC_REQUIRE(to_chrono(seconds(3)) == std::chrono::seconds(3));
    STATIC_REQUIRE(to_chrono(nanoseconds(-5)) == std::chrono::nanoseconds(-5));
    STATIC_REQUIRE(to_chrono(time_point::from_unix_seconds(5)).time_since_epoch() == std::chrono::seconds(5));
    STATIC_REQUIRE(to_chrono(time_point::from_unix_seconds(-5)).time_since_epoch() ==
                   std::chrono::seconds(-5));
}
