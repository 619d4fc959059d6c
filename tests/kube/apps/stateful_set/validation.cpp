/// \file
/// Stateful sets: what is refused, where and in which words.

#include "../../apps/sound_workload.hpp"

#include <berth/kube/apps/stateful_set/defaults.hpp>
#include <berth/kube/apps/stateful_set/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto sound() -> kube::stateful_set {
    auto s = sound_workload<kube::stateful_set>();
    auto& claim = s.spec.volume_claim_templates.emplace_back();
    claim.metadata.name = "data";
    claim.spec.access_modes = {"ReadWriteOnce"};
    claim.spec.resources.requests["storage"] = quantity("1Gi");
    set_defaults(s);
    return s;
}

auto mount(kube::stateful_set& s, std::string name) -> void {
    auto& m = s.spec.template_.spec.containers[0].volume_mounts.emplace_back();
    m.name = std::move(name);
    m.mount_path = "/data";
}

} // namespace

TEST_CASE("the pods of a stateful set mount its claims, and nothing that is not there") {
    auto s = sound();
    mount(s, "data");
    CHECK(complaints(s).empty());
    s.spec.volume_claim_templates = {};
    CHECK(complaints(s) ==
          lines{"spec.template.spec.containers[0].volumeMounts[0].name: Not found: \"data\""});
}

TEST_CASE("a stateful set says how it is managed, changed and kept in words that are known") {
    auto s = sound();
    s.spec.pod_management_policy = "x";
    s.spec.update_strategy.type = "OnDelete";
    s.spec.persistent_volume_claim_retention_policy->when_deleted = " ";
    s.spec.ordinals.engage().start = -1;
    s.spec.service_name = "A";
    CHECK(complaints(s).size() == 5);
    CHECK(complaints(s)[0] == "spec.podManagementPolicy: Invalid value: \"x\": must be 'OrderedReady' or "
                              "'Parallel'");
    CHECK(complaints(s)[1] == "spec.updateStrategy.rollingUpdate: Invalid value: "
                              "{\"Partition\":0,\"MaxUnavailable\":null}: only allowed for updateStrategy "
                              "'RollingUpdate'");
    CHECK(complaints(s)[2] == "spec.persistentVolumeClaimRetentionPolicy.whenDeleted: Unsupported value: "
                              "\" \": supported values: \"Retain\", \"Delete\"");
    CHECK(complaints(s)[3] == "spec.ordinals.start: Invalid value: -1: must be greater than or equal to 0");
}

TEST_CASE("of a stateful set only some members change") {
    auto const before = sound();
    auto now = before;
    now.spec.replicas = 5;
    now.spec.ordinals.engage().start = 3;
    CHECK(complaints(now, before).empty());
    now.spec.service_name = "other";
    auto const told = complaints(now, before);
    REQUIRE(told.size() == 1);
    CHECK(told[0].starts_with("spec: Forbidden: updates to statefulset spec for fields other than"));
}

TEST_CASE("a template that would be refused today keeps no stateful set from being scaled") {
    auto before = sound();
    mount(before, "nowhere");
    auto now = before;
    now.spec.replicas = 5;
    CHECK(complaints(now, before).empty());
    CHECK_FALSE(complaints(now, sound()).empty());
}

TEST_CASE("counts of a stateful set's status agree, and collisions are not forgotten") {
    auto before = sound();
    before.status.collision_count = 2;
    auto now = before;
    now.status.replicas = 1;
    now.status.ready_replicas = 1;
    now.status.available_replicas = 2;
    now.status.collision_count = 1;
    CHECK(status_complaints(now, before) ==
          lines{"status.availableReplicas: Invalid value: 2: cannot be greater than status.replicas",
                "status.availableReplicas: Invalid value: 2: cannot be greater than status.readyReplicas",
                "status.collisionCount: Invalid value: 1: cannot be decremented"});
}
