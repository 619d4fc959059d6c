/// \file
/// The table of nodes.

#include "../../vocabulary.hpp"

#include <berth/api/lifecycle.hpp>
#include <berth/kube/core/node/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto cells_of(make_node const& m) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& c : test::cells_of(kube::node_kind().columns, m.done(), new_year + seconds(300)))
        out.push_back(std::get<std::string>(c));
    return out;
}

} // namespace

TEST_CASE("a node is ready, not ready, or unknown, and may be cordoned") {
    CHECK(cells_of(make_node("a"))[1] == "Unknown");
    CHECK(cells_of(make_node("a").ready())[1] == "Ready");
    CHECK(cells_of(make_node("a").condition("Ready", "Unknown"))[1] == "NotReady");
    auto const cordoned = make_node("a").ready().with([](kube::node& n) { n.spec.unschedulable = true; });
    CHECK(cells_of(cordoned)[1] == "Ready,SchedulingDisabled");
}

TEST_CASE("a new node has the status that its creator gives it") {
    auto const k = api::kind(kube::node_kind());
    auto draw = berth::random_engine(1);
    auto d = object::draft(object::any_object(make_node("a").ready().done()));
    api::before_create(k, d, new_year, draw);
    CHECK(d.as<kube::node>().status.conditions.size() == 1);
}

TEST_CASE("a node's roles are read off its labels") {
    CHECK(cells_of(make_node("a"))[2] == "<none>");
    CHECK(cells_of(make_node("a")
                       .label("node-role.kubernetes.io/worker", "")
                       .label("node-role.kubernetes.io/control-plane", "")
                       .label("kubernetes.io/role", "worker"))[2] == "control-plane,worker");
}

TEST_CASE("what a node has not told is shown as none or unknown") {
    auto const cells = cells_of(make_node("a"));
    CHECK(cells.size() == kube::node_kind().columns.size());
    CHECK(cells[0] == "a");
    CHECK(cells[3] == "5m");
    CHECK(cells[5] == "<none>");
    CHECK(cells[7] == "<unknown>");
    CHECK(cells[8] == "<unknown>");
}

TEST_CASE("field selectors may ask whether a node is cordoned") {
    auto const k = api::kind(kube::node_kind());
    auto n = make_node("a").done();
    CHECK(k.field_value(&n, "spec.unschedulable") == "false");
    n.spec.unschedulable = true;
    CHECK(k.field_value(&n, "spec.unschedulable") == "true");
    CHECK_FALSE(k.field_value(&n, "spec.podCIDR").has_value());
}
