/// \file
/// How a server is told the time: it asks each time, and takes nothing that is no time.

#include <berth/api/clock_function.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <type_traits>

using namespace berth;
using api::clock_function;

TEST_CASE("the time is asked for each time, and copies ask the same clock") {
    auto seconds = 0;
    auto const clock = clock_function([&] { return time_point::from_unix_seconds(++seconds); });
    auto const copy = clock;
    CHECK(clock() == time_point::from_unix_seconds(1));
    CHECK(copy() == time_point::from_unix_seconds(2));
    CHECK(clock() == time_point::from_unix_seconds(3));
}

TEST_CASE("only what tells a time is a clock") {
    struct asks {
        auto operator()(int) const -> time_point { return {}; }
    };
    struct tells_text {
        auto operator()() const -> std::string { return {}; }
    };
    struct goes_on {
        time_point now{};
        auto operator()() -> time_point { return now = now + berth::seconds(1); }
    };
    STATIC_REQUIRE(std::is_constructible_v<clock_function, auto (*)()->time_point>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<clock_function, asks>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<clock_function, tells_text>);
    auto const clock = clock_function(goes_on{}); // one with a state of its own
    auto const first = clock();
    CHECK(clock() == first + seconds(1));
}
