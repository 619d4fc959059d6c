/// \file
/// What would have to change: the remedies of the stock plugins, and their law on random clusters.

#include "placing.hpp"

#include <berth/core/random.hpp>
#include <berth/kube/schedule/profile.hpp>
#include <berth/kube/schedule/remedy.hpp>
#include <berth/object/encode.hpp>
#include <berth/schedule/laws/remedies.hpp>

using namespace test;
using kube::default_profile;

namespace {

using infos = std::vector<kube::node_info>;

/// What the groups say would help.
auto advice_for(make_pod const& p, infos const& nodes) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& g : schedule::group(schedule::advise(info(p), nodes, default_profile)))
        out.push_back(std::to_string(g.nodes.size()) + ": " + g.text());
    return out;
}
using lines = std::vector<std::string>;

auto tainted(make_node n, std::string key, std::string value, std::string effect = "NoSchedule")
    -> make_node {
    return n.with([&](kube::node& x) {
        auto& t = x.spec.taints.emplace_back();
        t.key = key;
        t.value = value;
        t.effect = effect;
    });
}
auto on_port(std::string name, std::int32_t port) -> make_pod {
    return make_pod(std::move(name)).with([&](kube::pod& p) {
        auto& c = p.spec.containers[0].ports.emplace_back();
        c.port = c.host_port = port;
    });
}
auto term(std::string app, std::string key) -> kube::pod_affinity_term {
    auto out = kube::pod_affinity_term();
    out.label_selector = selecting("app", std::move(app));
    out.topology_key = std::move(key);
    return out;
}
auto with_affinity(make_pod p, kube::pod_affinity_term t, bool anti) -> make_pod {
    return p.with([&](kube::pod& x) {
        if (!x.spec.affinity) x.spec.affinity.engage();
        if (anti) {
            if (!x.spec.affinity->pod_anti_affinity) x.spec.affinity->pod_anti_affinity.engage();
            x.spec.affinity->pod_anti_affinity->required_during_scheduling_ignored_during_execution.push_back(
                t);
        } else {
            if (!x.spec.affinity->pod_affinity) x.spec.affinity->pod_affinity.engage();
            x.spec.affinity->pod_affinity->required_during_scheduling_ignored_during_execution.push_back(t);
        }
    });
}
auto spread_over(make_pod p, std::string key, std::int32_t skew) -> make_pod {
    return p.with([&](kube::pod& x) {
        auto& c = x.spec.topology_spread_constraints.emplace_back();
        c.max_skew = skew;
        c.topology_key = std::move(key);
        c.when_unsatisfiable = "DoNotSchedule";
        c.label_selector = selecting("app", "web");
    });
}
constexpr auto zone = "topology.kubernetes.io/zone";

} // namespace

TEST_CASE("what lacks of a resource is told, nodes that lack the same in one line") {
    auto const nodes =
        infos{info(roomy("a")), info(roomy("b"), {asking("x", "cpu", 1000)}), info(roomy("c"))};
    CHECK(advice_for(asking("p", "cpu", 2500), nodes) == lines{"3: 500m more cpu to 1500m more cpu"});
    CHECK(advice_for(asking("p", "memory", 2 * std::int64_t{1} << 30U).with([](kube::pod& p) {
              p.spec.containers[0].resources.requests["memory"] =
                  object::quantity::of(std::int64_t{3} << 30U);
          }),
                     nodes) == lines{"3: 2Gi more memory"});
    auto const full = infos{info(roomy("a"), {make_pod("x"), make_pod("y")})};
    CHECK(advice_for(make_pod("p"), full) == lines{"1: room for 1 more pod(s)"});
    CHECK(advice_for(asking("p", "example.com/gpu", 3000), full) ==
          lines{"1: room for 1 more pod(s) and 2 more example.com/gpu"});
}

TEST_CASE("taints are tolerated, and a cordon goes with its taint") {
    auto cordoned = tainted(roomy("c"), "node.kubernetes.io/unschedulable", "").with([](kube::node& n) {
        n.spec.unschedulable = true;
    });
    auto const nodes =
        infos{info(tainted(roomy("a"), "x", "y")), info(tainted(roomy("b"), "x", "y")), info(cordoned)};
    CHECK(advice_for(make_pod("p"), nodes) == lines{"2: tolerate taint x=y:NoSchedule", "1: uncordon"});
    auto const bare = infos{info(tainted(roomy("a"), "x", "", "NoExecute"))};
    CHECK(advice_for(make_pod("p"), bare) == lines{"1: tolerate taint x:NoExecute"});
}

TEST_CASE("labels that a pod asks for are told, of several terms those of the one that lacks the fewest") {
    auto p = make_pod("p").with([](kube::pod& x) {
        x.spec.node_selector["disk"] = "fast";
        x.spec.affinity.engage().node_affinity.engage();
        auto& required =
            x.spec.affinity->node_affinity->required_during_scheduling_ignored_during_execution.engage();
        auto const requirement = [](std::string key, std::string how, std::vector<std::string> values) {
            auto r = kube::node_selector_requirement();
            r.key = std::move(key);
            r.operator_ = std::move(how);
            r.values = std::move(values);
            return r;
        };
        auto& far = required.node_selector_terms.emplace_back();
        far.match_expressions = {requirement("a", "In", {"1"}), requirement("b", "Exists", {})};
        auto& near = required.node_selector_terms.emplace_back();
        near.match_expressions = {requirement("size", "Gt", {"7"}), requirement("old", "DoesNotExist", {})};
    });
    CHECK(advice_for(p, {info(roomy("n").label("size", "9").label("old", "yes"))}) ==
          lines{"1: label disk=fast and no label old"});
    CHECK(advice_for(p, {info(roomy("n"))}) == lines{"1: label disk=fast and label size=8"});
}

TEST_CASE("who has a port that is wanted is named") {
    CHECK(advice_for(on_port("p", 80), {info(roomy("a"), {on_port("x", 80)})}) ==
          lines{"1: pod default/x to leave (port 80)"});
}

TEST_CASE("who is excluded leaves if all are on the node, else the term is dropped") {
    auto const p = with_affinity(make_pod("p"), term("db", zone), true);
    auto const db = make_pod("db").label("app", "db");
    auto const other = make_pod("db2").label("app", "db");
    CHECK(advice_for(p, {info(in_zone("z", "a")), info(in_zone("y", "b"))}).size() == 1); // they have no room
    auto const a = roomy("a").label(zone, "z");
    auto const b = roomy("b").label(zone, "z");
    CHECK(advice_for(p, {info(a, {db})}) == lines{"1: pod default/db to leave (anti-affinity)"});
    CHECK(advice_for(p, {info(a, {db}), info(b, {other})}) ==
          lines{"2: no required anti-affinity to pods over topology.kubernetes.io/zone"});
    auto const jealous = with_affinity(make_pod("jealous"), term("web", zone), true);
    CHECK(advice_for(make_pod("p").label("app", "web"), {info(a, {jealous}), info(b)}) ==
          lines{"1: pod default/jealous to leave (its anti-affinity)",
                "1: nothing is known to help with InterPodAffinity"});
}

TEST_CASE("a pod without the company that it needs does without it") {
    auto const p = with_affinity(make_pod("p"), term("db", zone), false);
    CHECK(advice_for(p, {info(roomy("a").label(zone, "z"))}) ==
          lines{"1: no required affinity to pods over topology.kubernetes.io/zone"});
}

TEST_CASE("a spread that is too tight says how much looser it would have to be, a missing label which") {
    auto const p = spread_over(make_pod("p").label("app", "web"), zone, 1);
    auto const web = [](std::string name) { return make_pod(std::move(name)).label("app", "web"); };
    auto big = roomy("a").label(zone, "z").with(
        [](kube::node& n) { n.status.allocatable["pods"] = object::quantity::of(9); });
    auto const full = roomy("b").label(zone, "y").with(
        [](kube::node& n) { n.status.allocatable["pods"] = object::quantity::of(0); });
    CHECK(advice_for(p, {info(big, {web("1"), web("2")}), info(full), info(roomy("c"))}) ==
          lines{"1: maxSkew 3 over topology.kubernetes.io/zone", "1: room for 1 more pod(s)",
                "1: label topology.kubernetes.io/zone=y"});
}

TEST_CASE("a node that the pod does not name is beyond help") {
    CHECK(advice_for(make_pod("p").on("elsewhere"), {info(roomy("a"))}) ==
          lines{"1: nothing is known to help with NodeName"});
}

TEST_CASE("a remedy is a value that prints as JSON") {
    auto r = kube::remedy();
    r.kind = kube::remedy::more;
    r.name = "cpu";
    r.amount = 500;
    CHECK(object::to_json_text(r) == R"({"kind":"resource","name":"cpu","amount":500})");
}

namespace {

/// A random cluster, in which much is refused and for many reasons at once.
struct world {
    berth::random_engine draw;

    auto some(std::uint64_t n) -> bool { return draw.below(n) == 0; }
    auto pod(std::string name) -> make_pod {
        auto p = asking(std::move(name), "cpu", static_cast<std::int64_t>(draw.below(2000)));
        p.label("app", some(2) ? "web" : "db");
        if (some(4)) p = p.with([](kube::pod& x) { x.spec.node_selector["disk"] = "fast"; });
        if (some(4))
            p = with_affinity(p, term(some(2) ? "web" : "db", some(2) ? zone : "kubernetes.io/hostname"),
                              true);
        if (some(5)) p = with_affinity(p, term(some(2) ? "web" : "db", zone), false);
        if (some(3)) p = spread_over(p, some(2) ? zone : "kubernetes.io/hostname", 1);
        if (some(6)) p.tolerates("x");
        if (some(4))
            p = p.with([&](kube::pod& x) {
                auto& c = x.spec.containers[0].ports.emplace_back();
                c.port = c.host_port = some(2) ? 80 : 81;
            });
        if (some(5))
            p = p.with([](kube::pod& x) {
                auto& v = x.spec.volumes.emplace_back();
                v.name = "disk";
                v.gce_persistent_disk.engage().pd_name = "gold";
            });
        return p;
    }
    auto node(std::string name) -> make_node {
        auto n = roomy(name);
        if (!some(4)) n.label(zone, some(2) ? "z1" : "z2");
        if (!some(4)) n.label("kubernetes.io/hostname", name);
        if (some(2)) n.label("disk", some(2) ? "fast" : "slow");
        if (some(4)) n = tainted(n, some(2) ? "x" : "y", "1", some(2) ? "NoSchedule" : "NoExecute");
        if (some(6)) n = tainted(n, "node.kubernetes.io/unschedulable", "");
        if (some(6)) n = n.with([](kube::node& x) { x.spec.unschedulable = true; });
        return n;
    }
    auto nodes() -> infos {
        auto out = infos();
        auto const count = 1 + draw.below(6);
        for (std::uint64_t i = 0; i < count; ++i) {
            auto pods = std::vector<make_pod>();
            auto const many = draw.below(4);
            for (std::uint64_t k = 0; k < many; ++k)
                pods.push_back(pod("on-" + std::to_string(i) + "-" + std::to_string(k)));
            out.push_back(info(node("n" + std::to_string(i)), pods));
        }
        return out;
    }
};

} // namespace

TEST_CASE("on random clusters, all that is known to help helps") {
    auto complete = std::size_t{0};
    auto all = std::size_t{0};
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        auto w = world{berth::random_engine(seed)};
        auto const nodes = w.nodes();
        auto const p = info(w.pod("new"));
        INFO("seed " << seed);
        schedule::laws::remedies(p, nodes, default_profile, held);
        for (auto const& a : schedule::advise(p, nodes, default_profile).nodes) {
            complete += a.complete() ? 1 : 0;
            ++all;
        }
    }
    CHECK(all > 500);
    CHECK(complete * 10 > all * 8); // of most nodes it is known what they lack
}
