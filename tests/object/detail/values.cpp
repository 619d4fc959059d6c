/// \file
/// A copy that fails somewhere leaves nothing behind and changes nothing.

#include "../fragile.hpp"

#include <berth/object/arbitrary.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>
#include <vector>

using faults::fragile;
using faults::let_fail;
using faults::outer;

TEST_CASE("a copy that fails anywhere leaves nothing behind") {
    auto draw = berth::random_engine(1);
    {
        auto const value = berth::object::arbitrary<outer>(draw, {.rarity = 1});
        auto const& type = berth::object::type_of<outer>();
        CHECK(let_fail([&] { auto const copied = berth::object::boxed<outer>(value); }) > 15);
        CHECK(let_fail([&] { type.destroy(type.clone(&value)); }) > 15);
    }
    CHECK(fragile::alive == 0);
}

TEST_CASE("a value to which nothing could be assigned is as it was") {
    auto draw = berth::random_engine(2);
    auto const value = berth::object::arbitrary<outer>(draw, {.rarity = 1});
    auto const before = berth::object::arbitrary<outer>(draw, {.rarity = 1});
    auto const& type = berth::object::type_of<outer>();
    auto target = before;
    let_fail([&] {
        REQUIRE(target == before);
        type.assign(&target, &value);
    });
    CHECK(target == value);
}

TEST_CASE("a list to which nothing could be added is as it was") {
    auto draw = berth::random_engine(3);
    auto const value = berth::object::arbitrary<faults::inner>(draw, {.rarity = 1});
    auto const before = berth::object::list<faults::inner>{value, value};
    auto target = before;
    CHECK(let_fail([&] {
              REQUIRE(target == before);
              target.insert(target.begin() + 1, before.begin(), before.end());
          }) > 3);
    CHECK(target.size() == 4);
}
