/// \file
/// What an autoscaler is when its manifest does not say.

#include "../../vocabulary.hpp"

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("an autoscaler goes by the CPU that pods request, unless it says by what") {
    auto a = kube::horizontal_pod_autoscaler();
    set_defaults(a);
    CHECK(a.spec.min_replicas == 1);
    REQUIRE(a.spec.metrics.size() == 1);
    CHECK(a.spec.metrics[0].resource_->name == "cpu");
    CHECK(a.spec.metrics[0].resource_->target.average_utilization == 80);
    CHECK_FALSE(a.spec.behavior);
}

TEST_CASE("rules that are given in part are made whole, and what is given is kept") {
    auto a = kube::horizontal_pod_autoscaler();
    a.spec.behavior.engage().scale_down.engage().policies.push_back({"Pods", 1, 30, {}});
    set_defaults(a);
    auto const& down = *a.spec.behavior->scale_down;
    CHECK(down.policies.size() == 1);
    CHECK(*down.select_policy == "Max");
    CHECK_FALSE(down.stabilization_window_seconds);
    auto const& up = *a.spec.behavior->scale_up;
    CHECK(up.stabilization_window_seconds == 0);
    REQUIRE(up.policies.size() == 2);
    CHECK(up.policies[0].value == 4);
    CHECK(up.policies[1].type == "Percent");
}
