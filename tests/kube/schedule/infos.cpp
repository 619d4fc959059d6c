/// \file
/// What the plugins see of pods and nodes.

#include "../vocabulary.hpp"
#include "placing.hpp"

#include <berth/kube/schedule/infos.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto with_ports(std::string name, object::list<kube::container_port> ports) -> make_pod {
    return make_pod(std::move(name)).with([&](kube::pod& p) {
        p.spec.containers[0].ports = std::move(ports);
    });
}
auto port(std::int32_t host, std::string protocol = "", std::string ip = "") -> kube::container_port {
    auto p = kube::container_port{};
    p.host_port = host;
    p.port = 8080;
    p.protocol = std::move(protocol);
    p.host_ip = std::move(ip);
    return p;
}

} // namespace

TEST_CASE(
    "the node's ports that a pod takes are those of its containers and sidecars, of TCP and all addresses") {
    auto m = with_ports("p", {port(0), port(80), port(53, "UDP", "10.0.0.1")});
    m.with([](kube::pod& p) {
        auto& once = p.spec.init_containers.emplace_back();
        once.ports.push_back(port(1));
        auto& beside = p.spec.init_containers.emplace_back();
        beside.restart_policy.engage() = "Always";
        beside.ports.push_back(port(2));
    });
    CHECK(info(m).ports == std::vector<kube::host_port>{
                               {"0.0.0.0", "TCP", 80}, {"10.0.0.1", "UDP", 53}, {"0.0.0.0", "TCP", 2}});
}

TEST_CASE("a node forgets of a pod that leaves exactly what it took") {
    auto n = info(make_node("a").with([](kube::node& o) {
        o.status.allocatable["cpu"] = object::quantity::of(4);
        o.status.allocatable["pods"] = object::quantity::of(10);
    }));
    auto const one = info(with_ports("one", {port(80)}).with([](kube::pod& p) {
        p.spec.containers[0].resources.requests["cpu"] = object::quantity::of(1);
    }));
    auto const two = info(with_ports("two", {port(81)}));
    n.add(one);
    n.add(two);
    CHECK(n.pods.size() == 2);
    CHECK(n.requested.cpu == 1000);
    CHECK(n.load.cpu == 1100);
    n.remove(one);
    CHECK(n.pods.size() == 1);
    CHECK(n.requested.nothing());
    CHECK(n.ports == std::vector<kube::host_port>{{"0.0.0.0", "TCP", 81}});
    n.remove(two);
    CHECK(n.load.nothing());
    CHECK(n.ports.empty());
}

TEST_CASE("a node that changes keeps its pods") {
    auto n = info(make_node("a"));
    n.add(info(make_pod("p")));
    auto const grown = make_node("a").with([](kube::node& o) {
        o.status.allocatable["cpu"] = object::quantity::of(4);
        o.status.allocatable["pods"] = object::quantity::of(10);
    });
    n.replace(object::stored<kube::node>({object::any_object(grown.done()), 2}));
    CHECK(n.allocatable.cpu == 4000);
    CHECK(n.pod_limit == 10);
    CHECK(n.pods.size() == 1);
    CHECK(n.load.cpu == kube::assumed_cpu);
}

TEST_CASE("a node knows its pods, and can be looked at as it would be without some") {
    auto n = info(make_node("a"));
    auto const one = std::make_shared<kube::pod_info const>(info(with_ports("one", {port(80)})));
    auto const two = std::make_shared<kube::pod_info const>(info(with_ports("two", {port(81)})));
    n.add(one);
    n.add(two);
    auto const rest = kube::without(n, std::vector{one});
    CHECK(rest.pods == std::vector{two});
    CHECK(rest.ports == std::vector<kube::host_port>{{"0.0.0.0", "TCP", 81}});
    CHECK(rest.load.cpu == kube::assumed_cpu);
    CHECK(n.pods == std::vector{one, two});
    n.remove("nobody");
    CHECK(n.pods.size() == 2);
}
