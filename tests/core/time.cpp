/// \file
/// Times and spans as integers.

#include <berth/core/time.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>

using namespace berth;

TEST_CASE("spans and points in time can be reckoned with") {
    STATIC_REQUIRE(seconds(1) == milliseconds(1000));
    STATIC_REQUIRE(milliseconds(1) == microseconds(1000));
    STATIC_REQUIRE(minutes(2) == seconds(120));
    STATIC_REQUIRE(seconds(3) - seconds(1) == seconds(1) * 2);
    STATIC_REQUIRE(seconds(3) / 3 == seconds(1));
    constexpr auto t = time_point::from_unix_seconds(100);
    STATIC_REQUIRE((t + seconds(5)) - t == seconds(5));
    STATIC_REQUIRE(t - seconds(1) < t);
}

TEST_CASE("what is too late or too long is as late or as long as can be") {
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    constexpr auto now = time_point::from_unix_seconds(1'767'225'600);
    STATIC_REQUIRE(seconds(10'000'000'000) == duration{most});
    STATIC_REQUIRE(seconds(-10'000'000'000) == duration{least});
    STATIC_REQUIRE(minutes(most) == duration{most});
    STATIC_REQUIRE(milliseconds(least) == duration{least});
    STATIC_REQUIRE(microseconds(most) == duration{most});
    STATIC_REQUIRE(now + seconds(10'000'000'000) == time_point{most});
    STATIC_REQUIRE(now - seconds(10'000'000'000) < now);
    STATIC_REQUIRE(time_point{-2} + duration{least} == time_point{least});
    STATIC_REQUIRE(time_point{2} - duration{least} == time_point{most});
    STATIC_REQUIRE(time_point{most} - time_point{least} == duration{most});
    STATIC_REQUIRE(time_point{least} - time_point{most} == duration{least});
    STATIC_REQUIRE(duration{most} + duration{1} == duration{most});
    STATIC_REQUIRE(duration{least} - duration{1} == duration{least});
    STATIC_REQUIRE(duration{least} * -1 == duration{most});
    STATIC_REQUIRE(duration{least} / -1 == duration{most});
    STATIC_REQUIRE(time_point::from_unix_seconds(most) == time_point{most});
    STATIC_REQUIRE(time_point::from_unix_seconds(least) == time_point{least});
    STATIC_REQUIRE(time_point{most}.unix_seconds() == 9'223'372'036);
}

TEST_CASE("whole seconds are rounded down, before 1970 too") {
    STATIC_REQUIRE(time_point{1'999'999'999}.unix_seconds() == 1);
    STATIC_REQUIRE(time_point{-1}.unix_seconds() == -1);
    STATIC_REQUIRE(time_point{-1'000'000'000}.unix_seconds() == -1);
}
