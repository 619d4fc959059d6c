/// \file
/// The taints that a node has because of its conditions.

#include "../../../vocabulary.hpp"

#include <berth/kube/core/node/controller/taints.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using words = std::vector<std::string>;

auto shown(object::list<kube::taint> const& taints) -> words {
    auto out = words();
    for (auto const& t : taints) out.push_back(t.key + ":" + t.effect);
    return out;
}

} // namespace

TEST_CASE("conditions make taints, and take them away") {
    auto n = make_node("n").condition("Ready", "False").condition("DiskPressure", "True");
    CHECK(shown(kube::taints_by_condition(n.done(), new_year)) ==
          words{"node.kubernetes.io/not-ready:NoSchedule", "node.kubernetes.io/disk-pressure:NoSchedule",
                "node.kubernetes.io/not-ready:NoExecute"});
    auto well = make_node("n").ready().tainted("node.kubernetes.io/not-ready", "NoSchedule");
    CHECK(kube::taints_by_condition(well.done(), new_year).empty());
}

TEST_CASE("taints that have other reasons stay") {
    auto const n = make_node("n").ready().tainted("mine", "NoExecute");
    CHECK(shown(kube::taints_by_condition(n.done(), new_year)) == words{"mine:NoExecute"});
}

TEST_CASE("a node that cannot be scheduled has a taint that says so") {
    auto n = make_node("n").ready().with([](kube::node& o) { o.spec.unschedulable = true; }).done();
    CHECK(shown(kube::taints_by_condition(n, new_year)) ==
          words{"node.kubernetes.io/unschedulable:NoSchedule"});
}

TEST_CASE("a node that was not ready and becomes unreachable has been unwell since the former") {
    auto const n = make_node("n")
                       .condition("Ready", "Unknown")
                       .tainted("node.kubernetes.io/not-ready", "NoExecute", new_year - seconds(60));
    auto const taints = kube::taints_by_condition(n.done(), new_year);
    REQUIRE(taints.size() == 2);
    CHECK(taints[1].key == "node.kubernetes.io/unreachable");
    CHECK(taints[1].time_added == object::timestamp(new_year - seconds(60)));
    CHECK(taints[0].time_added == object::timestamp(new_year));
}
