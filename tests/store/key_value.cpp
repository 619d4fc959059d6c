/// \file
/// The handle on one version of one key.

#include <berth/store/key_value.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>

using pair_type = berth::store::key_value<std::string>;

TEST_CASE("an empty pair is false and reads as zeros", "[store]") {
    auto const none = pair_type{};
    CHECK(!none);
    CHECK(none.key().empty());
    CHECK(none.value().empty());
    CHECK(none.version() == 0);
    CHECK(none.create_revision() == 0);
    CHECK(none.mod_revision() == 0);
    CHECK(none.lease() == 0);
    CHECK(none == pair_type{});
}

TEST_CASE("a pair has what it was made from, its lease too", "[store]") {
    auto const kv = pair_type::make("key", {.mod = 7, .create = 5, .version = 2, .lease = 99}, "value");
    CHECK(kv);
    CHECK(kv.key() == "key");
    CHECK(kv.value() == "value");
    CHECK(kv.mod_revision() == 7);
    CHECK(kv.create_revision() == 5);
    CHECK(kv.version() == 2);
    CHECK(kv.lease() == 99);
}

TEST_CASE("copies share, and compare by contents", "[store]") {
    auto const kv = pair_type::make("key", {.mod = 7, .create = 7, .version = 1}, "value");
    auto copy = kv;
    CHECK(&copy.value() == &kv.value());
    CHECK(copy == kv);
    CHECK(pair_type::make("key", {.mod = 7, .create = 7, .version = 1}, "value") == kv);
    CHECK(pair_type::make("key", {.mod = 7, .create = 7, .version = 1}, "other") != kv);
    CHECK(pair_type::make("key", {.mod = 8, .create = 7, .version = 1}, "value") != kv);
    CHECK(kv != pair_type{});
    auto const moved = std::move(copy);
    CHECK(moved == kv);
    copy = moved;
    CHECK(copy == kv);
    auto& same = copy;
    copy = same;
    CHECK(copy == kv);
}
