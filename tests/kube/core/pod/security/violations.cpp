/// \file
/// Whether a pod is as careful as is demanded.

#include "../../../vocabulary.hpp"

#include <berth/kube/core/pod/security/violations.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("stricter levels find more, and each thing once") {
    using enum kube::security_level;
    auto s = kube::pod_spec();
    s.containers.emplace_back().name = "main";
    s.host_ipc = true;
    s.volumes.emplace_back().host_path.engage();
    auto const reasons = [&](kube::security_level level) {
        return kube::shown_reasons(kube::security_violations({}, s, {.level = level}));
    };
    CHECK(reasons(privileged).empty());
    CHECK(reasons(baseline) == "host namespaces, hostPath volumes");
    CHECK(reasons(restricted) ==
          "host namespaces, allowPrivilegeEscalation != false, unrestricted capabilities, "
          "restricted volume types, runAsNonRoot != true, seccompProfile");
}
