/// \file
/// Which conditions are refused.

#include "../../complaints.hpp"

#include <berth/kube/meta/validation/conditions.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a condition has a type of its own, a status, a time and a reason") {
    auto all = object::list<object::condition>();
    auto& c = all.emplace_back();
    c.type = "Ready";
    c.status = "Maybe";
    c.observed_generation = -1;
    c.reason = "because:";
    all.push_back(c);
    all[1].status = "True";
    all[1].observed_generation = 1;
    all[1].last_transition_time = object::timestamp(time_point::from_unix_seconds(1));
    all[1].reason = "Because";
    auto const said = said_by(
        [&](auto& errors) { kube::detail::validate_conditions(all, api::field_path("conditions"), errors); });
    REQUIRE(said.size() == 5);
    CHECK(said[0] == "conditions[0].status: Unsupported value: \"Maybe\": supported values: \"False\", "
                     "\"True\", \"Unknown\"");
    CHECK(said[1].ends_with("must be greater than or equal to zero"));
    CHECK(said[2] == "conditions[0].lastTransitionTime: Required value: must be set");
    CHECK(said[3].starts_with(
        "conditions[0].reason: Invalid value: \"because:\": a condition reason must start"));
    CHECK(said[4] == "conditions[1].type: Duplicate value: \"Ready\"");
}
