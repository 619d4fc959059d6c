/// \file
/// How good the nodes are for a pod.

#include "../vocabulary.hpp"

#include <berth/kube/schedule/profile.hpp>
#include <berth/schedule/place.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto pod_asking(std::int64_t cpu, std::int64_t mib) -> kube::pod_info {
    auto const m = make_pod("p").with([&](kube::pod& p) {
        auto& r = p.spec.containers[0].resources.requests;
        r["cpu"] = object::quantity::of_milli(cpu);
        r["memory"] = object::quantity::of(mib << 20U);
    });
    return kube::pod_info(object::stored<kube::pod>({object::any_object(m.done()), 1}));
}
auto node_with(std::int64_t cpu, std::int64_t mib) -> kube::node_info {
    auto const m = make_node("a").with([&](kube::node& n) {
        auto& r = n.status.allocatable;
        if (cpu != 0) r["cpu"] = object::quantity::of_milli(cpu);
        if (mib != 0) r["memory"] = object::quantity::of(mib << 20U);
        r["pods"] = object::quantity::of(110);
    });
    return kube::node_info(object::stored<kube::node>({object::any_object(m.done()), 1}));
}
auto bare_pod() -> kube::pod_info {
    return kube::pod_info(object::stored<kube::pod>({object::any_object(make_pod("bare").done()), 1}));
}
/// The points of a node for a pod.
auto points(kube::pod_info const& p, kube::node_info n) -> schedule::points {
    auto const nodes = std::vector<kube::node_info>{std::move(n)};
    auto const where = schedule::place(p, nodes, kube::first_profile);
    REQUIRE(where.has_value());
    return where->total;
}

} // namespace

TEST_CASE("points are the mean of what would be left of processors and memory, each rounded down") {
    CHECK(points(pod_asking(500, 100), node_with(1000, 1000)) == (50 + 90) / 2);
    CHECK(points(pod_asking(333, 100), node_with(1000, 1000)) == (66 + 90) / 2);
    CHECK(points(pod_asking(1000, 1000), node_with(1000, 1000)) == 0);
}

TEST_CASE("what is on the node counts, and comes back when it leaves") {
    auto n = node_with(1000, 1000);
    auto const first = pod_asking(400, 500);
    n.add(first);
    CHECK(points(pod_asking(200, 100), n) == (40 + 40) / 2);
    n.remove(first);
    CHECK(points(pod_asking(200, 100), n) == (80 + 90) / 2);
}

TEST_CASE("pods that ask for nothing count with a little") {
    auto n = node_with(1000, 1000);
    CHECK(points(bare_pod(), n) == (90 + 80) / 2);
    n.add(bare_pod());
    CHECK(points(bare_pod(), n) == (80 + 60) / 2);
}

TEST_CASE("a resource that a node lacks does not count, one that would not suffice counts as nothing left") {
    CHECK(points(bare_pod(), node_with(1000, 0)) == 90);
    CHECK(points(bare_pod(), node_with(0, 0)) == 0);
    CHECK(points(bare_pod(), node_with(1000, 100)) == 90 / 2);
}
