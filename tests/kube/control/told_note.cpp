/// \file
/// What lasts is told once in a while.

#include "../vocabulary.hpp"

#include <berth/kube/control/told_note.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the same is told again after the period, something else at once") {
    auto const note = [](std::string message) { return reconcile::note{{}, "Normal", "Wait", message}; };
    auto memory = kube::told_note();
    auto const tell = [&](std::string message, duration after) {
        auto plan = reconcile::plan{};
        memory = kube::tell_again(plan, note(std::move(message)), memory, new_year + after, seconds(10));
        return std::pair(notes_of(plan).size(), plan.again_after);
    };
    CHECK(tell("a", seconds(0)) == std::pair(std::size_t{1}, std::optional(seconds(10))));
    CHECK(tell("a", seconds(4)) == std::pair(std::size_t{0}, std::optional(seconds(6))));
    CHECK(tell("b", seconds(5)) == std::pair(std::size_t{1}, std::optional(seconds(10))));
    CHECK(tell("b", seconds(15)) == std::pair(std::size_t{1}, std::optional(seconds(10))));
    CHECK(tell("b", seconds(1)) ==
          std::pair(std::size_t{1}, std::optional(seconds(10)))); // the clock was set
}
