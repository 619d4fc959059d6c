/// \file
/// What pods of the level `restricted` do and do not.

#include "../../../vocabulary.hpp"

#include <berth/kube/core/pod/security/restricted.hpp>
#include <berth/kube/core/pod/security/violations.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto said(kube::pod_spec const& s, std::int32_t minor = kube::security_demand::latest) -> std::string {
    auto found = kube::detail::violations();
    kube::detail::find_restricted_violations(s, minor, found);
    return kube::shown_violations(found);
}

/// As careful as it gets.
auto careful() -> kube::pod_spec {
    auto s = kube::pod_spec();
    auto& c = s.containers.emplace_back();
    c.name = "main";
    c.security_context.engage().allow_privilege_escalation = false;
    c.security_context->capabilities.engage().drop = {"ALL"};
    s.security_context.engage().run_as_non_root = true;
    s.security_context->seccomp_profile.engage().type = "RuntimeDefault";
    return s;
}

} // namespace

TEST_CASE("a careful pod breaks nothing, and one that says nothing breaks it all") {
    CHECK(said(careful()).empty());
    auto s = kube::pod_spec();
    s.containers.emplace_back().name = "main";
    CHECK(said(s) ==
          R"(allowPrivilegeEscalation != false (container "main" must set )"
          R"(securityContext.allowPrivilegeEscalation=false), unrestricted )"
          R"(capabilities (container "main" must set )"
          R"(securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true )"
          R"((pod or container "main" must set )"
          R"(securityContext.runAsNonRoot=true), seccompProfile (pod or container "main" must set )"
          R"(securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"))");
    CHECK(said(s, 7) == R"(runAsNonRoot != true (pod or container "main" must set )"
                        R"(securityContext.runAsNonRoot=true))");
    s.os.engage().name = "windows";
    CHECK(said(s).starts_with("runAsNonRoot"));
}

TEST_CASE("who says the wrong thing is named before those who say nothing") {
    auto s = careful();
    s.security_context->run_as_user = 0;
    s.security_context->seccomp_profile->type = "Unconfined";
    auto& c = *s.containers[0].security_context;
    c.run_as_non_root = false;
    c.capabilities->add = {"NET_BIND_SERVICE", "KILL"};
    s.volumes.emplace_back().name = "n";
    s.volumes[0].nfs.engage();
    s.volumes.emplace_back().empty_dir.engage();
    CHECK(
        said(s) ==
        R"(unrestricted capabilities (container "main" must not include "KILL" in )"
        R"(securityContext.capabilities.add), restricted volume types )"
        R"((volume "n" uses restricted volume type )"
        R"("nfs"), runAsNonRoot != true (container "main" must not set securityContext.runAsNonRoot=false), )"
        R"(runAsUser=0 (pod must not set runAsUser=0), seccompProfile (pod must not set )"
        R"(securityContext.seccompProfile.type to "Unconfined"))");
    s.host_users = false;
    CHECK(said(s).find("runAs") == std::string::npos);
}
