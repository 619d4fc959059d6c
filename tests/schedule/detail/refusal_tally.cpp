#include <berth/schedule/detail/refusal_tally.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace {

using namespace berth::schedule;
using detail::told;

auto refusing(verdict says, std::string by = "fits") -> told {
    auto out = told();
    out.says = std::move(says);
    out.by = std::move(by);
    return out;
}

TEST_CASE("a tally counts who refuses alike, and forgets who does not any more") {
    auto tally = detail::refusal_tally();
    tally.reset(3);
    CHECK(!tally.says(0, refusing(reject("full"))));
    CHECK(tally.put(0, refusing(reject("full"))));
    CHECK(tally.put(1, refusing(reject("full"))));
    CHECK(tally.put(2, refusing(rule_out("cordoned"), "cordon")));
    CHECK(tally.whole().summary() == "0/3 nodes are available: 1 cordoned, 2 full.");
    CHECK(tally.count(grade::rejected) == 2);
    CHECK(tally.how(2) == grade::ruled_out);
    CHECK(tally.put(1, refusing(rule_out("cordoned"), "cordon")));
    CHECK(tally.says(1, refusing(rule_out("cordoned"), "cordon")));
    tally.drop(0);
    CHECK(tally.whole().alike == same_refusals({{2, "cordon", rule_out("cordoned")}}));
}

TEST_CASE("what speaks of the task is counted apart, and told once") {
    auto tally = detail::refusal_tally();
    tally.reset(2);
    CHECK(tally.put(0, refusing(reject("no claim").about_the_task())));
    CHECK(tally.put(1, refusing(reject("no claim").about_the_task())));
    CHECK(tally.whole().alike.size() == 1);
    CHECK(tally.whole().summary() == "0/2 nodes are available: no claim.");
}

TEST_CASE(
    "a tally keeps 255 different refusals, and gives the room of one that nobody says any more to another") {
    auto tally = detail::refusal_tally();
    tally.reset(300);
    for (std::size_t i = 0; i < 255; ++i) REQUIRE(tally.put(i, refusing(reject(std::to_string(i)))));
    CHECK(!tally.put(255, refusing(reject(std::string("one more")))));
    CHECK(tally.put(255, refusing(reject(std::string("7")))));
    CHECK(tally.put(3, refusing(reject(std::string("one more")))));
    CHECK(tally.how(256) == grade::accepted);
}

TEST_CASE("a tally tells when it may have become another") {
    auto tally = detail::refusal_tally();
    tally.reset(2);
    CHECK(tally.put(0, refusing(reject("full"))));
    CHECK(tally.put(1, refusing(reject("full"))));
    auto const before = tally.changes();
    CHECK(tally.says(0, refusing(reject("full"))));
    CHECK(!tally.says(0, refusing(reject("full"), "ports")));
    CHECK(tally.put(0, refusing(reject("full")))); // as before
    CHECK(tally.changes() == before);
    CHECK(tally.put(0, refusing(reject("cordoned"))));
    auto const after = tally.changes();
    CHECK(after != before);
    tally.drop(0);
    CHECK(tally.changes() != after);
}

} // namespace
