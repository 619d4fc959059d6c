/// \file
/// Turns as keys came.

#include <berth/reconcile/turns.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth::reconcile;

TEST_CASE("turns come in the order in which keys came, however many wait") {
    auto turns = turns_as_they_came();
    CHECK_FALSE(turns.ready());
    CHECK(turns.pop() == detail::nowhere);
    auto next = std::uint32_t{0};
    auto expected = std::uint32_t{0};
    for (auto round = 0; round < 50; ++round) {
        for (auto n = 0; n < round; ++n) turns.push(next++, "key");
        for (auto n = 0; n < round / 2; ++n) REQUIRE(turns.pop() == expected++);
        CHECK(turns.size() == next - expected);
        CHECK(turns.ready() == (next != expected));
    }
}
