/// \file
/// Which keys a request means.

#include <berth/store/key_range.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth::store;

TEST_CASE("the end of a prefix is the first key behind all that begin with it", "[store]") {
    CHECK(prefix_end("a") == "b");
    CHECK(prefix_end("/registry/pods/") == "/registry/pods0");
    CHECK(prefix_end("a\xff") == "b");
    CHECK(prefix_end("a\x7f") == "a\x80");
    CHECK(prefix_end("a\xff\xff") == "b");
    CHECK(prefix_end("\xff\xff") == unbounded);
    CHECK(prefix_end("") == unbounded);
    CHECK(prefix_end(std::string{"a\0", 2}) == "a\x01");
}

TEST_CASE("a range without an end is one key", "[store]") {
    constexpr auto one = key_range{"b", ""};
    STATIC_REQUIRE(one.is_single());
    STATIC_REQUIRE(one.contains("b"));
    STATIC_REQUIRE(!one.contains("a") && !one.contains("ba") && !one.contains("c"));
    STATIC_REQUIRE(one.is_past("ba") && !one.is_past("b") && !one.is_past("a"));
}

TEST_CASE("a range with an end is half-open, and bytes are unsigned", "[store]") {
    constexpr auto some = key_range{"b", "d"};
    STATIC_REQUIRE(some.contains("b") && some.contains("c") && some.contains("czz"));
    STATIC_REQUIRE(!some.contains("a") && !some.contains("d"));
    CHECK(key_range{"a", "\xff"}.contains("\x80"));
    CHECK(!key_range{"d", "b"}.contains("c"));
}

TEST_CASE("the end of one zero byte is no end", "[store]") {
    constexpr auto rest = key_range{"b", unbounded};
    STATIC_REQUIRE(rest.contains("b") && rest.contains("zzz") && !rest.contains("a"));
    CHECK(rest.contains("\xff\xff"));
    CHECK(key_range{smallest_key, unbounded}.contains("a"));
}
