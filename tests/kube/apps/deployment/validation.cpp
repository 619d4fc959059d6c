/// \file
/// Deployments: what is refused, where and in which words.

#include "../../apps/sound_workload.hpp"

#include <berth/kube/apps/deployment/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("deployments with defaults are sound") {
    CHECK(complaints(sound_workload<kube::deployment>()).empty());
}

TEST_CASE("a selector must select what the template makes, and stays") {
    auto d = sound_workload<kube::deployment>();
    d.spec.selector->match_labels["app"] = "b";
    CHECK(complaints(d) ==
          lines{"spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: `selector` does not "
                "match template `labels`"});
    d.spec.template_.metadata.labels["app"] = "b";
    CHECK(complaints(d, sound_workload<kube::deployment>()) ==
          lines{"spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"b\"}}: field is immutable"});
    d.spec.selector.reset();
    CHECK(complaints(d)[0] == "spec.selector: Required value");
}

TEST_CASE("a rolling update must be able to move") {
    auto d = sound_workload<kube::deployment>();
    d.spec.strategy.rolling_update->max_surge = 0;
    d.spec.strategy.rolling_update->max_unavailable = "0%";
    CHECK(complaints(d) ==
          lines{"spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"0%\": may not be 0 when "
                "`maxSurge` is 0"});
    d.spec.strategy.rolling_update->max_unavailable = "101%";
    CHECK(complaints(d) ==
          lines{"spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"101%\": must not be "
                "greater than 100%"});
    d.spec.strategy.type = "OnDelete";
    CHECK(complaints(d)[0].ends_with("supported values: \"Recreate\", \"RollingUpdate\""));
}

TEST_CASE("a deadline comes after the time in which pods prove themselves") {
    auto d = sound_workload<kube::deployment>();
    d.spec.min_ready_seconds = 600;
    CHECK(complaints(d) ==
          lines{"spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds"});
}

TEST_CASE("pods of a deployment run for ever") {
    auto d = sound_workload<kube::deployment>();
    d.spec.template_.spec.restart_policy = "Never";
    CHECK(complaints(d) == lines{"spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported "
                                 "values: \"Always\""});
}

TEST_CASE("counts of a deployment's status agree, and collisions are not forgotten") {
    auto before = sound_workload<kube::deployment>();
    before.status.collision_count = 2;
    auto now = before;
    now.status.replicas = 1;
    now.status.ready_replicas = 2;
    now.status.collision_count = 1;
    CHECK(status_complaints(now, before) ==
          lines{"status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas",
                "status.collisionCount: Invalid value: 1: cannot be decremented"});
}
