/// \file
/// Fleets of simulated nodes: what each node does is what an agent does, at the cost of what is due.

#include "cluster.hpp"

#include <berth/node/fleet.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace berth;
using namespace test;

namespace {

static_assert(wakeable<node::fleet>);

auto options_of(int count, std::vector<node::simulated_rule> rules = {}) -> node::fleet_options {
    auto out = node::fleet_options();
    for (auto i = 1; i <= count; ++i) out.nodes.push_back({.name = "node-" + std::to_string(i)});
    out.each.pod_cidr_patience = {};
    out.containers.rules = std::move(rules);
    return out;
}

auto pod_on(std::string name, int node) -> kube::pod {
    auto out = make_pod(std::move(name));
    out.spec.node_name = "node-" + std::to_string(node);
    return out;
}

auto leases(desk& d) -> std::map<std::string, object::stored<kube::lease>> {
    auto out = std::map<std::string, object::stored<kube::lease>>();
    auto const all = api::list<kube::lease>(d.server).value();
    for (auto const& l : all) out.emplace(l->metadata.name, l);
    return out;
}

/// A pod without what two runs of one story may differ in.
auto story_of(desk& d, std::string const& name) -> kube::pod {
    auto p = d.pod(name);
    p.metadata.uid = p.metadata.resource_version = {};
    p.metadata.managed_fields.clear();
    for (auto& c : p.status.container_statuses) c.container_id.clear();
    for (auto& c : p.status.container_statuses)
        if (c.last_state.terminated) c.last_state.terminated->container_id.clear();
    return p;
}

} // namespace

TEST_CASE("a fleet registers its nodes with their leases", "[node][fleet]") {
    auto d = desk();
    auto options = options_of(40);
    options.batch = 7;
    auto all = node::fleet(d.server, std::move(options));
    d.run(all, seconds(1));
    auto const nodes = api::list<kube::node>(d.server).value();
    REQUIRE(nodes.size() == 40);
    auto const kept = leases(d);
    REQUIRE(kept.size() == 40);
    for (auto const& n : nodes) {
        CHECK(n->metadata.labels.get("kubernetes.io/hostname") == n->metadata.name);
        CHECK(object::find_condition(n->status.conditions, "Ready")->status == "True");
        CHECK(!n->spec.pod_cidr.empty());
        CHECK(kept.at(n->metadata.name)->metadata.owner_references.at(0).uid == n->metadata.uid);
        CHECK(*kept.at(n->metadata.name)->spec.holder_identity == n->metadata.name);
    }
    CHECK(all.counters().registered == 40);
    CHECK(all.counters().refused == 0);
    CHECK(!all.problem());
}

TEST_CASE("nodes of a fleet that may take no ranges say that they have no network", "[node][fleet]") {
    auto d = desk();
    auto options = options_of(3);
    options.each.own_pod_cidr = false;
    auto all = node::fleet(d.server, std::move(options));
    d.run(all, seconds(2));
    auto const network = [&](int i) -> std::string {
        auto const n = api::get<kube::node>(d.server, {"", "node-" + std::to_string(i)}).value();
        auto const* const c = object::find_condition(n->status.conditions, "NetworkUnavailable");
        return c == nullptr ? "" : c->status + " " + c->reason;
    };
    for (auto i = 1; i <= 3; ++i) CHECK(network(i) == "True NoPodCIDR");
    auto n = *api::get<kube::node>(d.server, {"", "node-2"}).value();
    n.spec.pod_cidr = "fd00:9::/64";
    n.spec.pod_cidrs = {n.spec.pod_cidr};
    REQUIRE(api::update(d.server, n, 0));
    d.add(pod_on("far", 2));
    d.run(all, seconds(2));
    CHECK(network(2) == "False PodCIDRAssigned");
    CHECK(d.pod("far").status.pod_ip == "fd00:9::2");
    auto const at_rest = d.server.revision();
    d.run(all, seconds(8));
    CHECK(network(1) == "True NoPodCIDR");
    auto const kept = leases(d);
    CHECK(d.server.revision() <= at_rest + 2 * static_cast<object::revision>(kept.size()));
}

TEST_CASE("every lease is renewed once in its interval, evenly over it", "[node][fleet]") {
    auto d = desk();
    auto all = node::fleet(d.server, options_of(200));
    d.run(all, seconds(30));
    auto const before = leases(d);
    auto busiest = std::size_t{0};
    auto seen = before;
    for (auto second = 0; second < 10; ++second) {
        d.run(all, seconds(1));
        auto renewed = std::size_t{0};
        for (auto const& [name, l] : leases(d)) renewed += l.revision_of() != seen.at(name).revision_of();
        seen = leases(d);
        busiest = std::max(busiest, renewed);
    }
    for (auto const& [name, l] : seen) {
        auto const apart = l->spec.renew_time->time() - before.at(name)->spec.renew_time->time();
        CHECK(apart <= seconds(10));
        CHECK(apart > seconds(9));
    }
    CHECK(busiest <= 30);
    CHECK(all.counters().greatest_delay == duration{});
}

TEST_CASE("a status is written every five minutes, and when somebody else has changed it", "[node][fleet]") {
    auto d = desk();
    auto all = node::fleet(d.server, options_of(3));
    d.run(all, seconds(5));
    auto const node = [&] { return api::get<kube::node>(d.server, {"", "node-2"}).value(); };
    auto const first = node().revision_of();
    d.run(all, minutes(2));
    CHECK(node().revision_of() == first);
    d.run(all, minutes(3));
    CHECK(node().revision_of() != first);

    auto changed = *node();
    object::find_condition(changed.status.conditions, "Ready")->status = "Unknown";
    REQUIRE(api::update(d.server, changed, 0, "status"));
    d.run(all, seconds(1));
    CHECK(object::find_condition(node()->status.conditions, "Ready")->status == "True");

    REQUIRE(api::remove<kube::node>(d.server, {"", "node-2"}));
    d.run(all, seconds(11));
    CHECK(api::get<kube::node>(d.server, {"", "node-2"}).has_value());
    CHECK(leases(d).at("node-2")->metadata.owner_references.at(0).uid != changed.metadata.uid);
}

TEST_CASE("pods of a fleet's nodes run, those of others and unbound ones do not", "[node][fleet]") {
    auto d = desk();
    auto all = node::fleet(d.server, options_of(20));
    for (auto i = 0; i < 60; ++i) d.add(pod_on("web-" + std::to_string(i), i % 20 + 1));
    d.add(pod_on("other", 21));
    auto unbound = make_pod("unbound");
    unbound.spec.node_name.clear();
    d.add(unbound);
    d.run(all, seconds(2));
    auto addresses = std::set<std::string>();
    for (auto i = 0; i < 60; ++i) {
        auto const p = d.pod("web-" + std::to_string(i));
        CHECK(p.status.phase == "Running");
        CHECK(condition(p, "Ready") == "True");
        addresses.insert(p.status.pod_ip);
    }
    CHECK(addresses.size() == 60);
    CHECK(d.pod("other").status.phase == "Pending");
    CHECK(d.pod("unbound").status.phase == "Pending");
    CHECK(all.counters().pods == 60);

    for (auto i = 0; i < 60; i += 2)
        REQUIRE(api::remove<kube::pod>(d.server, {"default", "web-" + std::to_string(i)}));
    d.run(all, seconds(2));
    CHECK(api::list<kube::pod>(d.server).value().size() == 32);
    CHECK(all.runtime().running().size() == 30);
    CHECK(all.counters().pods == 30);
}

TEST_CASE("a node of a fleet does with its pods what an agent does", "[node][fleet]") {
    auto const rules = std::vector<node::simulated_rule>{
        {.name = "*/job/*", .runs_for = seconds(5)},
        {.name = "*/crash/*", .runs_for = seconds(7), .exit_code = 3},
        {.name = "*/slow/*", .stops_after = seconds(4), .ready_after = seconds(12)},
    };
    auto const play = [&](auto make) {
        auto d = desk();
        auto worker = make(d);
        for (auto const* name : {"web", "job", "crash", "slow"}) {
            auto p = make_pod(name);
            if (p.metadata.name == "job") p.spec.restart_policy = "Never";
            if (p.metadata.name == "slow") {
                auto& probe = p.spec.containers[0].readiness_probe.engage();
                probe.exec.engage().command = {"check"};
                probe.period_seconds = 5;
                probe.success_threshold = probe.failure_threshold = probe.timeout_seconds = 1;
            }
            d.add(std::move(p));
        }
        auto out = std::vector<kube::pod>();
        auto const look = [&] {
            for (auto const* name : {"web", "job", "crash", "slow"})
                if (d.has_pod(name)) out.push_back(story_of(d, name));
        };
        for (auto i = 0; i < 8; ++i) {
            d.run(worker, seconds(i % 2 == 0 ? 3 : 9));
            look();
        }
        (void)api::remove<kube::pod>(d.server, {"default", "slow"});
        for (auto i = 0; i < 6; ++i) {
            d.run(worker, seconds(1));
            look();
        }
        return std::pair(out, d.events);
    };
    auto const by_agent = play([&](desk& d) {
        auto options = node::simulated_options{};
        options.rules = rules;
        return node::agent(node::simulated_runtime(options), d.server,
                           {.name = "node-1", .pod_cidr_patience = {}}, d.sink());
    });
    auto const by_fleet = play([&](desk& d) {
        return node::fleet(
            d.server, options_of(1, rules),
            [sink = d.sink()](auto const& note, auto const& field, auto const& node, auto now) {
                if (node == "node-1") sink(note, field, now);
            });
    });
    CHECK(by_agent.first.size() > 40);
    CHECK(by_agent.first == by_fleet.first);
    CHECK(by_agent.second == by_fleet.second);
}

TEST_CASE("a lost node falls silent, and the others do not", "[node][fleet]") {
    auto d = desk();
    auto all = node::fleet(d.server, options_of(3));
    for (auto i = 1; i <= 3; ++i) d.add(pod_on("web-" + std::to_string(i), i));
    d.run(all, seconds(30));
    auto const before = leases(d);
    all.lose("node-2");
    all.lose("node-2");
    all.lose("nobody");
    d.run(all, seconds(60));
    auto const after = leases(d);
    CHECK(after.at("node-1").revision_of() > before.at("node-1").revision_of());
    CHECK(after.at("node-2").revision_of() == before.at("node-2").revision_of());
    CHECK(all.counters().nodes == 2);
    CHECK(all.counters().pods == 2);
    CHECK(all.runtime().running().size() == 2);
    d.add(pod_on("late", 2));
    d.run(all, seconds(5));
    CHECK(d.pod("late").status.phase == "Pending");
    REQUIRE(api::remove<kube::pod>(d.server, {"default", "web-2"}));
    d.run(all, seconds(60));
    CHECK(d.has_pod("web-2"));
}

TEST_CASE("a fleet that takes over finds its nodes, leases and pods as they are", "[node][fleet]") {
    auto d = desk();
    {
        auto first = node::fleet(d.server, options_of(5));
        d.add(pod_on("web", 3));
        d.run(first, seconds(20));
    }
    auto const ip = d.pod("web").status.pod_ip;
    auto const before = leases(d);
    auto second = node::fleet(d.server, options_of(5));
    d.run(second, seconds(20));
    CHECK(second.counters().registered == 5);
    CHECK(second.counters().refused == 0);
    for (auto const& [name, l] : leases(d)) {
        CHECK(l->metadata.uid == before.at(name)->metadata.uid);
        CHECK(l.revision_of() > before.at(name).revision_of());
    }
    CHECK(d.pod("web").status.phase == "Running");
    CHECK(d.pod("web").status.pod_ip == ip);
    CHECK(d.pod("web").status.container_statuses[0].restart_count == 1);
}

TEST_CASE("a fleet at rest asks to be stepped for its leases and reports alone", "[node][fleet]") {
    auto d = desk();
    auto all = node::fleet(d.server, options_of(4));
    for (auto i = 1; i <= 4; ++i) d.add(pod_on("web-" + std::to_string(i), i));
    d.run(all, seconds(30));
    auto steps = 0;
    auto const until = d.now() + minutes(1);
    while (d.now() < until) {
        auto const w = all.step(d.now());
        REQUIRE(w.kind != wake::when::signalled);
        ++steps;
        if (w.kind == wake::when::at) d.clock.advance_to(w.time);
    }
    CHECK(steps <= 6 * 4 * 2 + 4 * 2);
}
