/// \file
/// How many pods fit, and what draining a node would bring.

#include "placing.hpp"

#include <berth/kube/schedule/cluster_state.hpp>
#include <berth/kube/schedule/forecast.hpp>
#include <berth/kube/schedule/profile.hpp>
#include <berth/object/label_selector.hpp>

using namespace test;
using kube::default_profile;

namespace {

using infos = std::vector<kube::node_info>;

auto owned(make_pod p, std::string kind) -> make_pod {
    return p.with([&](kube::pod& x) {
        auto& o = x.metadata.owner_references.emplace_back();
        o.api_version = "apps/v1";
        o.kind = kind;
        o.name = "owner";
        o.uid = "uid-of-owner";
        o.controller = true;
    });
}
auto cpu_of(std::string name, std::int64_t milli) -> make_pod {
    return owned(asking(std::move(name), "cpu", milli), "ReplicaSet").ready();
}
auto of_priority(make_pod p, std::int32_t n) -> make_pod {
    return p.with([&](kube::pod& x) { x.spec.priority = n; });
}
auto budget(std::string name, std::string app, std::int32_t allowed) -> kube::pod_disruption_budget {
    auto out = kube::pod_disruption_budget();
    out.metadata.name = std::move(name);
    out.metadata.namespace_ = "default";
    out.spec.selector = selecting("app", std::move(app));
    out.status.disruptions_allowed = allowed;
    out.status.desired_healthy = 2;
    out.status.current_healthy = 2 + allowed;
    return out;
}
auto named(kube::drain_forecast const& f, infos const& nodes) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& p : f.pods)
        out.push_back(p.pod->value->metadata.name + " " +
                      (p.ignored ? "ignored"
                       : p.to    ? "to " + nodes[*p.to].name()
                                 : p.why_not));
    return out;
}
using lines = std::vector<std::string>;

} // namespace

TEST_CASE("as many pods fit as their requests and the nodes' limits allow") {
    auto const nodes = infos{info(roomy("a"), {asking("x", "cpu", 1500)}), info(roomy("b"))};
    auto const f = kube::how_many_fit(info(asking("p", "cpu", 500)), nodes, default_profile);
    CHECK(f.by_node(2) == std::vector<std::size_t>{1, 2});
    CHECK(f.no_more->summary() == "0/2 nodes are available: 1 Insufficient cpu, 2 Too many pods.");
    CHECK(kube::how_many_fit(info(asking("p", "cpu", 500)), nodes, default_profile, 2).nodes.size() == 2);
    CHECK(nodes[1].pods.empty());
}

TEST_CASE("pods that keep apart fit once on each node") {
    auto p = make_pod("p").label("app", "web").with([](kube::pod& x) {
        auto& t = x.spec.affinity.engage()
                      .pod_anti_affinity.engage()
                      .required_during_scheduling_ignored_during_execution.emplace_back();
        t.label_selector = selecting("app", "web");
        t.topology_key = "kubernetes.io/hostname";
    });
    auto nodes = infos();
    for (auto const* const name : {"a", "b", "c"})
        nodes.push_back(info(roomy(name).label("kubernetes.io/hostname", name)));
    CHECK(kube::how_many_fit(info(p), nodes, default_profile).by_node(3) ==
          std::vector<std::size_t>{1, 1, 1});
}

TEST_CASE("the most important pods of a drained node choose first; who finds no place says why") {
    auto const nodes =
        infos{info(roomy("a"), {of_priority(cpu_of("low", 1500), 1), of_priority(cpu_of("high", 1500), 9)}),
              info(roomy("b"))};
    auto const f = kube::forecast_drain(nodes, 0, kube::empty_catalogue(), default_profile);
    CHECK(named(f, nodes) ==
          lines{"high to b", "low 0/2 nodes are available: 1 Insufficient cpu, 1 being left."});
    CHECK(!f.possible());
    CHECK(nodes[0].pods.size() == 2);
}

TEST_CASE("pods of daemons and static pods do not count; a pod without a controller stays unless forced") {
    auto mirror = make_pod("mirror").annotation("kubernetes.io/config.mirror", "x");
    auto many =
        roomy("a").with([](kube::node& n) { n.status.allocatable["pods"] = object::quantity::of(9); });
    auto const nodes = infos{info(many, {owned(make_pod("daemon"), "DaemonSet"), make_pod("lone"), mirror}),
                             info(roomy("b"))};
    auto const plain = kube::forecast_drain(nodes, 0, kube::empty_catalogue(), default_profile);
    CHECK(named(plain, nodes) ==
          lines{"daemon ignored", "lone it has no controller: nobody would make it again", "mirror ignored"});
    CHECK(!plain.possible());
    auto const forced =
        kube::forecast_drain(nodes, 0, kube::empty_catalogue(), default_profile, {.force = true});
    CHECK(named(forced, nodes) == lines{"daemon ignored", "lone to b", "mirror ignored"});
    CHECK(forced.possible());
}

TEST_CASE("disruption budgets are used up by those who go first") {
    auto all = kube::catalogue();
    all.budgets.put(stored(budget("web", "web", 1)));
    auto const pods =
        std::vector<make_pod>{cpu_of("one", 100).label("app", "web"), cpu_of("two", 100).label("app", "web")};
    auto const nodes = infos{info(roomy("a"), pods), info(roomy("b"))};
    auto const f = kube::forecast_drain(nodes, 0, all, default_profile);
    CHECK(named(f, nodes) == lines{"one to b",
                                   "two the disruption budget web needs 2 healthy pods and has 3 currently; "
                                   "those before use it up"});
    auto const handles = [](std::vector<make_pod> const& which) {
        auto out = std::vector<kube::pod_handle>();
        for (auto const& p : which) out.push_back(std::make_shared<kube::pod_info const>(info(p)));
        return out;
    };
    auto unready =
        cpu_of("sick", 100).label("app", "web").with([](kube::pod& p) { p.status.conditions.clear(); });
    CHECK(kube::possible_departures(handles({unready}), all)
              .front()
              .allowed()); // 3 of 2 are healthy without it
    all.budgets.put(stored(budget("web", "web", -1)));
    CHECK(!kube::possible_departures(handles({unready}), all).front().allowed());
    all.budgets.put(stored(budget("second", "web", 5)));
    CHECK(kube::possible_departures(handles(pods), all).front().obstacle ==
          "it has more than one PodDisruptionBudget, which eviction does not support");
}

TEST_CASE("a replica has a name of its own and is on no node") {
    auto const r = kube::replica_of(info(make_pod("p").on("a").phase("Running")), 3);
    CHECK(r.value->metadata.name == "p-3");
    CHECK(r.value->metadata.uid == "uid-of-p-3");
    CHECK(r.spec().node_name.empty());
    CHECK(r.value->status.phase.empty());
}
