/// \file
/// Pods: what is refused at birth, where and in which words.

#include "../../core/pod/sound_pod.hpp"

#include <berth/kube/core/pod/validation.hpp>
#include <berth/kube/core/pod/validation/update.hpp>
#include <berth/kube/core/pod/warnings.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>

using namespace test;

TEST_CASE("a pod with defaults is sound") { CHECK(complaints(sound_pod()).empty()); }

TEST_CASE("a pod needs a container, and a container a name and an image") {
    auto p = sound_pod();
    p.spec.containers.clear();
    CHECK(complaints(p) == lines{"spec.containers: Required value"});
    p = sound_pod();
    p.spec.containers[0].name.clear();
    p.spec.containers[0].image.clear();
    CHECK(complaints(p) ==
          lines{"spec.containers[0].name: Required value", "spec.containers[0].image: Required value"});
}

TEST_CASE("long lists in a pod cost their length") {
    constexpr auto plenty = std::size_t{6'000};
    auto p = sound_pod();
    auto& c = p.spec.containers.front();
    for (std::size_t i = 0; i < plenty; ++i) {
        auto const name = "n" + std::to_string(100'000 + i); // in order
        auto& port = c.ports.emplace_back();
        port.name = "p" + std::to_string(i);
        port.port = port.host_port = static_cast<std::int32_t>(i + 1);
        port.protocol = "TCP";
        auto& v = p.spec.volumes.emplace_back();
        v.name = name;
        v.empty_dir.engage();
        auto& mount = c.volume_mounts.emplace_back();
        mount.name = name;
        mount.mount_path = "/" + name;
        auto& device = c.volume_devices.emplace_back();
        device.name = "d" + name;
        device.device_path = "/d" + name;
        c.env.emplace_back().name = name;
        p.spec.scheduling_gates.emplace_back().name = name;
        p.spec.resource_claims.emplace_back().name = name;
        c.resources.claims.emplace_back().name = name;
        auto& t = p.spec.tolerations.emplace_back();
        t.key = name;
        t.operator_ = "Exists";
        auto& s = p.spec.topology_spread_constraints.emplace_back();
        s.max_skew = 1;
        s.topology_key = name;
        s.when_unsatisfiable = "DoNotSchedule";
        p.spec.security_context.engage().sysctls.emplace_back().name = name;
        p.metadata.annotations["container.apparmor.security.beta.kubernetes.io/" + name] = "unconfined";
    }
    auto errors = api::field_errors();
    validate(p, errors);
    CHECK(errors.causes().size() == api::field_errors::most);
    CHECK(errors.size() > plenty);
    auto const before = p;
    errors = api::field_errors();
    validate_update(p, before, errors);
    auto const warnings = warnings_of(p);
    CHECK(std::none_of(warnings.begin(), warnings.end(),
                       [](std::string const& w) { return w.find("duplicate") != std::string::npos; }));
}
