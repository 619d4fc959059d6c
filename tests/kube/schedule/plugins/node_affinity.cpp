/// \file
/// Which nodes a pod needs and prefers.

#include "../placing.hpp"

#include <berth/kube/schedule/plugins/node_affinity.hpp>

using namespace test;
namespace plugins = kube::plugins;

namespace {

auto term(std::string key, std::string op, std::vector<std::string> values, bool field = false)
    -> kube::node_selector_term {
    auto out = kube::node_selector_term();
    auto& r = (field ? out.match_fields : out.match_expressions).emplace_back();
    r.key = std::move(key);
    r.operator_ = std::move(op);
    r.values = std::move(values);
    return out;
}
auto needing(std::vector<kube::node_selector_term> terms) -> make_pod {
    return make_pod("p").with([&](kube::pod& p) {
        auto& needed = p.spec.affinity.engage().node_affinity.engage();
        needed.required_during_scheduling_ignored_during_execution.engage().node_selector_terms = terms;
    });
}
auto preference(std::int32_t weight, kube::node_selector_term t) -> kube::preferred_scheduling_term {
    auto out = kube::preferred_scheduling_term();
    out.weight = weight;
    out.preference = std::move(t);
    return out;
}
auto both() -> std::vector<kube::node_info> {
    return {info(make_node("a").label("disk", "ssd")), info(make_node("b").label("disk", "hdd"))};
}
auto const no_match = schedule::rule_out("node(s) didn't match Pod's node affinity/selector");

} // namespace

TEST_CASE("a node selector asks for all of its labels") {
    auto const p = info(make_pod("p").with([](kube::pod& o) { o.spec.node_selector["disk"] = "ssd"; }));
    CHECK(verdicts(plugins::node_affinity, p, both()) == std::vector{schedule::accept, no_match});
}

TEST_CASE("one of the required terms must match") {
    auto const p = info(needing({term("disk", "In", {"tape"}), term("disk", "NotIn", {"hdd"})}));
    CHECK(verdicts(plugins::node_affinity, p, both()) == std::vector{schedule::accept, no_match});
}

TEST_CASE("where all terms name nodes, no other node is looked at, and none of them has a reason") {
    auto const f = plugins::node_affinity_names;
    CHECK(verdicts(f, info(needing({term("metadata.name", "In", {"b"}, true)})), both()) ==
          std::vector{schedule::rule_out(), schedule::accept});
    CHECK(accepted(f, info(needing({term("metadata.name", "In", {"b"}, true), term("disk", "Exists", {})})),
                   both()) == each{true, true});
    CHECK(accepted(f, info(make_pod("p")), both()) == each{true, true});
}

TEST_CASE("terms that name different nodes at once conflict, which is said of the pod and before all else") {
    auto conflict = term("metadata.name", "In", {"a"}, true);
    conflict.match_fields.push_back(term("metadata.name", "In", {"b"}, true).match_fields[0]);
    auto const says = schedule::rule_out("pod affinity terms conflict");
    CHECK(verdicts(plugins::node_affinity_names, info(needing({conflict})), both()) ==
          std::vector{says, says});
    auto const where =
        schedule::place(info(needing({conflict})), both(),
                        schedule::profile{.filter = plugins::node_affinity and plugins::node_affinity_names});
    REQUIRE(!where);
    CHECK(where.error().summary() == "0/2 nodes are available: pod affinity terms conflict.");
}

TEST_CASE("what a profile adds is needed too") {
    auto added = kube::node_affinity();
    added.required_during_scheduling_ignored_during_execution.engage().node_selector_terms = {
        term("disk", "In", {"ssd"})};
    auto const f = schedule::filter<plugins::required_nodes>({.added = &added});
    CHECK(verdicts(f, info(make_pod("p")), both()) ==
          std::vector{schedule::accept,
                      schedule::rule_out("node(s) didn't match scheduler-enforced node affinity")});
}

TEST_CASE("the weights of the preferred terms that match add up, the best node gets 100") {
    auto const p = info(make_pod("p").with([](kube::pod& o) {
        auto& a = o.spec.affinity.engage().node_affinity.engage();
        a.preferred_during_scheduling_ignored_during_execution.push_back(
            preference(3, term("disk", "Exists", {})));
        a.preferred_during_scheduling_ignored_during_execution.push_back(
            preference(5, term("disk", "In", {"ssd"})));
    }));
    CHECK(schedule::rate(plugins::node_affinity_score, p, both()) == points{100, 37});
    auto added = kube::node_affinity();
    added.preferred_during_scheduling_ignored_during_execution.push_back(
        preference(1, term("disk", "In", {"hdd"})));
    auto const s = schedule::score<plugins::preferred_nodes>({.added = &added});
    CHECK(schedule::rate(s, p, both()) == points{100, 50});
    CHECK(schedule::rate(s, info(make_pod("p")), both()) == points{0, 100});
    CHECK_FALSE(plugins::preferred_nodes{}.prepare(info(make_pod("p"))).has_value());
}

TEST_CASE("a node that is ruled out with its new labels too does not help") {
    auto const pods = std::vector{info(needing({term("disk", "In", {"tape"})})),
                                  info(needing({term("metadata.name", "In", {"c"}, true)}))};
    auto nodes = both();
    nodes.push_back(info(make_node("b").label("disk", "tape")));
    nodes.push_back(info(make_node("c")));
    schedule::laws::hints(plugins::node_affinity_names and plugins::node_affinity, pods, nodes, held);
}
