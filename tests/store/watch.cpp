/// \file
/// What a cursor answers can be looped over where it is asked for.

#include <berth/store/memory.hpp>
#include <berth/store/operations.hpp>
#include <berth/store/watch.hpp>

#include <catch2/catch_test_macros.hpp>

#include <concepts>
#include <string>
#include <utility>
#include <vector>

using namespace berth;
using cursor = store::memory<std::string>::cursor;
using events = std::vector<store::event<std::string>>;

static_assert(std::same_as<decltype(std::declval<cursor&>().next().value()), events>,
              "a reference into an answer that dies would be left alone in the head of a loop");
static_assert(std::same_as<decltype(*std::declval<cursor&>().next()), events>);
static_assert(
    std::same_as<decltype(std::declval<store::batch<std::string> const&>().value()), events const&>);

TEST_CASE("the events of an answer can be looped over where it is asked for", "[store]") {
    auto s = store::memory<std::string>();
    auto c = s.watch({.range_end = std::string{store::unbounded}}).value();
    for (auto const* key : {"a", "b", "c"}) REQUIRE(store::put(s, key, std::string(100, 'v')));
    auto keys = std::string();
    for (auto const& e : c.next().value()) keys += std::string{e.kv.key()} + e.kv.value();
    CHECK(keys.size() == 303);
    REQUIRE(store::put(s, "d", "1"));
    for (auto& e : *c.next()) keys += e.kv.key();
    CHECK(keys.ends_with("d"));
}

TEST_CASE("an answer that is an error says so", "[store]") {
    auto s = store::memory<std::string>();
    auto c = s.watch({.key = "a", .start = 2}).value();
    for (auto i = 0; i < 3; ++i) REQUIRE(store::put(s, "a", "1"));
    REQUIRE(s.compact(4));
    auto const answer = c.next();
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == error_code::expired);
}
