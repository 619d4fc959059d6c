/// \file
/// What the plugins say that they read of a node.

#include "../vocabulary.hpp"
#include "placing.hpp"

#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/profile.hpp>
#include <berth/schedule/cycle.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using machine =
    schedule::cycle<kube::pod_info, kube::node_info, std::remove_const_t<decltype(kube::default_profile)>>;

/// Whether a pod that was refused by this filter hears of what differs between two nodes.
template <class Filter> auto hears(Filter const&, make_node const& after) -> bool {
    using universe = schedule::detail::facets_named<decltype(kube::default_profile.filter)>::type;
    auto const read = schedule::detail::facets_of<universe, Filter, kube::pod_info, kube::node_info>();
    auto const differs = universe::difference(info(make_node("a")), info(after));
    return read.meets(differs);
}

} // namespace

TEST_CASE(
    "labels, taints, cordons and capacity are read by the filters that speak of them, and by no others") {
    using namespace kube::plugins;
    auto const labelled = make_node("a").with([](kube::node& n) { n.metadata.labels["disk"] = "ssd"; });
    CHECK(hears(node_affinity, labelled));
    CHECK_FALSE(hears(taint_toleration, labelled));
    auto const tainted = make_node("a").tainted("gpu", "NoSchedule");
    CHECK(hears(taint_toleration, tainted));
    CHECK_FALSE(hears(node_resources_fit, tainted));
    auto const cordoned = make_node("a").with([](kube::node& n) { n.spec.unschedulable = true; });
    CHECK(hears(node_unschedulable, cordoned));
    CHECK_FALSE(hears(node_affinity, cordoned));
    auto const grown =
        make_node("a").with([](kube::node& n) { n.status.allocatable["cpu"] = object::quantity::of(9); });
    CHECK(hears(node_resources_fit, grown));
    CHECK_FALSE(hears(node_unschedulable, grown));
}

TEST_CASE("a heartbeat changes nothing that a filter reads") {
    auto const beating =
        make_node("a").with([](kube::node& n) { n.status.conditions.emplace_back().type = "Ready"; });
    auto const differs = machine::difference(info(make_node("a")), info(beating));
    CHECK(differs == schedule::facet_set::undeclared());
}
