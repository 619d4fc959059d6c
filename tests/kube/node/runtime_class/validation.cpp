/// \file
/// Which runtime classes are refused.

#include "../../complaints.hpp"

#include <berth/kube/node/runtime_class/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a runtime class has a handler that stays") {
    auto c = named<kube::runtime_class>();
    CHECK(complaints(c) == lines{"handler: Required value"});
    c.handler = "fast";
    CHECK(complaints(c).empty());
    auto other = c;
    other.handler = "slow";
    CHECK(complaints(other, c) == lines{"handler: Invalid value: \"slow\": field is immutable"});
}

TEST_CASE("what a runtime class adds to pods could stand in them, and each toleration once") {
    auto c = named<kube::runtime_class>();
    c.handler = "fast";
    c.overhead.engage().pod_fixed["cpu"] = quantity("-1");
    auto& s = c.scheduling.engage();
    s.tolerations.emplace_back().operator_ = "Exists";
    s.tolerations.push_back(s.tolerations[0]);
    auto const said = complaints(c);
    REQUIRE(said.size() == 2);
    CHECK(said[0] == "overhead.limits[cpu]: Invalid value: \"-1\": must be greater than or equal to 0");
    CHECK(said[1].starts_with("scheduling.tolerations[1]: Duplicate value: "));
}
