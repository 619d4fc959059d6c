/// \file
/// Replica sets: what is refused, where and in which words.

#include "../../apps/sound_workload.hpp"

#include <berth/kube/apps/replica_set/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("replica sets with defaults are sound") {
    CHECK(complaints(sound_workload<kube::replica_set>()).empty());
}

TEST_CASE("a replica set needs a selector that selects something, and keeps it") {
    auto r = sound_workload<kube::replica_set>();
    auto const before = r;
    r.spec.selector->match_labels = {};
    CHECK(complaints(r) ==
          lines{"spec.selector: Invalid value: {}: empty selector is invalid for deployment"});
    r.spec.selector->match_labels["app"] = "b";
    r.spec.template_.metadata.labels["app"] = "b";
    CHECK(complaints(r, before) ==
          lines{"spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"b\"}}: field is immutable"});
}

TEST_CASE("a replica set has no negative size, and its pods no deadline") {
    auto r = sound_workload<kube::replica_set>();
    r.spec.replicas = -1;
    r.spec.template_.spec.active_deadline_seconds = 5;
    CHECK(complaints(r) ==
          lines{"spec.replicas: Invalid value: -1: must be greater than or equal to 0",
                "spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in "
                "ReplicaSet is not Supported"});
}

TEST_CASE("counts of a replica set's status agree") {
    auto const before = sound_workload<kube::replica_set>();
    auto now = before;
    now.status.replicas = 3;
    now.status.ready_replicas = 1;
    now.status.available_replicas = 2;
    CHECK(status_complaints(now, before) ==
          lines{"status.availableReplicas: Invalid value: 2: cannot be greater than readyReplicas"});
}
