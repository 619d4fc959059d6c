/// \file
/// Even use of resources.

#include "../placing.hpp"

#include <berth/kube/schedule/plugins/node_resources_balanced_allocation.hpp>

using namespace test;
namespace plugins = kube::plugins;

namespace {
auto node_of(std::int64_t milli, std::int64_t mib, std::vector<make_pod> const& pods = {})
    -> kube::node_info {
    return info(make_node("a").with([&](kube::node& n) {
        n.status.allocatable["cpu"] = object::quantity::of_milli(milli);
        n.status.allocatable["memory"] = object::quantity::of(mib << 20U);
    }),
                pods);
}
auto asking_both(std::int64_t milli, std::int64_t mib) -> make_pod {
    return asking("p", "cpu", milli).with([&](kube::pod& p) {
        p.spec.containers[0].resources.requests["memory"] = object::quantity::of(mib << 20U);
    });
}
} // namespace

TEST_CASE("a node whose use becomes more even is better than 75, one whose use becomes less even worse") {
    auto const& s = plugins::node_resources_balanced_allocation;
    auto const p = info(asking_both(500, 0));
    auto const nodes = std::vector{node_of(1000, 1000), node_of(1000, 1000, {asking_both(0, 500)})};
    CHECK(schedule::rate(s, p, nodes) == points{(150 + 75 - 100) / 2, (150 + 100 - 75) / 2});
    CHECK(schedule::rate(s, info(asking_both(500, 500)), nodes)[0] == 75);
}

TEST_CASE("pods that ask for neither processors nor memory do not care") {
    CHECK_FALSE(plugins::balance{}.prepare(info(make_pod("p"))).has_value());
    CHECK(plugins::balance{}.prepare(info(asking_both(0, 1))).has_value());
}
