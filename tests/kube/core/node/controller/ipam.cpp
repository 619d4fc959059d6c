/// \file
/// Which node gets which range of addresses.

#include "../../../apps/sets.hpp"

#include <berth/kube/core/node/controller/ipam.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

using namespace test;
using kube::node_ipam_controller;
using kube::node_ipam_options;
using words = std::vector<std::string>;

namespace {

auto controller_of(std::string_view clusters, std::optional<int> v4 = {}, std::optional<int> v6 = {})
    -> node_ipam_controller {
    return {node_ipam_options::of(clusters, v4, v6).value()};
}

auto ranged(std::string name, words ranges) -> make_node {
    return make_node(std::move(name)).with([&](kube::node& n) {
        n.spec.pod_cidr = ranges.front();
        n.spec.pod_cidrs = std::move(ranges);
    });
}

/// Nodes by name, with the ranges that they have.
auto put(reconcile::world& w, std::map<std::string, words> const& nodes) -> void {
    w.follow<kube::node>();
    for (auto const& [n, ranges] : nodes) w.add((ranges.empty() ? make_node(n) : ranged(n, ranges)).done());
}

auto decide(node_ipam_controller const& c, reconcile::world& w, node_ipam_controller::memory const& told = {})
    -> reconcile::decision<node_ipam_controller::memory> {
    auto& nodes = w.follow<kube::node>();
    for (auto& i : node_ipam_controller::indexes()) nodes.add_index(std::move(i));
    return c.reconcile(w.at(new_year), {}, told);
}

/// What a plan gives to whom, as patches.
auto given(reconcile::plan const& p) -> std::map<std::string, std::string> {
    auto out = std::map<std::string, std::string>();
    for (auto const& s : p.steps)
        if (auto const* const patch = std::get_if<reconcile::patch_step>(&s))
            out[patch->target.where.name] = patch->body;
    return out;
}

auto notes(reconcile::plan const& p, reconcile::note::when condition) -> words {
    auto out = words();
    for (auto const& s : p.steps)
        if (auto const* const n = std::get_if<reconcile::note>(&s); n != nullptr && n->condition == condition)
            out.push_back(n->type + ' ' + n->reason + ": " + n->message);
    return out;
}

} // namespace

TEST_CASE("each node without a range gets the next one, the oldest first") {
    auto w = reconcile::world(make_node("a").made_at(new_year + seconds(5)).done(), make_node("b").done(),
                              ranged("c", {"10.244.0.0/24"}).done());
    auto const plan = decide(controller_of("10.244.0.0/16"), w).plan;
    auto const got = given(plan);
    CHECK(got.at("b") == R"({"spec":{"podCIDR":"10.244.1.0/24","podCIDRs":["10.244.1.0/24"]}})");
    CHECK(got.at("a") == R"({"spec":{"podCIDR":"10.244.2.0/24","podCIDRs":["10.244.2.0/24"]}})");
    CHECK(notes(plan, reconcile::note::when::failed).front() ==
          "Normal CIDRAssignmentFailed: Node b status is now: CIDRAssignmentFailed");
}

TEST_CASE("no node gets a part of what is reserved, such as the addresses of services") {
    auto controller = controller_of("10.0.0.0/16");
    controller.options.reserved = {"10.0.0.0/24", "10.0.2.0/24", "fd00::/64"};
    auto w = reconcile::world(make_node("a").done(), make_node("b").done());
    auto const patches = given(decide(controller, w).plan);
    REQUIRE(patches.size() == 2);
    CHECK(patches.at("a").find("10.0.1.0/24") != std::string::npos);
    CHECK(patches.at("b").find("10.0.3.0/24") != std::string::npos);
}

TEST_CASE("of two families a node gets a range of each, or none") {
    auto w = reconcile::world(make_node("a").done(), make_node("b").made_at(new_year + seconds(1)).done());
    auto const plan = decide(controller_of("10.0.0.0/24,fd00:1::/63", 24), w).plan;
    CHECK(given(plan) ==
          std::map<std::string, std::string>{
              {"a", R"({"spec":{"podCIDR":"10.0.0.0/24","podCIDRs":["10.0.0.0/24","fd00:1::/64"]}})"}});
    CHECK(notes(plan, reconcile::note::when::always) ==
          words{"Normal CIDRNotAvailable: Node b status is now: CIDRNotAvailable"});
}

TEST_CASE("a node that gets nothing is told once, and gets the range of one that goes") {
    auto const c = controller_of("10.0.0.0/24");
    auto full = reconcile::world(ranged("a", {"10.0.0.0/24"}).done(), make_node("b").done());
    auto const first = decide(c, full);
    CHECK(notes(first.plan, reconcile::note::when::always).size() == 1);
    auto const again = decide(c, full, first.memory);
    CHECK(again.plan.empty());
    CHECK(again.memory == first.memory);
    auto freed = reconcile::world(make_node("b").done());
    auto const third = decide(c, freed, first.memory);
    CHECK(given(third.plan).contains("b"));
    CHECK(third.memory.empty());
}

TEST_CASE("ranges from elsewhere, of other sizes and without sense stay, and take what they overlap") {
    auto w = reconcile::world(ranged("a", {"192.168.0.0/24"}).done(), ranged("b", {"10.0.0.0/23"}).done(),
                              ranged("c", {"10.0.2.128/25"}).done(), ranged("d", {"?"}).done(),
                              make_node("e").done());
    auto const got = given(decide(controller_of("10.0.0.0/22"), w).plan);
    CHECK(got.size() == 1);
    CHECK(got.at("e").find("10.0.3.0/24") != std::string::npos);
}

TEST_CASE("many nodes get theirs in several plans") {
    auto w = reconcile::world();
    w.follow<kube::node>();
    for (auto i = 0; i < 7; ++i) w.add(make_node("n" + std::to_string(i)).done());
    auto c = controller_of("10.244.0.0/16");
    c.options.batch = 3;
    auto const plan = decide(c, w).plan;
    CHECK(given(plan).size() == 3);
    CHECK(plan.again_after);
}

TEST_CASE("the plans that give all nodes their ranges are as few for many nodes as for few") {
    for (auto const& [count, prefix] : {std::pair(400, 20), std::pair(1'600, 20), std::pair(1'600, 28)}) {
        auto const c = controller_of("10.244.0.0/12", prefix); // 256 ranges, or 65536
        auto nodes = std::map<std::string, words>();
        for (auto i = 0; i < count; ++i) nodes["n" + std::to_string(i)] = {};
        auto told = node_ipam_controller::memory();
        auto plans = 0;
        auto notes_told = std::size_t{0};
        for (auto more = true; more; ++plans) {
            auto w = reconcile::world();
            put(w, nodes);
            auto done = decide(c, w, told);
            told = std::move(done.memory);
            more = done.plan.again_after.has_value();
            notes_told += notes(done.plan, reconcile::note::when::always).size();
            for (auto const& [n, body] : given(done.plan)) {
                auto const begin = body.find("[\"") + 2;
                nodes.at(n) = {body.substr(begin, body.find('"', begin) - begin)};
            }
        }
        auto const left = static_cast<std::size_t>(
            std::count_if(nodes.begin(), nodes.end(), [](auto const& n) { return n.second.empty(); }));
        CHECK(plans <= 5);
        CHECK(left == (prefix == 20 ? static_cast<std::size_t>(count) - 256 : 0));
        CHECK(notes_told == left); // each that gets none is told once
    }
}

TEST_CASE("nothing is done where no ranges are to be given, and for a single node") {
    auto w = reconcile::world(make_node("a").done());
    CHECK(decide({}, w).plan.empty());
    CHECK(controller_of("10.244.0.0/16").reconcile(w.at(new_year), {{}, "a"}, {}).plan.empty());
}

TEST_CASE("what the controller manager is told must be one range, or one of each family") {
    CHECK(node_ipam_options::of("10.244.0.0/16").value().clusters.size() == 1);
    CHECK(node_ipam_options::of("fd00::/48,10.244.0.0/16", 26, 60).value().clusters[1].size() == 1024);
    for (auto const* const wrong :
         {"", ",", "10.244.0.0/16,", "10.0.0.0/16,10.1.0.0/16", "a,b,c", "10.0.0.0/16,fd00::/48,fd01::/48"})
        CHECK(node_ipam_options::of(wrong).error().code == error_code::invalid);
}

TEST_CASE("the laws hold for ranges of nodes on drawn worlds", "[laws]") {
    auto const c = controller_of("10.0.0.0/20");
    auto const draw_world = [](berth::random_engine& draw, reconcile::world& w) {
        w.follow<kube::node>();
        auto free = kube::node_ranges::of("10.0.0.0/20").value();
        for (auto n = draw.below(24); n > 0; --n) {
            auto made = make_node("n" + std::to_string(n));
            made.made_at(new_year + seconds(static_cast<std::int64_t>(draw.below(5))));
            free.start_at(draw.below(16));
            if (draw.below(3) != 0) {
                if (auto const range = free.take()) made = ranged("n" + std::to_string(n), {*range});
            } else if (draw.below(4) == 0) {
                made = ranged("n" + std::to_string(n), {"172.16.0.0/24"});
            }
            w.add(made.done());
        }
    };
    CHECK(broken_laws(c, {}, draw_world, 100).empty());
}

TEST_CASE("in drawn histories no two nodes ever have one range", "[random]") {
    for (auto seed = 1U; seed <= 50; ++seed) {
        auto draw = berth::random_engine(seed);
        auto c = controller_of("10.0.0.0/20");
        c.options.batch = 1 + draw.below(5);
        auto nodes = std::map<std::string, words>();
        auto told = node_ipam_controller::memory();
        for (auto moment = 0; moment < 60; ++moment) {
            auto const name = "n" + std::to_string(draw.below(24));
            if (draw.below(3) == 0) nodes.erase(name);
            else nodes.try_emplace(name);
            auto w = reconcile::world();
            put(w, nodes);
            auto done = decide(c, w, told);
            told = std::move(done.memory);
            for (auto const& [n, body] : given(done.plan)) {
                CHECK(nodes.at(n).empty());
                auto const begin = body.find("[\"") + 2;
                nodes.at(n) = {body.substr(begin, body.find('"', begin) - begin)};
            }
            auto held = std::set<std::string>();
            auto lacking = std::size_t{0};
            for (auto const& [n, ranges] : nodes) {
                if (ranges.empty()) ++lacking;
                else CHECK(held.insert(ranges.front()).second);
            }
            // Whoever lacks a range does so because there is none, or will be looked at soon.
            CHECK((lacking == 0 || held.size() == 16 || done.plan.again_after));
        }
    }
}
