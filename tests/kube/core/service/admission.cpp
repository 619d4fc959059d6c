/// \file
/// Each service has an address and node ports of its own.

#include "../../admission_desk.hpp"

#include <berth/kube/core/service/admission.hpp>

#include <set>

using namespace test;

namespace {

class make_service : public maker<make_service, kube::service> {
public:
    explicit make_service(std::string name, std::string type = "ClusterIP") : maker(std::move(name)) {
        value_.spec.type = std::move(type);
        auto& p = value_.spec.ports.emplace_back();
        p.port = 80;
        p.protocol = "TCP";
    }
    auto at(std::string ip) -> make_service& {
        return with([&](kube::service& s) { s.spec.cluster_ip = std::move(ip); });
    }
    auto node_port(std::int32_t port) -> make_service& {
        return with([&](kube::service& s) { s.spec.ports[0].node_port = port; });
    }
};

} // namespace

TEST_CASE("a service gets an address that no other has") {
    auto desk = admission_desk();
    auto const link = kube::service_address_admission(1);
    auto seen = std::set<std::string>();
    for (auto i = 0; i < 254; ++i) {
        auto s = make_service("s" + std::to_string(i)).done();
        REQUIRE(desk.create(link, s).has_value());
        CHECK(s.spec.cluster_ip.starts_with("10.0.0."));
        CHECK(s.spec.cluster_ips == std::vector<std::string>{s.spec.cluster_ip});
        CHECK(s.spec.ports[0].node_port == 0);
        seen.insert(s.spec.cluster_ip);
        desk.knows(s);
    }
    CHECK(seen.size() == 254);
    auto one_more = make_service("more").done();
    auto const said = desk.create(link, one_more);
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().message == "failed to allocate a serviceIP: range is full");
}

TEST_CASE("an address that another service has is refused, a free one is given") {
    auto desk = admission_desk();
    auto const link = kube::service_address_admission(1);
    auto first = make_service("first").at("10.0.0.7").done();
    REQUIRE(desk.create(link, first).has_value());
    CHECK(first.spec.cluster_ips == std::vector<std::string>{"10.0.0.7"});
    desk.knows(first);
    auto second = make_service("second").at("10.0.0.7").done();
    auto const said = desk.create(link, second);
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().code == error_code::invalid);
}

TEST_CASE("addresses and node ports beyond the cluster's ranges are refused, unless the service has them") {
    auto desk = admission_desk();
    auto const link = kube::service_address_admission(1);
    for (auto const* ip : {"192.168.1.1", "10.0.0.0", "10.0.0.255", "10.0.1.1", "10.0.0.300"}) {
        auto far = make_service("far").at(ip).done();
        CHECK_FALSE(desk.create(link, far).has_value());
    }
    auto far = make_service("far").at("192.168.1.1").done();
    CHECK(
        desk.create(link, far).error().message ==
        "Service \"far\" is invalid: spec.clusterIPs: Invalid value: [\"192.168.1.1\"]: failed to allocate "
        "IP 192.168.1.1: the provided IP (192.168.1.1) is not in the valid range. The range of valid IPs is "
        "10.0.0.0/24");
    for (auto const port : {80, 29'999, 32'768}) {
        auto odd = make_service("odd", "NodePort").node_port(port).done();
        CHECK_FALSE(desk.create(link, odd).has_value());
    }
    auto odd = make_service("odd", "NodePort").node_port(80).done();
    CHECK(
        desk.create(link, odd).error().message ==
        "Service \"odd\" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the "
        "valid range. The range of valid ports is 30000-32767");
    for (auto const port : {30'000, 32'767}) {
        auto good = make_service("good", "NodePort").node_port(port).done();
        CHECK(desk.create(link, good).has_value());
    }
    auto old = make_service("old", "NodePort").at("192.168.1.1").node_port(80).done();
    old.spec.cluster_ips = {old.spec.cluster_ip};
    auto again = old;
    CHECK(desk.update(link, again, old).has_value());
}

TEST_CASE("a service without an address of its own keeps none") {
    auto desk = admission_desk();
    auto const link = kube::service_address_admission(1);
    auto headless = make_service("headless").at("None").done();
    REQUIRE(desk.create(link, headless).has_value());
    CHECK(headless.spec.cluster_ips == std::vector<std::string>{"None"});
    CHECK(headless.spec.ip_families == std::vector<std::string>{"IPv4", "IPv6"});
    auto outside = make_service("outside", "ExternalName").done();
    REQUIRE(desk.create(link, outside).has_value());
    CHECK(outside.spec.cluster_ip.empty());
}

TEST_CASE("a service for the outside gets node ports, and keeps them when an update leaves them out") {
    auto desk = admission_desk();
    auto const link = kube::service_address_admission(1);
    auto s = make_service("s", "NodePort").done();
    REQUIRE(desk.create(link, s).has_value());
    auto const port = s.spec.ports[0].node_port;
    CHECK((port >= 30000 && port < 32768));
    desk.knows(s);
    auto changed = make_service("s", "NodePort").done();
    REQUIRE(desk.update(link, changed, s).has_value());
    CHECK(changed.spec.ports[0].node_port == port);
    CHECK(changed.spec.cluster_ip == s.spec.cluster_ip);
    auto other = make_service("other", "NodePort").node_port(port).done();
    auto const said = desk.create(link, other);
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().code == error_code::invalid);
}

TEST_CASE("a port over two protocols is one port on the nodes, and nodes are asked on a port of their own") {
    auto desk = admission_desk();
    auto const link = kube::service_address_admission(1);
    auto s = make_service("s", "LoadBalancer").done();
    s.spec.external_traffic_policy = "Local";
    s.spec.ports.push_back(s.spec.ports[0]);
    s.spec.ports[1].protocol = "UDP";
    REQUIRE(desk.create(link, s).has_value());
    CHECK(s.spec.ports[0].node_port >= 30000);
    CHECK(s.spec.ports[0].node_port == s.spec.ports[1].node_port);
    CHECK(s.spec.health_check_node_port >= 30000);
    CHECK(s.spec.health_check_node_port != s.spec.ports[0].node_port);
    desk.knows(s);
    auto changed = s;
    changed.spec.health_check_node_port = 0;
    REQUIRE(desk.update(link, changed, s).has_value());
    CHECK(changed.spec.health_check_node_port == s.spec.health_check_node_port);
}
