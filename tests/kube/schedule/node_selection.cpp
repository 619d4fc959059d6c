/// \file
/// Which nodes a pod asks for by their labels and names.

#include "../vocabulary.hpp"

#include <berth/kube/schedule/node_selection.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto requirement(std::string key, std::string op, std::vector<std::string> values = {})
    -> kube::node_selector_requirement {
    auto r = kube::node_selector_requirement{};
    r.key = std::move(key);
    r.operator_ = std::move(op);
    r.values = std::move(values);
    return r;
}
auto labelled(object::list<kube::node_selector_requirement> all) -> kube::node_selector_term {
    auto t = kube::node_selector_term{};
    t.match_expressions = std::move(all);
    return t;
}
auto named(kube::node_selector_requirement r) -> kube::node_selector_term {
    auto t = kube::node_selector_term{};
    t.match_fields.push_back(std::move(r));
    return t;
}
auto holds(std::string key, std::string op, std::vector<std::string> values = {}) -> bool {
    auto const n = make_node("a").label("disk", "ssd").label("gen", "5").label("neg", "-3");
    return kube::matches(labelled({requirement(std::move(key), std::move(op), std::move(values))}), n.done());
}

} // namespace

TEST_CASE("a label is in a list, or not") {
    CHECK(holds("disk", "In", {"hdd", "ssd"}));
    CHECK_FALSE(holds("disk", "In", {"hdd"}));
    CHECK_FALSE(holds("absent", "In", {"hdd"}));
    CHECK(holds("disk", "NotIn", {"hdd"}));
    CHECK_FALSE(holds("disk", "NotIn", {"hdd", "ssd"}));
    CHECK(holds("absent", "NotIn", {"hdd"}));
}

TEST_CASE("a label is there, or not") {
    CHECK(holds("disk", "Exists"));
    CHECK_FALSE(holds("absent", "Exists"));
    CHECK(holds("absent", "DoesNotExist"));
    CHECK_FALSE(holds("disk", "DoesNotExist"));
}

TEST_CASE("labels that are whole numbers are compared as such, others never match") {
    CHECK(holds("gen", "Gt", {"4"}));
    CHECK_FALSE(holds("gen", "Gt", {"5"}));
    CHECK(holds("gen", "Lt", {"10"}));
    CHECK(holds("neg", "Lt", {"0"}));
    CHECK_FALSE(holds("disk", "Gt", {"1"}));
    CHECK_FALSE(holds("gen", "Gt", {"one"}));
    CHECK_FALSE(holds("gen", "Gt", {"1", "2"}));
    CHECK_FALSE(holds("absent", "Lt", {"1"}));
    CHECK_FALSE(holds("gen", "Lt", {"99999999999999999999"}));
}

TEST_CASE("an operator that nobody knows matches nothing") { CHECK_FALSE(holds("disk", "Like", {"ssd"})); }

TEST_CASE("all requirements of a term must hold, and an empty term matches nothing") {
    auto const n = make_node("a").label("disk", "ssd");
    auto const ssd = requirement("disk", "In", {"ssd"});
    CHECK_FALSE(kube::matches(labelled({ssd, requirement("gen", "Exists")}), n.done()));
    CHECK_FALSE(kube::matches(kube::node_selector_term{}, n.done()));
    auto both = labelled({ssd});
    both.match_fields.push_back(requirement("metadata.name", "In", {"b"}));
    CHECK_FALSE(kube::matches(both, n.done()));
}

TEST_CASE("a node may be asked for by its name") {
    auto const n = make_node("a");
    CHECK(kube::matches(named(requirement("metadata.name", "In", {"a"})), n.done()));
    CHECK_FALSE(kube::matches(named(requirement("metadata.name", "NotIn", {"a"})), n.done()));
    CHECK_FALSE(kube::matches(named(requirement("metadata.uid", "In", {"uid-of-a"})), n.done()));
}

TEST_CASE("a pod wants its node selector and one of the terms that its affinity requires") {
    auto const n = make_node("a").label("disk", "ssd").label("gen", "5");
    auto spec = kube::pod_spec{};
    CHECK(kube::selects(spec, n.done()));
    spec.node_selector["disk"] = "ssd";
    CHECK(kube::selects(spec, n.done()));
    auto& affinity = spec.affinity.engage().node_affinity.engage();
    CHECK(kube::selects(spec, n.done()));
    auto& required = affinity.required_during_scheduling_ignored_during_execution.engage();
    CHECK_FALSE(kube::selects(spec, n.done()));
    required.node_selector_terms.push_back(labelled({requirement("gen", "Lt", {"5"})}));
    CHECK_FALSE(kube::selects(spec, n.done()));
    required.node_selector_terms.push_back(labelled({requirement("gen", "In", {"5"})}));
    CHECK(kube::selects(spec, n.done()));
    spec.node_selector["disk"] = "";
    CHECK_FALSE(kube::selects(spec, n.done()));
}
