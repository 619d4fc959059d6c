/// \file
/// Which budgets of disruption are refused.

#include "../../complaints.hpp"

#include <berth/kube/policy/pod_disruption_budget/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a budget has one bound, which is a count or a part") {
    auto b = named<kube::pod_disruption_budget>();
    b.spec.min_available = object::int_or_string("101%");
    CHECK(complaints(b) ==
          lines{"spec.minAvailable: Invalid value: \"101%\": must not be greater than 100%"});
    b.spec.min_available = -1;
    b.spec.max_unavailable = object::int_or_string("half");
    b.spec.unhealthy_pod_eviction_policy = std::string("Never");
    auto const said = complaints(b, b);
    REQUIRE(said.size() == 4);
    CHECK(said[0].ends_with("minAvailable and maxUnavailable cannot be both set"));
    CHECK(said[1] == "spec.minAvailable: Invalid value: -1: must be greater than or equal to 0");
    CHECK(said[3] == "spec.unhealthyPodEvictionPolicy: Unsupported value: \"Never\": supported values: "
                     "\"AlwaysAllow\", \"IfHealthyBudget\"");
}

TEST_CASE("no count in a budget's status is negative") {
    auto b = named<kube::pod_disruption_budget>();
    b.status.expected_pods = -1;
    CHECK(status_complaints(b, b) ==
          lines{"status.expectedPods: Invalid value: -1: must be greater than or equal to 0"});
}
