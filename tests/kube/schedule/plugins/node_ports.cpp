/// \file
/// Ports of the node.

#include "../placing.hpp"

#include <berth/kube/schedule/plugins/node_ports.hpp>

using namespace test;
namespace plugins = kube::plugins;

namespace {
auto with_port(std::string name, std::int32_t port, std::string protocol = "TCP", std::string ip = "")
    -> make_pod {
    return make_pod(std::move(name)).with([&](kube::pod& p) {
        auto& c = p.spec.containers[0].ports.emplace_back();
        c.port = c.host_port = port;
        c.protocol = protocol;
        c.host_ip = ip;
    });
}
auto say(make_pod const& p, kube::node_info const& n) -> schedule::verdict {
    return schedule::judge(plugins::node_ports, info(p), n);
}
} // namespace

TEST_CASE("two pods cannot have one port of a node") {
    auto const clash = schedule::reject("node(s) didn't have free ports for the requested pod ports");
    auto n = info(make_node("a"), {with_port("first", 80, "TCP", "10.0.0.1")});
    CHECK(say(with_port("p", 80), n) == clash);
    CHECK(say(with_port("p", 80, ""), n) == clash);
    CHECK(say(with_port("p", 80, "TCP", "10.0.0.1"), n) == clash);
    CHECK(say(with_port("p", 80, "TCP", "10.0.0.2"), n).accepted());
    CHECK(say(with_port("p", 80, "UDP"), n).accepted());
    CHECK(say(with_port("p", 81), n).accepted());
    n.remove("uid-of-first");
    CHECK(say(with_port("p", 80), n).accepted());
}

TEST_CASE("a port that two pods have, against the rules, is free when the first of them leaves") {
    auto n = info(make_node("a"), {with_port("first", 80), with_port("second", 80)});
    n.remove("uid-of-first");
    CHECK(say(with_port("p", 80), n).accepted());
}
