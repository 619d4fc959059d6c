/// \file
/// Priority classes: what is refused, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/scheduling/priority_class/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the highest priorities are the system's") {
    auto p = named<kube::priority_class>();
    p.value = 1'000'000'001;
    CHECK(complaints(p) ==
          lines{"value: Forbidden: maximum allowed value of a user defined priority is 1000000000"});
    p.metadata.name = "system-mine";
    CHECK(complaints(p)[0].ends_with("error: system-mine is not a known system priority class"));
}

TEST_CASE("the system's own classes have its values") {
    auto p = named<kube::priority_class>("system-node-critical");
    p.value = 2'000'001'000;
    CHECK(complaints(p).empty());
    p.global_default = true;
    CHECK(complaints(p)[0].ends_with(
        "error: globalDefault of system-node-critical PriorityClass must be false"));
    p.value = 1;
    CHECK(
        complaints(p)[0].ends_with("error: value of system-node-critical PriorityClass must be 2000001000"));
}

TEST_CASE("a class keeps its value and its policy") {
    auto before = named<kube::priority_class>();
    before.preemption_policy.engage() = "Never";
    auto now = before;
    now.value = 5;
    now.preemption_policy.reset();
    CHECK(complaints(now, before) == lines{"value: Forbidden: may not be changed in an update.",
                                           "preemptionPolicy: Invalid value: null: field is immutable"});
}
