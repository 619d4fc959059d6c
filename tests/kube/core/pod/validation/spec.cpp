/// \file
/// What pods are to be: what is refused, where and in which words.

#include "../../../core/pod/sound_pod.hpp"

#include <berth/kube/core/pod/validation/spec.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("ephemeral containers come later") {
    auto p = sound_pod();
    p.spec.ephemeral_containers.emplace_back().common.name = "look";
    p.spec.ephemeral_containers[0].common.image = "b";
    set_defaults(p);
    CHECK(complaints(p) == lines{"spec.ephemeralContainers: Forbidden: cannot be set on create"});
}

TEST_CASE("a pod restarts in one of three ways, and has a name for hosts") {
    auto p = sound_pod();
    p.spec.restart_policy = "Sometimes";
    p.spec.hostname = "A";
    auto const told = complaints(p);
    REQUIRE(told.size() == 2);
    CHECK(once(told)[1] ==
          "spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", "
          "\"OnFailure\", \"Never\"");
    CHECK(once(told)[0].starts_with("spec.hostname: Invalid value: \"A\": a lowercase RFC 1123 label"));
}
