/// \file
/// Which pods a pod must be with, must not be with, and wants to be with.

#include "../placing.hpp"

#include <berth/kube/schedule/plugins/inter_pod_affinity.hpp>

using namespace test;
namespace plugins = kube::plugins;

namespace {

constexpr auto zone = "topology.kubernetes.io/zone";

auto app(std::string name, std::string value) -> make_pod {
    return make_pod(std::move(name)).label("app", std::move(value));
}
auto near_app(std::string value, std::string key = zone) -> kube::pod_affinity_term {
    auto out = kube::pod_affinity_term();
    out.label_selector = selecting("app", std::move(value));
    out.topology_key = std::move(key);
    return out;
}
auto weighed(std::int32_t weight, kube::pod_affinity_term t) -> kube::weighted_pod_affinity_term {
    auto out = kube::weighted_pod_affinity_term();
    out.weight = weight;
    out.pod_affinity_term = std::move(t);
    return out;
}
auto needs(make_pod m, kube::pod_affinity_term t) -> make_pod {
    return m.with([&](kube::pod& p) {
        p.spec.affinity.engage()
            .pod_affinity.engage()
            .required_during_scheduling_ignored_during_execution.push_back(t);
    });
}
auto excludes(make_pod m, kube::pod_affinity_term t) -> make_pod {
    return m.with([&](kube::pod& p) {
        p.spec.affinity.engage()
            .pod_anti_affinity.engage()
            .required_during_scheduling_ignored_during_execution.push_back(t);
    });
}
auto prefers(make_pod m, std::int32_t weight, kube::pod_affinity_term t) -> make_pod {
    return m.with([&](kube::pod& p) {
        p.spec.affinity.engage()
            .pod_affinity.engage()
            .preferred_during_scheduling_ignored_during_execution.push_back(weighed(weight, t));
    });
}
auto avoids(make_pod m, std::int32_t weight, kube::pod_affinity_term t) -> make_pod {
    return m.with([&](kube::pod& p) {
        p.spec.affinity.engage()
            .pod_anti_affinity.engage()
            .preferred_during_scheduling_ignored_during_execution.push_back(weighed(weight, t));
    });
}
/// web runs in zone x on a, db in zone y on c; b is in zone x too.
auto places() -> std::vector<kube::node_info> {
    return {info(in_zone("x", "a"), {app("1", "web")}), info(in_zone("x", "b")),
            info(in_zone("y", "c"), {app("2", "db")}), info(make_node("d"))};
}
auto says(make_pod const& p, std::vector<kube::node_info> const& nodes = places()) -> each {
    return accepted(plugins::inter_pod_affinity, info(p), nodes);
}

} // namespace

TEST_CASE("a required pod must be in the node's domain") {
    CHECK(says(needs(make_pod("p"), near_app("web"))) == each{true, true, false, false});
    CHECK(says(needs(make_pod("p"), near_app("web", "kubernetes.io/hostname"))) ==
          each{true, false, false, false});
    CHECK(verdicts(plugins::inter_pod_affinity, info(needs(make_pod("p"), near_app("web"))), places())[2] ==
          schedule::rule_out("node(s) didn't match pod affinity rules"));
}

TEST_CASE("all required terms must match one and the same pod") {
    CHECK(says(needs(needs(make_pod("p"), near_app("web")), near_app("db"))) ==
          each{false, false, false, false});
}

TEST_CASE("the first of a series that requires itself may begin, where all keys are") {
    CHECK(says(needs(app("p", "new"), near_app("new"))) == each{true, true, true, false});
    CHECK(says(needs(app("p", "other"), near_app("new"))) == each{false, false, false, false});
    CHECK(says(needs(app("p", "web"), near_app("web"))) == each{true, true, false, false});
}

TEST_CASE("an excluded pod must not be in the node's domain; a node without the key has none") {
    CHECK(says(excludes(make_pod("p"), near_app("web"))) == each{false, false, true, true});
    CHECK(verdicts(plugins::inter_pod_affinity, info(excludes(make_pod("p"), near_app("web"))),
                   places())[0] == schedule::reject("node(s) didn't match pod anti-affinity rules"));
}

TEST_CASE("pods that are there may exclude a pod that says nothing") {
    auto nodes = places();
    nodes[2].add(info(excludes(app("3", "shy"), near_app("web"))));
    CHECK(says(app("p", "web"), nodes) == each{true, true, false, true});
    CHECK(verdicts(plugins::inter_pod_affinity, info(app("p", "web")), nodes)[2] ==
          schedule::reject("node(s) didn't satisfy existing pods anti-affinity rules"));
    CHECK(says(app("p", "db"), nodes) == each{true, true, true, true});
}

TEST_CASE("a term is about the pod's namespace, about those it names, or about those it selects") {
    auto all = kube::catalogue();
    for (auto const* const name : {"default", "team"}) {
        auto space = kube::namespace_();
        space.metadata.name = name;
        space.metadata.labels["team"] = name == std::string("team") ? "yes" : "no";
        all.put({object::any_object(space), 1});
    }
    auto const nodes = std::vector{info(in_zone("x", "a"), {app("1", "web").in("team")})};
    auto const ask = [&](auto change) -> bool {
        auto t = near_app("web");
        change(t);
        return accepted(plugins::inter_pod_affinity, info(needs(make_pod("p"), t), all), nodes)[0];
    };
    CHECK_FALSE(ask([](auto&) {}));
    CHECK(ask([](auto& t) { t.namespaces = {"team"}; }));
    CHECK(ask([](auto& t) { t.namespace_selector = object::label_selector(); }));
    CHECK(ask([](auto& t) { t.namespace_selector = selecting("team", "yes"); }));
    CHECK_FALSE(ask([](auto& t) { t.namespace_selector = selecting("team", "no"); }));
}

TEST_CASE("required company obeys the laws of filters, and of states that are advanced") {
    auto nodes = places();
    nodes[2].add(info(excludes(app("3", "shy"), near_app("web"))));
    nodes.push_back(nodes[0]);
    nodes.back().add(info(app("4", "db")));
    auto const pods = std::vector{info(app("p", "web")), info(needs(make_pod("p"), near_app("web"))),
                                  info(excludes(app("p", "db"), near_app("db"))),
                                  info(needs(app("p", "new"), near_app("new"))), info(make_pod("p"))};
    schedule::laws::filter(plugins::inter_pod_affinity, pods, nodes, held);
    schedule::laws::advancing(plugins::inter_pod_affinity, pods, nodes, held);
}

TEST_CASE("the weights of preferred and avoided company add up by domain") {
    auto const& s = plugins::inter_pod_affinity_score;
    CHECK(schedule::rate(s, info(prefers(make_pod("p"), 5, near_app("web"))), places()) ==
          points{100, 100, 0, 0});
    CHECK(schedule::rate(s, info(avoids(make_pod("p"), 5, near_app("web"))), places()) ==
          points{0, 0, 100, 100});
    CHECK(schedule::rate(s, info(prefers(avoids(make_pod("p"), 5, near_app("web")), 5, near_app("db"))),
                         places()) == points{0, 0, 100, 50});
}

TEST_CASE("what pods that are there require and prefer counts for a pod that says nothing") {
    auto nodes = places();
    nodes[0].add(info(needs(app("3", "x"), near_app("new"))));
    nodes[2].add(info(prefers(app("4", "x"), 3, near_app("new"))));
    auto const p = info(app("p", "new"));
    CHECK(schedule::rate(plugins::inter_pod_affinity_score, p, nodes) == points{33, 33, 100, 0});
    auto const heavy = schedule::score<plugins::preferred_company>({.hard_weight = 30});
    CHECK(schedule::rate(heavy, p, nodes) == points{100, 100, 10, 0});
    auto const deaf = plugins::preferred_company{.ignore_preferences_of_others = true};
    CHECK_FALSE(deaf.prepare(p, nodes).has_value());
}

TEST_CASE("where no term matches, company takes no part") {
    CHECK_FALSE(plugins::preferred_company{}.prepare(info(make_pod("p")), places()).has_value());
    schedule::laws::score(plugins::inter_pod_affinity_score,
                          std::vector{info(prefers(make_pod("p"), 5, near_app("web")))}, places(), held);
}
