/// \file
/// Profiles chosen at run time decide as those that are composed.

#include "drawing.hpp"

#include <berth/kube/schedule/configured_profile.hpp>
#include <berth/schedule/explain.hpp>
#include <berth/schedule/laws/placer.hpp>

#include <string>

using namespace test;

namespace {

auto enter(kube::pod_info const& p, kube::node_info& n) -> void { n.add(p); }
auto leave(kube::pod_info const& p, kube::node_info& n) -> void { n.remove(p); }

/// Settings by which no plugin is on.
auto nothing() -> kube::profile_settings {
    auto out = kube::profile_settings();
    out.filters.clear();
    out.scores.clear();
    out.preemption = false;
    return out;
}
auto only_filter(std::string name) -> kube::profile_settings {
    auto out = nothing();
    out.filters.insert(std::move(name));
    return out;
}
auto only_score(std::string name) -> kube::profile_settings {
    auto out = nothing();
    out.scores.emplace(std::move(name), 1);
    return out;
}

/// Whether two profiles decide the same of random pods on random clusters: who is refused where and why, the
/// totals, and the node.
template <class A, class B> auto same(A const& a, B const& b, std::uint64_t seeds = 12) -> std::string {
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        auto drawn = drawing(seed);
        auto nodes = drawn.nodes(12);
        auto const there = drawn.pods(20);
        for (auto const& p : there) nodes[drawn.below(nodes.size())].add(p);
        for (auto const& p : drawn.pods(12)) {
            auto const x = schedule::explain(p, nodes, a);
            auto const y = schedule::explain(p, nodes, b);
            if (x.chosen != y.chosen) return "chosen, seed " + std::to_string(seed);
            for (std::size_t i = 0; i < x.nodes.size(); ++i)
                if (x.nodes[i].says != y.nodes[i].says || x.nodes[i].total != y.nodes[i].total)
                    return "node " + std::to_string(i) + ", seed " + std::to_string(seed);
        }
    }
    return "";
}

} // namespace

TEST_CASE("the settings as they are by default decide as the default profile") {
    auto const by = kube::configured_profile({});
    auto expected = kube::default_profile.describe();
    expected.insert(expected.find(';'), " and libraries");
    CHECK(by.describe() == expected + " + libraries");
    CHECK(same(by, kube::default_profile, 60) == "");
}

TEST_CASE("a placer decides by configured profiles as who remembers nothing") {
    auto some_off = kube::profile_settings();
    for (auto const* const name : {"PodTopologySpread", "NodeName", "VolumeRestrictions"})
        some_off.filters.erase(name);
    some_off.scores = {{"NodeResourcesFit", 5}, {"InterPodAffinity", 1}};
    auto others_off = kube::profile_settings();
    others_off.filters.erase("InterPodAffinity");
    others_off.preemption = false;
    for (auto const& settings : {kube::profile_settings(), some_off, others_off}) {
        auto const by = kube::configured_profile(settings);
        for (std::uint64_t seed = 0; seed < 12; ++seed) {
            auto drawn = drawing(seed);
            auto const nodes = drawn.nodes(seed % 3 == 0 ? 4 : 25);
            auto const pods = drawn.pods(8);
            schedule::laws::placer<kube::facets::pod_books>(by, pods, nodes, enter, leave, seed, 120, held);
        }
    }
}

TEST_CASE("of a plugin that is on alone there is nothing but its own say") {
    using namespace kube::plugins;
    auto const filters = [](std::string name, auto leaf) {
        INFO(name);
        CHECK(same(kube::configured_profile(only_filter(name)), schedule::profile{.filter = leaf}) == "");
    };
    filters("NodeUnschedulable", node_unschedulable);
    filters("NodeName", node_name);
    filters("TaintToleration", taint_toleration);
    filters("NodeAffinity", node_affinity_names and node_affinity);
    filters("NodePorts", node_ports);
    filters("NodeResourcesFit", node_resources_fit);
    filters("VolumeRestrictions", volume_restrictions);
    filters("NodeVolumeLimits", node_volume_limits);
    filters("VolumeBinding", volume_binding);
    filters("VolumeZone", volume_zone);
    filters("PodTopologySpread", pod_topology_spread);
    filters("InterPodAffinity", inter_pod_affinity);
    auto const scores = [](std::string name, auto leaf) {
        INFO(name);
        CHECK(same(kube::configured_profile(only_score(name)), schedule::profile{.score = leaf}) == "");
    };
    scores("TaintToleration", taint_toleration_score);
    scores("NodeAffinity", node_affinity_score);
    scores("NodeResourcesFit", node_resources_fit_score);
    scores("PodTopologySpread", pod_topology_spread_score);
    scores("InterPodAffinity", inter_pod_affinity_score);
    scores("NodeResourcesBalancedAllocation", node_resources_balanced_allocation);
    scores("ImageLocality", image_locality);
}

TEST_CASE("arguments reach their plugins, and stay as long as the profile does") {
    auto settings = kube::profile_settings();
    settings.strategy = kube::plugins::fit_strategy::requested_to_capacity_ratio;
    settings.resources = {{"cpu", 3}, {"example.com/a-resource-with-a-long-name", 1}};
    settings.shape = {{0, 0}, {100, 10}};
    settings.hard_pod_affinity_weight = 7;
    settings.spread_by_system = false;
    auto& c = settings.default_constraints.emplace_back();
    c.max_skew = 1;
    c.topology_key = zone;
    c.when_unsatisfiable = "DoNotSchedule";
    auto& term = settings.added_affinity.emplace()
                     .required_during_scheduling_ignored_during_execution.engage()
                     .node_selector_terms.emplace_back();
    auto& wanted = term.match_expressions.emplace_back();
    wanted.key = zone;
    wanted.operator_ = "In";
    wanted.values = {"x", "y"};
    auto const by = kube::configured_profile(settings);
    auto const copy = by;
    auto const memory = by.enqueue.memory;
    CHECK(same(copy, kube::default_profile_with(memory->arguments())) == "");
    CHECK(same(copy, kube::default_profile) != "");
}

TEST_CASE("gates and preemption can be off") {
    auto const gated =
        info(make_pod("p").with([](kube::pod& p) { p.spec.scheduling_gates.emplace_back().name = "g"; }));
    auto settings = kube::profile_settings();
    CHECK_FALSE(kube::configured_profile(settings).enqueue(gated).accepted());
    settings.gates = false;
    CHECK(kube::configured_profile(settings).enqueue(gated).accepted());

    auto nodes = std::vector<kube::node_info>{info(roomy("a"), {asking("low", "cpu", 2000)})};
    auto const p = info(asking("high", "cpu", 1000).with([](kube::pod& one) { one.spec.priority = 9; }));
    auto const room = [&](auto const& by) {
        auto work = schedule::workspace();
        auto record = schedule::detail::no_record{};
        return schedule::detail::decide_with_room<
            schedule::detail::universe_of<std::remove_cvref_t<decltype(by)>>>(
            p, std::span<kube::node_info const>(nodes), by, work, record);
    };
    CHECK(room(kube::configured_profile({})).room);
    settings.preemption = false;
    auto const alone = room(kube::configured_profile(settings));
    CHECK_FALSE(alone.room);
    CHECK(alone.no_room == "");
}
