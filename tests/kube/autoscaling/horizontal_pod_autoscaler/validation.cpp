/// \file
/// Which autoscalers are refused.

#include "../../complaints.hpp"

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/defaults.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto sound() -> kube::horizontal_pod_autoscaler {
    auto a = named<kube::horizontal_pod_autoscaler>();
    a.spec.scale_target_ref = {"Deployment", "web", "apps/v1", {}};
    a.spec.max_replicas = 5;
    set_defaults(a);
    return a;
}

} // namespace

TEST_CASE("an autoscaler has bounds in order and a target in a group") {
    CHECK(complaints(sound()).empty());
    auto a = sound();
    a.spec.min_replicas = 0;
    a.spec.max_replicas = -1;
    a.spec.scale_target_ref.api_version = "v1";
    CHECK(complaints(a) ==
          lines{"spec.minReplicas: Invalid value: 0: must be greater than or equal to 1",
                "spec.maxReplicas: Required value: must be set and greater than 0",
                "spec.maxReplicas: Invalid value: -1: must be greater than or equal to `minReplicas`",
                "spec.scaleTargetRef.apiVersion: Invalid value: \"v1\": apiVersion must specify API group",
                "spec.metrics: Forbidden: must specify at least one Object or External metric to support "
                "scaling to zero replicas"});
    a = sound();
    a.spec.scale_target_ref = {"ReplicationController", "web", "v1", {}};
    CHECK(complaints(a).empty());
}

TEST_CASE("what an autoscaler was before it may stay") {
    auto before = sound();
    before.spec.scale_target_ref.api_version = "a/b/c";
    before.spec.min_replicas = 0;
    auto now = before;
    now.spec.min_replicas = 1;
    CHECK(complaints(now).size() == 1);
    CHECK(complaints(now, before).empty());
}

TEST_CASE("rules of an autoscaler have policies, each of a size and a time") {
    auto a = sound();
    auto& up = a.spec.behavior.engage().scale_up.engage();
    up.stabilization_window_seconds = 3601;
    up.select_policy = std::string("Most");
    up.policies.engage().push_back({"Nodes", 0, 1801, {}});
    a.spec.behavior->scale_down.engage().tolerance = quantity("-1");
    CHECK(
        complaints(a) ==
        lines{
            "spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: 3601: must be less than or "
            "equal to 3600",
            "spec.behavior.scaleUp.selectPolicy: Unsupported value: \"Most\": supported values: "
            "\"Disabled\", \"Max\", \"Min\"",
            "spec.behavior.scaleUp.policies[0].type: Unsupported value: \"Nodes\": supported values: "
            "\"Percent\", \"Pods\"",
            "spec.behavior.scaleUp.policies[0].value: Invalid value: 0: must be greater than zero",
            "spec.behavior.scaleUp.policies[0].periodSeconds: Invalid value: 1801: must be less than or "
            "equal to 1800",
            "spec.behavior.scaleDown.policies: Required value: must specify at least one Policy",
            "spec.behavior.scaleDown.tolerance: Invalid value: \"-1\": must be greater than or equal to 0"});
}

TEST_CASE("no count in an autoscaler's status is negative") {
    auto a = sound();
    a.status.current_replicas = -1;
    CHECK(status_complaints(a, sound()) ==
          lines{"status.currentReplicas: Invalid value: -1: must be greater than or equal to 0"});
}
