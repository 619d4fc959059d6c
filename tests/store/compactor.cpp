/// \file
/// A compactor forgets what is old, and nothing else.

#include <berth/store/compactor.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/operations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;

TEST_CASE("the past of a store at rest goes when it is old enough, and the present stays", "[store]") {
    auto s = store::memory<std::string>();
    auto forgets = store::compactor(s, {.age = minutes(5)});
    auto const start = time_point::from_unix_seconds(1'000);
    for (auto n = 0; n < 10; ++n) REQUIRE(store::put(s, "a", std::to_string(n)));
    CHECK(forgets.step(start) == wake::at(start + minutes(5)));
    REQUIRE(store::put(s, "a", "young"));
    CHECK(forgets.step(start + minutes(4)) == wake::at(start + minutes(5))); // woken early
    CHECK(s.compacted() == 0);
    CHECK(forgets.step(start + minutes(5)) == wake::at(start + minutes(10)));
    CHECK(forgets.forgot());
    CHECK(s.compacted() == 11);
    CHECK(s.range({.key = "a", .revision = 11})->kvs.front().value() == "9");
    CHECK(s.range({.key = "a", .revision = 10}).error().code == error_code::expired);
    CHECK(store::get(s, "a")->value() == "young");
    (void)forgets.step(start + minutes(10));
    CHECK(s.compacted() == 12);
    CHECK(store::get(s, "a")->value() == "young");
}

TEST_CASE("a store that nobody writes to, or that others compact further, is left alone", "[store]") {
    auto s = store::memory<std::string>();
    auto forgets = store::compactor(s, {.age = seconds(1)});
    auto now = time_point::from_unix_seconds(1'000);
    for (auto n = 0; n < 5; ++n, now = now + seconds(1)) {
        (void)forgets.step(now);
        CHECK_FALSE(forgets.forgot());
    }
    CHECK(s.compacted() == 0);
    for (auto n = 0; n < 10; ++n) REQUIRE(store::put(s, "a", "x"));
    (void)forgets.step(now);
    REQUIRE(store::put(s, "a", "x"));
    REQUIRE(s.compact(s.revision()));
    (void)forgets.step(now + seconds(1));
    CHECK_FALSE(forgets.forgot());
    CHECK(s.compacted() == s.revision());
}
