/// \file
/// What no pod of the level `baseline` does.

#include "../../../vocabulary.hpp"

#include <berth/kube/core/pod/security/baseline.hpp>
#include <berth/kube/core/pod/security/violations.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto said(kube::pod_spec const& s, std::int32_t minor = kube::security_demand::latest,
          object::string_map const& annotations = {}) -> std::string {
    auto found = kube::detail::violations();
    kube::detail::find_baseline_violations(annotations, s, minor, kube::detail::baseline_part::all, found);
    return kube::shown_violations(found);
}

auto with_container() -> kube::pod_spec {
    auto s = kube::pod_spec();
    s.containers.emplace_back().name = "main";
    return s;
}

} // namespace

TEST_CASE("a plain pod breaks nothing") { CHECK(said(with_container()).empty()); }

TEST_CASE("what belongs to the node is left alone, in the order of the checks") {
    auto s = with_container();
    s.host_pid = s.host_network = true;
    s.volumes.emplace_back().name = "h";
    s.volumes[0].host_path.engage();
    s.containers[0].ports.emplace_back().host_port = 80;
    s.containers[0].ports.emplace_back().host_port = 8080;
    s.containers[0].liveness_probe.engage().http_get.engage().host = "127.0.0.1";
    auto& c = s.containers[0].security_context.engage();
    c.privileged = true;
    c.proc_mount = std::string("Unmasked");
    c.capabilities.engage().add = {"NET_ADMIN", "KILL"};
    CHECK(said(s) ==
          R"(non-default capabilities (container "main" must not include "NET_ADMIN" in )"
          R"(securityContext.capabilities.add), host namespaces (hostNetwork=true, hostPID=true), )"
          R"(hostPath volumes (volume "h"), hostPorts (container "main" uses hostPorts 80, 8080), )"
          R"(probe or lifecycle host (container "main" uses probe or lifecycle host "127.0.0.1"), )"
          R"(privileged (container "main" must not set securityContext.privileged=true), )"
          R"(procMount (container "main" must not set securityContext.procMount to "Unmasked"))");
    CHECK(said(s, 33).find("probe") == std::string::npos);
    s.host_users = false;
    CHECK(said(s).find("procMount") == std::string::npos);
    CHECK(said(s, 34).find("procMount") != std::string::npos);
}

TEST_CASE("profiles and options of the kernel are the usual ones") {
    auto s = with_container();
    auto& pod = s.security_context.engage();
    pod.seccomp_profile.engage().type = "Unconfined";
    pod.se_linux_options.engage().type = "container_engine_t";
    pod.sysctls.push_back({"net.ipv4.tcp_rmem", "1", {}});
    auto& c = s.containers[0].security_context.engage();
    c.app_armor_profile.engage().type = "Unconfined";
    c.se_linux_options.engage().role = "r";
    CHECK(said(s) ==
          R"(forbidden AppArmor profile (container "main" must not set )"
          R"(AppArmor profile type to "Unconfined"), )"
          R"(seLinuxOptions (container "main" set forbidden )"
          R"(securityContext.seLinuxOptions: role may not be set), )"
          R"(seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined"))");
    CHECK(said(s, 20).ends_with("forbidden sysctls (net.ipv4.tcp_rmem)"));
    CHECK(said(s, 20).find(R"(seLinuxOptions (pod and container "main" set)") != std::string::npos);
}

TEST_CASE("versions before 1.19 say seccomp by annotations") {
    auto annotations = object::string_map();
    annotations["container.seccomp.security.alpha.kubernetes.io/main"] = "unconfined";
    annotations["seccomp.security.alpha.kubernetes.io/pod"] = "runtime/default";
    CHECK(said(with_container(), 18, annotations) ==
          "seccompProfile (forbidden annotation "
          "container.seccomp.security.alpha.kubernetes.io/main=\"unconfined\")");
    CHECK(said(with_container(), 19, annotations).empty());
}
