/// \file
/// Daemon sets: what is refused, where and in which words.

#include "../../apps/sound_workload.hpp"

#include <berth/kube/apps/daemon_set/defaults.hpp>
#include <berth/kube/apps/daemon_set/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("daemon sets with defaults are sound") {
    CHECK(complaints(sound_workload<kube::daemon_set>()).empty());
}

TEST_CASE("during a change of a daemon set a pod is missing or one is too many, but not both or neither") {
    auto d = sound_workload<kube::daemon_set>();
    auto& rolling = *d.spec.update_strategy.rolling_update;
    rolling.max_surge = "10%";
    CHECK(complaints(d) ==
          lines{"spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: \"10%\": may not "
                "be set when maxUnavailable is non-zero"});
    rolling.max_unavailable = 0;
    CHECK(complaints(d).empty());
    rolling.max_surge = 0;
    CHECK(complaints(d) ==
          lines{"spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 "
                "when maxSurge is 0"});
    rolling.max_surge = "101%";
    CHECK(complaints(d) == lines{"spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: \"101%\": must "
                                 "not be greater than 100%"});
}

TEST_CASE("a daemon set selects its pods, and keeps its selector") {
    auto const before = sound_workload<kube::daemon_set>();
    auto now = before;
    now.spec.selector->match_labels = {};
    CHECK(complaints(now) ==
          lines{"spec.selector: Invalid value: {}: empty selector is invalid for daemonset"});
    now.spec.selector->match_labels["app"] = "b";
    CHECK(complaints(now, before) ==
          lines{"spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: `selector` does not match "
                "template `labels`",
                "spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"b\"}}: field is immutable"});
}

TEST_CASE("the pods of a daemon set run for ever") {
    auto d = sound_workload<kube::daemon_set>();
    d.spec.template_.spec.restart_policy = "Never";
    d.spec.update_strategy.type = "x";
    d.spec.update_strategy.rolling_update.reset();
    CHECK(
        complaints(d) ==
        lines{"spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"",
              "spec.updateStrategy: Unsupported value: {\"Type\":\"x\",\"RollingUpdate\":null}: supported "
              "values: \"RollingUpdate\", \"OnDelete\""});
}

TEST_CASE("no count of a daemon set's status is negative, and collisions are not forgotten") {
    auto before = sound_workload<kube::daemon_set>();
    before.status.collision_count = 1;
    auto now = before;
    now.status.number_ready = -1;
    now.status.collision_count.reset();
    CHECK(status_complaints(now, before) ==
          lines{"status.numberReady: Invalid value: -1: must be greater than or equal to 0",
                "status.collisionCount: Invalid value: 0: cannot be decremented"});
}
