/// \file
/// Pods spread evenly over topology domains.

#include "../placing.hpp"

#include <berth/kube/schedule/plugins/pod_topology_spread.hpp>

#include <cmath>

using namespace test;
namespace plugins = kube::plugins;

namespace {

constexpr auto zone = "topology.kubernetes.io/zone";
constexpr auto host = "kubernetes.io/hostname";

auto web(std::string name) -> make_pod { return make_pod(std::move(name)).label("app", "web"); }

/// A constraint on the pods of the label app=web.
auto spread(std::int32_t skew, std::string key, std::string kind) -> kube::topology_spread_constraint {
    auto out = kube::topology_spread_constraint();
    out.max_skew = skew;
    out.topology_key = std::move(key);
    out.when_unsatisfiable = std::move(kind);
    out.label_selector = selecting("app", "web");
    return out;
}
auto must(std::int32_t skew = 1, std::string key = zone) -> kube::topology_spread_constraint {
    return spread(skew, std::move(key), "DoNotSchedule");
}
auto should(std::int32_t skew = 1, std::string key = zone) -> kube::topology_spread_constraint {
    return spread(skew, std::move(key), "ScheduleAnyway");
}
auto spreading(std::vector<kube::topology_spread_constraint> all) -> make_pod {
    return web("p").with([&](kube::pod& p) { p.spec.topology_spread_constraints = all; });
}
auto with(kube::topology_spread_constraint c, auto change) -> kube::topology_spread_constraint {
    change(c);
    return c;
}
/// Two matching pods in zone x, one in zone y, none in zone z.
auto three_zones() -> std::vector<kube::node_info> {
    return {info(in_zone("x", "a"), {web("1"), make_pod("other")}), info(in_zone("x", "b"), {web("2")}),
            info(in_zone("y", "c"), {web("3")}), info(in_zone("z", "d"))};
}
auto says(make_pod const& p, std::vector<kube::node_info> const& nodes) -> each {
    return accepted(plugins::pod_topology_spread, info(p), nodes);
}

} // namespace

TEST_CASE("no domain may have more matching pods than the one with the fewest, beyond the skew") {
    CHECK(says(spreading({must(1)}), three_zones()) == each{false, false, false, true});
    CHECK(says(spreading({must(2)}), three_zones()) == each{false, false, true, true});
    CHECK(says(spreading({must(3)}), three_zones()) == each{true, true, true, true});
    CHECK(says(spreading({should(1)}), three_zones()) == each{true, true, true, true});
    CHECK(verdicts(plugins::pod_topology_spread, info(spreading({must(1)})), three_zones())[0] ==
          schedule::reject("node(s) didn't match pod topology spread constraints"));
}

TEST_CASE("a node without the key will never do, and its pods do not count") {
    auto nodes = three_zones();
    nodes.push_back(info(make_node("e"), {web("4")}));
    CHECK(
        verdicts(plugins::pod_topology_spread, info(spreading({must(1)})), nodes)[4] ==
        schedule::rule_out("node(s) didn't match pod topology spread constraints (missing required label)"));
    CHECK(says(spreading({must(1)}), nodes) == each{false, false, false, true, false});
}

TEST_CASE("a pod that its own selector does not match adds nothing") {
    auto const p = spreading({must(1)}).label("app", "db");
    CHECK(says(p, three_zones()) == each{false, false, true, true});
}

TEST_CASE("pods on their way out, of other namespaces, or of an empty selector do not count") {
    auto const nodes = std::vector{info(in_zone("x", "a"), {web("1").deleting(), web("2").in("other")}),
                                   info(in_zone("y", "b"))};
    CHECK(says(spreading({must(1)}), nodes) == each{true, true});
    auto const all = with(must(1), [](auto& c) { c.label_selector = object::label_selector(); });
    CHECK(says(spreading({all}), three_zones()) == each{true, true, true, true});
}

TEST_CASE("with fewer domains than wanted the fewest is taken for none") {
    auto const nodes = std::vector{info(in_zone("x", "a"), {web("1")}), info(in_zone("y", "b"), {web("2")})};
    CHECK(says(spreading({must(1)}), nodes) == each{true, true});
    CHECK(says(spreading({with(must(1), [](auto& c) { c.min_domains = 3; })}), nodes) == each{false, false});
}

TEST_CASE("nodes that the pod cannot go to do not count, tainted ones only if asked") {
    auto nodes = three_zones();
    auto here = spreading({must(1)});
    here.with([](kube::pod& p) { p.spec.node_selector[zone] = "x"; });
    CHECK(says(here, nodes) == each{true, true, true, true}); // the other zones are no domains
    auto anywhere =
        spreading({with(must(1), [](auto& c) { c.node_affinity_policy = std::string("Ignore"); })});
    anywhere.with([](kube::pod& p) { p.spec.node_selector[zone] = "x"; });
    CHECK(says(anywhere, nodes) == each{false, false, false, true});
    nodes[3] = info(in_zone("z", "d").tainted("gpu", "NoSchedule"));
    CHECK(says(spreading({must(1)}), nodes) == each{false, false, false, true});
    auto const honest = with(must(1), [](auto& c) { c.node_taints_policy = std::string("Honor"); });
    CHECK(says(spreading({honest}), nodes) == each{false, false, true, true});
}

TEST_CASE("the pod's own values of some labels are part of the selector") {
    auto nodes = three_zones();
    nodes[3].add(info(web("4").label("version", "2")));
    auto p = spreading({with(must(1), [](auto& c) { c.match_label_keys = {"version", "absent"}; })});
    CHECK(says(p.label("version", "2"), nodes) == each{true, true, true, false});
}

TEST_CASE("required spreading obeys the laws of filters, and of states that are advanced") {
    auto nodes = three_zones();
    nodes.push_back(info(make_node("e"), {web("4")}));
    nodes.push_back(nodes[0]);
    nodes.back().add(info(web("5")));
    auto const all = with(must(1), [](auto& c) { c.label_selector = object::label_selector(); });
    auto const pods = std::vector{info(spreading({must(1)})), info(spreading({must(1), must(2, host)})),
                                  info(spreading({all})), info(web("p"))};
    schedule::laws::filter(plugins::pod_topology_spread, pods, nodes, held);
    schedule::laws::advancing(plugins::pod_topology_spread, pods, nodes, held);
}

TEST_CASE("a change that is only supposed counts pods as kube-scheduler does: those on their way out too") {
    auto const leaf = plugins::required_spread{};
    auto const p = info(spreading({must(1)}));
    auto const nodes = std::vector{info(in_zone("x", "a"), {web("1"), web("2").deleting()}),
                                   info(in_zone("y", "b"), {web("3")})};
    auto const empty = kube::without(nodes[0], nodes[0].pods);
    auto const s = leaf.advance(leaf.prepare(p, nodes), p, {0, nodes[0], empty, true});
    CHECK(s->counts[0].pods("x") == -1);
    CHECK(leaf.advance(leaf.prepare(p, nodes), p, {0, nodes[0], empty})->counts[0].pods("x") == 0);
}

TEST_CASE("the fewer matching pods a domain has, the better the node") {
    auto const column =
        schedule::rate(plugins::pod_topology_spread_score, info(spreading({should(1)})), three_zones());
    auto const weight = std::log(5.0);
    auto const raw = [&](int n) { return std::round(n * weight); };
    CHECK(column == points{std::floor(100 * (raw(2) + 0 - raw(2)) / raw(2)), 0,
                           std::floor(100 * (raw(2) - raw(1)) / raw(2)), 100});
}

TEST_CASE("a node without a key of the pod's own constraints gets nothing") {
    auto nodes = three_zones();
    nodes.push_back(info(make_node("e")));
    CHECK(schedule::rate(plugins::pod_topology_spread_score, info(spreading({should(1)})), nodes)[4] == 0);
}

TEST_CASE("pods of a service are spread over hosts and zones, if they do not say otherwise") {
    auto all = kube::catalogue();
    auto s = kube::service();
    s.metadata.name = "web";
    s.metadata.namespace_ = "default";
    s.spec.selector["app"] = "web";
    all.put({object::any_object(s), 1});
    auto const& score = plugins::pod_topology_spread_score;
    auto const column = schedule::rate(score, info(web("p"), all), three_zones());
    CHECK(column[3] == 100);
    CHECK(column[0] < column[2]);
    CHECK(schedule::rate(score, info(web("p")), three_zones()) == points{0, 0, 0, 0});
    CHECK(schedule::rate(score, info(make_pod("p"), all), three_zones()) == points{0, 0, 0, 0});
    auto const told = spreading({must(9)}); // says otherwise
    CHECK(schedule::rate(score, info(told, all), three_zones()) == points{0, 0, 0, 0});
}

TEST_CASE("pods of a replica set are spread by the selector of the set") {
    auto all = kube::catalogue();
    auto set = kube::replica_set();
    set.metadata.name = "web";
    set.metadata.namespace_ = "default";
    set.metadata.uid = "set";
    set.spec.selector = selecting("app", "web");
    all.put({object::any_object(set), 1});
    auto const p = web("p").with(
        [&](kube::pod& o) { o.metadata.owner_references.push_back(reconcile::controlled_by(set)); });
    CHECK(schedule::rate(plugins::pod_topology_spread_score, info(p, all), three_zones())[3] == 100);
}

TEST_CASE("a profile may have other defaults, which can be required too") {
    auto all = kube::catalogue();
    auto s = kube::service();
    s.metadata.name = "web";
    s.metadata.namespace_ = "default";
    s.spec.selector["app"] = "web";
    all.put({object::any_object(s), 1});
    auto const constraints = std::vector{with(must(1), [](auto& c) { c.label_selector.reset(); })};
    auto const f = schedule::filter<plugins::required_spread>(
        {.defaults = {.by_system = false, .constraints = constraints}});
    CHECK(accepted(f, info(web("p"), all), three_zones()) == each{false, false, false, true});
    CHECK(accepted(f, info(web("p")), three_zones()) == each{true, true, true, true});
}
