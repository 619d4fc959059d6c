/// \file
/// Operating systems of pods: what each lacks.

#include "../../../core/pod/sound_pod.hpp"

#include <berth/kube/core/pod/validation/system.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace test;

TEST_CASE("a Windows pod has no Linux settings") {
    auto p = sound_pod();
    p.spec.os.engage().name = "windows";
    p.spec.containers[0].security_context.engage().run_as_user = 1;
    CHECK(complaints(p) ==
          lines{"spec.containers[0].securityContext.runAsUser: Forbidden: cannot be set for a windows pod"});
}

TEST_CASE("a pod's system is known, and a Linux pod has no Windows settings") {
    auto p = sound_pod();
    p.spec.os.engage().name = "plan9";
    CHECK(complaints(p) ==
          lines{"spec.os: Unsupported value: \"plan9\": supported values: \"linux\", \"windows\""});
    p.spec.os->name = "linux";
    p.spec.containers[0].security_context.engage().windows_options.engage();
    CHECK(complaints(p) ==
          lines{"spec.containers[0].securityContext.windowsOptions: Forbidden: windows options "
                "cannot be set for a linux pod"});
}

TEST_CASE("if one container is a process of its host, all are") {
    auto p = sound_pod();
    p.spec.host_network = true;
    auto second = p.spec.containers[0];
    second.name = "side";
    p.spec.containers.push_back(second);
    p.spec.containers[0].security_context.engage().windows_options.engage().host_process = true;
    auto const told = complaints(p);
    CHECK(std::count(
              told.begin(), told.end(),
              "spec: Invalid value: \"\": If pod contains any hostProcess containers then all containers "
              "must be HostProcess containers") == 1);
}
