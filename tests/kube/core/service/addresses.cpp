/// \file
/// What services get without asking, and what updates of them leave out.

#include "sound_service.hpp"

#include <berth/kube/core/service/addresses.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>

using namespace test;

namespace {

auto at(std::string ip) -> kube::service {
    auto s = sound_service();
    s.spec.cluster_ip = ip;
    s.spec.cluster_ips = {std::move(ip)};
    return s;
}
auto settled(std::string ip) -> kube::service {
    auto s = at(std::move(ip));
    s.spec.ip_families = {"IPv4"};
    s.spec.ip_family_policy.engage() = "SingleStack";
    return s;
}
/// What settling says.
auto settling(kube::service& s, std::optional<kube::service> const& before = {}) -> lines {
    return said_by([&](auto& errors) { settle_families(s, before ? &*before : nullptr, errors); });
}

} // namespace

TEST_CASE("a service gets an address of one family unless it leads anywhere") {
    auto s = sound_service();
    s.spec.selector["app"] = "a";
    CHECK(settling(s).empty());
    CHECK(s.spec.ip_families == lines{"IPv4"});
    CHECK(*s.spec.ip_family_policy == "SingleStack");
    auto headless = at("None");
    headless.spec.selector["app"] = "a";
    CHECK(settling(headless).empty());
    CHECK(*headless.spec.ip_family_policy == "SingleStack");
    auto anywhere = at("None");
    CHECK(settling(anywhere).empty());
    CHECK(anywhere.spec.ip_families == lines{"IPv4", "IPv6"});
    CHECK(*anywhere.spec.ip_family_policy == "RequireDualStack");
    auto six = at("None");
    six.spec.ip_families = {"IPv6"};
    CHECK(settling(six).empty());
    CHECK(six.spec.ip_families == lines{"IPv6", "IPv4"});
}

TEST_CASE("families that the cluster has not are refused, and nothing else is told") {
    auto s = sound_service();
    s.spec.ip_families = {"IPv6"};
    s.spec.ports.clear();
    CHECK(settling(s) ==
          lines{"spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster"});
    auto six = at("fd00::1");
    CHECK(settling(six) ==
          lines{"spec.clusterIPs[0]: Invalid value: [\"fd00::1\"]: IPv6 is not configured on "
                "this cluster"});
    auto both = sound_service();
    both.spec.ip_family_policy.engage() = "RequireDualStack";
    CHECK(settling(both) == lines{"spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is "
                                  "not configured for dual-stack services"});
    auto two = sound_service();
    two.spec.ip_families = {"IPv4", "IPv6"};
    CHECK(settling(two) == lines{"spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be "
                                 "'RequireDualStack' or 'PreferDualStack' when multiple IP families are "
                                 "specified"});
    auto listed = sound_service();
    listed.spec.cluster_ips = {"10.0.0.7"};
    CHECK(settling(listed) == lines{"spec.clusterIPs: Invalid value: [\"10.0.0.7\"]: must be empty when "
                                    "`clusterIP` is not specified"});
    auto changed = settled("10.0.0.7");
    changed.spec.ip_families = {"IPv6"};
    CHECK(settling(changed, settled("10.0.0.7")) ==
          lines{"spec.clusterIPs[0]: Invalid value: \"10.0.0.7\": expected an IPv6 value as indicated by "
                "`ipFamilies[0]`"});
}

TEST_CASE("a second family is given back by the policy that says so") {
    auto const before = [] {
        auto s = at("None");
        settling(s);
        return s;
    }();
    auto now = before;
    now.spec.ip_family_policy.engage() = "SingleStack";
    CHECK(settling(now, before).empty());
    CHECK(now.spec.ip_families == lines{"IPv4"});
    now = before;
    now.spec.ip_families = {"IPv4"};
    CHECK(settling(now, before) == lines{"spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": must be "
                                         "'SingleStack' to release the secondary IP family"});
}

TEST_CASE("an update that does not speak of addresses and node ports keeps them") {
    auto before = settled("10.0.0.1");
    before.spec.type = "NodePort";
    before.spec.ports.resize(2);
    before.spec.ports[0].name = "a";
    before.spec.ports[1].name = "b";
    before.spec.ports[0].node_port = 30001;
    before.spec.ports[1].node_port = 30002;
    auto now = before;
    now.spec.cluster_ip.clear();
    now.spec.cluster_ips.clear();
    now.spec.ports[0].node_port = 30002;
    now.spec.ports[1].node_port = 0;
    adopt_addresses(now, &before);
    CHECK(now.spec.cluster_ip == "10.0.0.1");
    CHECK(now.spec.cluster_ips == lines{"10.0.0.1"});
    CHECK(now.spec.ports[1].node_port == 0); // which the other port has now
    now.spec.ports[0].node_port = 0;
    adopt_addresses(now, &before);
    CHECK(now.spec.ports[0].node_port == 30001);
    CHECK(now.spec.ports[1].node_port == 30002);
}

TEST_CASE("clients that know one address alone speak for the list") {
    auto s = sound_service();
    s.spec.cluster_ip = "10.0.0.7";
    adopt_addresses(s, nullptr);
    CHECK(s.spec.cluster_ips == lines{"10.0.0.7"});
    auto moved = settled("10.0.0.7");
    moved.spec.cluster_ip = "10.0.0.8";
    auto const before = settled("10.0.0.7");
    adopt_addresses(moved, &before);
    CHECK(moved.spec.cluster_ips == lines{"10.0.0.8"});
}

TEST_CASE("a service of another type loses what it has no use for, unless the update changed that") {
    auto before = settled("10.0.0.1");
    before.spec.type = "LoadBalancer";
    set_defaults(before);
    before.spec.load_balancer_class.engage() = "example.com/x";
    before.spec.ports[0].node_port = 30001;
    before.status.load_balancer.ingress.emplace_back().ip = "192.0.2.1";
    auto now = before;
    now.spec.type = "ClusterIP";
    drop_idle_members(now, before);
    CHECK(now.spec.ports[0].node_port == 0);
    CHECK(now.spec.external_traffic_policy.empty());
    CHECK_FALSE(now.spec.allocate_load_balancer_node_ports.has_value());
    CHECK_FALSE(now.spec.load_balancer_class);
    CHECK(now.status.load_balancer.ingress.empty());
    CHECK(now.spec.cluster_ip == "10.0.0.1");
    now = before;
    now.spec.type = "ExternalName";
    now.spec.external_traffic_policy = "Local";
    drop_idle_members(now, before);
    CHECK(now.spec.cluster_ips.empty());
    CHECK(now.spec.ip_families.empty());
    CHECK_FALSE(now.spec.ip_family_policy);
    CHECK(now.spec.external_traffic_policy == "Local");
}
