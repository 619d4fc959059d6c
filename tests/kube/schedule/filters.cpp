/// \file
/// Which nodes will do for a pod, and the reasons why the others will not.

#include "../vocabulary.hpp"

#include <berth/kube/schedule/profile.hpp>
#include <berth/schedule/place.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using schedule::grade;

namespace {

auto info(make_pod const& m) -> kube::pod_info {
    return kube::pod_info(object::stored<kube::pod>({object::any_object(m.done()), 1}));
}
auto info(make_node const& m) -> kube::node_info {
    return kube::node_info(object::stored<kube::node>({object::any_object(m.done()), 1}));
}

auto roomy(std::string name) -> make_node {
    return make_node(std::move(name)).with([](kube::node& n) {
        n.status.allocatable["cpu"] = object::quantity::of(2);
        n.status.allocatable["memory"] = object::quantity::of(std::int64_t{1} << 30U);
        n.status.allocatable["pods"] = object::quantity::of(2);
        n.status.allocatable["example.com/gpu"] = object::quantity::of(1);
    });
}
auto asking(std::string name, std::string resource, std::int64_t milli) -> make_pod {
    return make_pod(std::move(name)).with([&](kube::pod& p) {
        p.spec.containers[0].resources.requests[resource] = object::quantity::of_milli(milli);
    });
}
auto with_port(std::string name, std::int32_t port, std::string protocol = "TCP", std::string ip = "")
    -> make_pod {
    return make_pod(std::move(name)).with([&](kube::pod& p) {
        auto& c = p.spec.containers[0].ports.emplace_back();
        c.port = c.host_port = port;
        c.protocol = protocol;
        c.host_ip = ip;
    });
}

/// What the profile's filters say of one node: the filter that refuses it, how, and why.
struct said {
    std::string filter;
    grade how = grade::accepted;
    std::string why;

    friend auto operator==(said const&, said const&) -> bool = default;
};
auto say(make_pod const& p, kube::node_info n) -> said {
    auto const nodes = std::vector<kube::node_info>{std::move(n)};
    auto const where = schedule::place(info(p), nodes, kube::first_profile);
    if (where) return {};
    auto const& r = where.error().refused.at(0);
    return {r.filter, r.says.how(), r.says.text()};
}
auto say(make_pod const& p, make_node const& n) -> said { return say(p, info(n)); }

auto accepted() -> said { return {}; }

} // namespace

TEST_CASE("a cordoned node takes only pods that tolerate it") {
    auto const n = roomy("a").with([](kube::node& o) { o.spec.unschedulable = true; });
    CHECK(say(make_pod("p"), n) == said{"NodeUnschedulable", grade::ruled_out, "node(s) were unschedulable"});
    CHECK(say(make_pod("p").tolerates("node.kubernetes.io/unschedulable"), n) == accepted());
    CHECK(say(make_pod("p").tolerates(""), n) == accepted());
}

TEST_CASE("a pod that names its node goes there or nowhere") {
    CHECK(say(make_pod("p").on("a"), roomy("a")) == accepted());
    CHECK(say(make_pod("p").on("b"), roomy("a")) ==
          said{"NodeName", grade::ruled_out, "node(s) didn't match the requested node name"});
}

TEST_CASE("taints keep pods off that do not tolerate them, unless they only advise") {
    auto const refused = said{"TaintToleration", grade::ruled_out, "node(s) had untolerated taint(s)"};
    CHECK(say(make_pod("p"), roomy("a").tainted("gpu", "NoSchedule")) == refused);
    CHECK(say(make_pod("p"), roomy("a").tainted("gpu", "NoExecute")) == refused);
    CHECK(say(make_pod("p"), roomy("a").tainted("gpu", "PreferNoSchedule")) == accepted());
    CHECK(say(make_pod("p").tolerates("gpu"), roomy("a").tainted("gpu", "NoSchedule")) == accepted());
    CHECK(say(make_pod("p").tolerates("gpu"),
              roomy("a").tainted("gpu", "NoSchedule").tainted("x", "NoExecute")) == refused);
}

TEST_CASE("a node selector asks for all of its labels") {
    auto const p = make_pod("p").with([](kube::pod& o) { o.spec.node_selector["disk"] = "ssd"; });
    CHECK(say(p, roomy("a").label("disk", "ssd")) == accepted());
    CHECK(say(p, roomy("a").label("disk", "hdd")) ==
          said{"NodeAffinity", grade::ruled_out, "node(s) didn't match Pod's node affinity/selector"});
}

TEST_CASE("two pods cannot have one port of a node") {
    auto const clash =
        said{"NodePorts", grade::rejected, "node(s) didn't have free ports for the requested pod ports"};
    auto n = info(roomy("a"));
    auto const first = info(with_port("first", 80, "TCP", "10.0.0.1"));
    n.add(first);
    CHECK(say(with_port("p", 80), n) == clash);
    CHECK(say(with_port("p", 80, ""), n) == clash);
    CHECK(say(with_port("p", 80, "TCP", "10.0.0.1"), n) == clash);
    CHECK(say(with_port("p", 80, "TCP", "10.0.0.2"), n) == accepted());
    CHECK(say(with_port("p", 80, "UDP"), n) == accepted());
    CHECK(say(with_port("p", 81), n) == accepted());
    n.remove(first);
    CHECK(say(with_port("p", 80), n) == accepted());
}

TEST_CASE("a node must have left what a pod asks for; what it never has, no departure helps") {
    auto n = info(roomy("a"));
    n.add(info(asking("first", "cpu", 1500)));
    CHECK(say(asking("p", "cpu", 500), n) == accepted());
    CHECK(say(asking("p", "cpu", 501), n) == said{"NodeResourcesFit", grade::rejected, "Insufficient cpu"});
    CHECK(say(asking("p", "cpu", 2001), n) == said{"NodeResourcesFit", grade::ruled_out, "Insufficient cpu"});
    CHECK(say(asking("p", "ephemeral-storage", 1000), n) ==
          said{"NodeResourcesFit", grade::ruled_out, "Insufficient ephemeral-storage"});
    CHECK(say(asking("p", "example.com/gpu", 1000), n) == accepted());
    CHECK(say(asking("p", "example.com/gpu", 2000), n) ==
          said{"NodeResourcesFit", grade::ruled_out, "Insufficient example.com/gpu"});
}

TEST_CASE("all that a node lacks is told, and the harshest grade counts") {
    auto n = info(roomy("a"));
    n.add(info(asking("first", "cpu", 1500)));
    n.add(info(make_pod("second")));
    auto const p = asking("p", "cpu", 1000).with([](kube::pod& o) {
        o.spec.containers[0].resources.requests["memory"] = object::quantity::of(std::int64_t{1} << 40U);
    });
    CHECK(say(p, n) ==
          said{"NodeResourcesFit", grade::ruled_out, "Too many pods, Insufficient cpu, Insufficient memory"});
}

TEST_CASE(
    "a pod that asks for nothing only needs a place, even on a node that has been filled beyond itself") {
    auto n = info(roomy("a"));
    n.add(info(asking("first", "cpu", 5000)));
    CHECK(say(make_pod("p"), n) == accepted());
    n.add(info(make_pod("second")));
    CHECK(say(make_pod("p"), n) == said{"NodeResourcesFit", grade::rejected, "Too many pods"});
}

TEST_CASE("the first filter that refuses is the one that is told") {
    auto const n =
        roomy("a").tainted("gpu", "NoSchedule").with([](kube::node& o) { o.spec.unschedulable = true; });
    CHECK(say(asking("p", "cpu", 9000), n).filter == "NodeUnschedulable");
}
