/// \file
/// An explanation as a value for programs.

#include "placing.hpp"

#include <berth/kube/schedule/decision.hpp>
#include <berth/kube/schedule/profile.hpp>
#include <berth/object/encode.hpp>

using namespace test;
using kube::default_profile;

namespace {
auto decide(make_pod const& p, std::vector<kube::node_info> const& nodes) -> kube::decision {
    auto const asked = info(p);
    return kube::decision_of(asked, nodes, schedule::explain(asked, nodes, default_profile),
                             schedule::advise(asked, nodes, default_profile));
}
} // namespace

TEST_CASE("a decision names the chosen node, its lead, and all points leaf by leaf") {
    auto const nodes =
        std::vector<kube::node_info>{info(roomy("a"), {asking("x", "cpu", 1500)}), info(roomy("b"))};
    auto const d = decide(asking("p", "cpu", 100), nodes);
    CHECK(d.pod == "default/p");
    CHECK(d.chosen == "b");
    CHECK(d.runner_up == "a");
    CHECK(d.margin > 0);
    REQUIRE(d.nodes.size() == 2);
    CHECK(d.nodes[1].total - d.nodes[0].total == d.margin);
    auto sum = 0.0;
    for (auto const& p : d.nodes[1].points) {
        CHECK(p.weighted == p.weight * p.normalised);
        sum += p.weighted;
    }
    CHECK(sum == d.nodes[1].total);
    CHECK(d.advice.empty());
}

TEST_CASE("a refused node has all refusals, and what would help") {
    auto const nodes = std::vector<kube::node_info>{
        info(roomy("a").with([](kube::node& n) { n.spec.unschedulable = true; }))};
    auto const d = decide(asking("p", "cpu", 2500), nodes);
    CHECK(d.chosen.empty());
    CHECK(object::to_json_text(d.nodes[0]) ==
          R"({"name":"a","accepted":false,"total":0,"refusals":[)"
          R"({"plugin":"NodeUnschedulable","grade":"UnschedulableAndUnresolvable",)"
          R"("reasons":["node(s) were unschedulable"]},)"
          R"({"plugin":"NodeResourcesFit","grade":"UnschedulableAndUnresolvable",)"
          R"("reasons":["Insufficient cpu"]}]})");
    REQUIRE(d.advice.size() == 1);
    CHECK(object::to_json_text(d.advice[0]) ==
          R"({"text":"uncordon and 500m more cpu","complete":true,"nodes":["a"],)"
          R"("changes":[{"kind":"uncordon"},{"kind":"resource","name":"cpu","amount":500}]})");
}

TEST_CASE("who would have to leave is named") {
    auto const nodes = std::vector<kube::node_info>{info(roomy("a"), {asking("x", "cpu", 1500)})};
    auto const d = decide(asking("p", "cpu", 1000).with([](kube::pod& p) { p.spec.priority = 5; }), nodes);
    CHECK(d.room == "a");
    CHECK(d.victims.size() == 1);
}
