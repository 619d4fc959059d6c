/// \file
/// Containers: what is refused, where and in which words.

#include "../../../core/pod/sound_pod.hpp"

#include <berth/kube/core/pod/validation/containers.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("containers have different names, init containers included") {
    auto p = sound_pod();
    p.spec.init_containers.push_back(p.spec.containers[0]);
    CHECK(complaints(p) == lines{"spec.initContainers[0].name: Duplicate value: \"main\""});
}

TEST_CASE("ports of a container have numbers, protocols and different names") {
    auto p = sound_pod();
    auto& ports = p.spec.containers[0].ports;
    ports.resize(2);
    ports[0].name = ports[1].name = "http";
    ports[0].port = 80;
    ports[0].protocol = "TCP";
    ports[1].port = 70000;
    ports[1].protocol = "x";
    CHECK(
        complaints(p) ==
        lines{"spec.containers[0].ports[1].name: Duplicate value: \"http\"",
              "spec.containers[0].ports[1].containerPort: Invalid value: 70000: must be between 1 and 65535, "
              "inclusive",
              "spec.containers[0].ports[1].protocol: Unsupported value: \"x\": supported values: \"SCTP\", "
              "\"TCP\", \"UDP\""});
}
