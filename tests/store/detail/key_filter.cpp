/// \file
/// The filter never denies a key that is there, and denies nearly all that are not.

#include <berth/store/detail/key_filter.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using berth::store::detail::key_filter;

namespace {

auto key(int i) -> std::string { return "/registry/pods/default/pod-" + std::to_string(i); }

} // namespace

TEST_CASE("a filter of keys never denies one that is there, and nearly all that are not", "[store]") {
    auto filter = key_filter();
    CHECK_FALSE(filter.may_have(key(0)));
    for (auto i = 0; i < 5'000; ++i) filter.add(key(i));
    for (auto i = 0; i < 5'000; ++i) REQUIRE(filter.may_have(key(i)));
    auto wrong = 0;
    for (auto i = 5'000; i < 15'000; ++i) wrong += filter.may_have(key(i)) ? 1 : 0;
    CHECK(wrong < 1'500);
    for (auto i = 0; i < 5'000; ++i) filter.remove(key(i));
    for (auto i = 0; i < 5'000; ++i) REQUIRE_FALSE(filter.may_have(key(i)));
}

TEST_CASE("a filter of keys that is full in a place goes on to say that they may be there", "[store]") {
    auto filter = key_filter();
    for (auto i = 0; i < 300; ++i) filter.add("a");
    for (auto i = 0; i < 299; ++i) filter.remove("a");
    CHECK(filter.may_have("a"));
    CHECK_FALSE(filter.may_have("b"));
    for (auto const* shortest : {"", "b"}) {
        filter.add(shortest);
        CHECK(filter.may_have(shortest));
    }
}
