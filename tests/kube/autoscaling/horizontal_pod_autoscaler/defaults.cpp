/// \file
/// What an autoscaler is when its manifest does not say.

#include "../../vocabulary.hpp"

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/defaults.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/validation.hpp>
#include <berth/object/codec.hpp>

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
    a.spec.behavior.engage().scale_down.engage().policies.engage().push_back({"Pods", 1, 30, {}});
    set_defaults(a);
    auto const& down = *a.spec.behavior->scale_down;
    REQUIRE(down.policies);
    CHECK(down.policies->size() == 1);
    CHECK(*down.select_policy == "Max");
    CHECK_FALSE(down.stabilization_window_seconds);
    auto const& up = *a.spec.behavior->scale_up;
    CHECK(up.stabilization_window_seconds == 0);
    REQUIRE(up.policies);
    REQUIRE(up.policies->size() == 2);
    CHECK((*up.policies)[0].value == 4);
    CHECK((*up.policies)[1].type == "Percent");
}

TEST_CASE("a list of policies that is there, though empty, is not taken for none") {
    auto const read = object::from_json_text<kube::horizontal_pod_autoscaler>(
        R"({"spec":{"behavior":{"scaleUp":{"policies":[]},"scaleDown":{"policies":null}}}})");
    REQUIRE(read);
    auto a = *read;
    kube::set_defaults(a);
    REQUIRE(a.spec.behavior->scale_up->policies);
    CHECK(a.spec.behavior->scale_up->policies->empty());
    CHECK(a.spec.behavior->scale_down->policies->size() == 1);
    auto errors = api::field_errors();
    kube::validate(a, errors);
    auto told = std::string();
    for (auto const& c : errors.causes())
        if (c.field.starts_with("spec.behavior")) told += c.field + ": " + c.message;
    CHECK(told == "spec.behavior.scaleUp.policies: Required value: must specify at least one Policy");
}
