/// \file
/// Security contexts: what is refused, where and in which words.

#include "../../../core/pod/sound_pod.hpp"

#include <berth/kube/core/pod/validation/security.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("users are numbers of 31 bits") {
    auto p = sound_pod();
    p.spec.containers[0].security_context.engage().run_as_user = -1;
    p.spec.security_context.engage().fs_group = 2147483648;
    CHECK(once(complaints(p)) ==
          lines{"spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and "
                "2147483647, inclusive",
                "spec.securityContext.fsGroup: Invalid value: 2147483648: must be between 0 and 2147483647, "
                "inclusive"});
}

TEST_CASE("a container that may not gain privileges has none") {
    auto p = sound_pod();
    auto& s = p.spec.containers[0].security_context.engage();
    s.allow_privilege_escalation = false;
    CHECK(complaints(p).empty());
    s.privileged = true;
    REQUIRE(complaints(p).size() == 1);
    CHECK(complaints(p)[0].ends_with(
        "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"));
}

TEST_CASE("a profile of its own has a path, others have none") {
    auto p = sound_pod();
    auto& s = p.spec.security_context.engage().seccomp_profile.engage();
    CHECK(complaints(p) ==
          lines{"spec.securityContext.seccompProfile.type: Required value: type is required when "
                "seccompProfile is set"});
    s.type = "Localhost";
    CHECK(complaints(p) ==
          lines{"spec.securityContext.seccompProfile.localhostProfile: Required value: must be "
                "set when seccomp type is Localhost"});
    s.localhost_profile.engage() = "a.json";
    CHECK(complaints(p).empty());
}

TEST_CASE("parameters of the kernel have names, each once, and not those of shared namespaces") {
    using kube::detail::is_sysctl_name;
    for (auto const* const name : {"a", "net.ipv4.ip_forward", "kernel/shm-x"}) CHECK(is_sysctl_name(name));
    for (auto const* const name : {"", "A", "a..b", ".a", "a.", "a-.b"}) CHECK_FALSE(is_sysctl_name(name));
    auto p = sound_pod();
    auto& all = p.spec.security_context.engage().sysctls;
    all.resize(2);
    all[0].name = all[1].name = "net.x";
    CHECK(complaints(p) == lines{"spec.securityContext.sysctls[1].name: Duplicate value: \"net.x\""});
    all.resize(1);
    p.spec.host_network = true;
    CHECK(complaints(p) == lines{"spec.securityContext.sysctls[0].name: Invalid value: \"net.x\": may not be "
                                 "specified when 'hostNetwork' is true"});
}

TEST_CASE("a user of Windows may have a domain") {
    auto const told = [](std::string const& name) {
        return said_by(
            [&](auto& errors) { kube::detail::validate_windows_user(name, api::field_path("u"), errors); });
    };
    CHECK(told("ContainerUser").empty());
    CHECK(told("EXAMPLE\\robot").empty());
    CHECK(told("") == lines{"u: Invalid value: \"\": runAsUserName cannot be an empty string"});
    CHECK(told("a\\b\\c").size() == 1);
    CHECK(told("a\\")[0].ends_with("runAsUserName's User cannot be empty"));
    CHECK(told("..")[0].ends_with("runAsUserName's User cannot contain only periods or spaces"));
}
