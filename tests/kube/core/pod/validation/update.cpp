/// \file
/// Changes of pods: what is refused, where and in which words.

#include "../../../core/pod/sound_pod.hpp"

#include <berth/kube/core/pod/validation/update.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("images, deadlines and tolerations may change") {
    auto const before = sound_pod();
    auto now = before;
    now.spec.containers[0].image = "busybox:2";
    now.spec.active_deadline_seconds = 5;
    now.spec.tolerations.emplace_back().operator_ = "Exists";
    CHECK(complaints(now, before).empty());
    CHECK(complaints(before, now) ==
          lines{"spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive "
                "integer to nil value",
                "spec.tolerations: Forbidden: existing toleration can not be modified except its "
                "tolerationSeconds"});
}

TEST_CASE("other changes of a pod are refused with what changed") {
    auto const before = sound_pod();
    auto now = before;
    now.spec.hostname = "h";
    auto const all = complaints(now, before);
    REQUIRE(all.size() == 1);
    CHECK(all[0].starts_with("spec: Forbidden: pod updates may not change fields other than"));
    CHECK(all[0].find("\n- \"Hostname\": \"\",\n+ \"Hostname\": \"h\",\n") != std::string::npos);
}

TEST_CASE("a gated pod may be narrowed and set free, but not gated again") {
    auto before = sound_pod();
    before.spec.scheduling_gates.emplace_back().name = "example.com/a";
    auto now = before;
    now.spec.node_selector["disk"] = "ssd";
    now.spec.scheduling_gates.clear();
    CHECK(complaints(now, before).empty());
    CHECK(complaints(before, now)[0] ==
          "spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate "
          "'example.com/a'");
}
