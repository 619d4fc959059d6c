/// \file
/// Probes: what is refused, where and in which words.

#include "../../../core/pod/sound_pod.hpp"

#include <berth/kube/core/pod/validation/probes.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a probe has one action, and only readiness may want more than one success") {
    auto p = sound_pod();
    auto& probe = p.spec.containers[0].liveness_probe.engage();
    probe.success_threshold = 2;
    CHECK(complaints(p) ==
          lines{"spec.containers[0].livenessProbe: Required value: must specify a handler type",
                "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1"});
    probe.tcp_socket.engage().port = 80;
    probe.success_threshold = 1;
    CHECK(complaints(p).empty());
    probe.exec.engage();
    CHECK(complaints(p) ==
          lines{"spec.containers[0].livenessProbe.exec.command: Required value",
                "spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 "
                "handler type"});
}
