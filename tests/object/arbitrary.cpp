#include "arbitrary.hpp"

#include "things.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace things;

TEST_CASE("every value of every form keeps the laws of all values") {
    auto draw = berth::random_engine(1);
    for (auto n = 0; n < 300; ++n) {
        auto const a = laws::value(object::type_of<thing>(), draw, {.rarity = 2});
        auto const b = laws::value(object::type_of<thing>(), draw, {.rarity = 2});
        REQUIRE(laws::broken_by(a, b) == "");
        REQUIRE(laws::notices_changes(a));
    }
}

TEST_CASE("the same seed gives the same value, another one another") {
    auto one = berth::random_engine(1);
    auto same = berth::random_engine(1);
    auto other = berth::random_engine(2);
    constexpr auto full = object::arbitrary_options{.rarity = 1, .depth = 4};
    auto const value = object::arbitrary<thing>(one, full);
    CHECK(value == object::arbitrary<thing>(same, full));
    CHECK_FALSE(value == object::arbitrary<thing>(other, full));
}

TEST_CASE("random values have all members now and then, and come to an end") {
    auto draw = berth::random_engine(3);
    auto const& type = object::type_of<body>();
    auto seen = std::vector<bool>(type.members.size());
    for (auto n = 0; n < 100; ++n) {
        auto const b = object::arbitrary<body>(draw, {.rarity = 1, .depth = 4});
        for (std::size_t i = 0; i < seen.size(); ++i)
            seen[i] = seen[i] || !type.members[i].type().is_zero(type.members[i].in(&b));
    }
    for (std::size_t i = 0; i < seen.size(); ++i) {
        CAPTURE(type.members[i].name);
        CHECK(seen[i]);
    }
}

TEST_CASE("values without what nobody described have none of it") {
    auto draw = berth::random_engine(4);
    for (auto n = 0; n < 50; ++n)
        CHECK_FALSE(object::arbitrary<body>(draw, {.rarity = 1, .depth = 3, .unknown = false}).unknown);
}
