/// \file
/// How fast the nodes of a zone are given up.

#include "../../../vocabulary.hpp"

#include <berth/kube/core/node/controller/zones.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using kube::eviction_allowance;
using kube::eviction_rates;

namespace {

auto in_zone(make_node n, std::string zone) -> make_node {
    n.with([&](kube::node& x) { x.metadata.labels["topology.kubernetes.io/zone"] = std::move(zone); });
    return n;
}

/// A world of nodes, each with its time of being unwell; `a` is one of them.
struct zones {
    reconcile::world all;

    zones() { all.follow<kube::node>().add_index(kube::readiness_index()); }
    auto add(make_node n) -> void { all.add(object::any_object(n.done())); }
    auto turn(std::string const& name, time_point now = new_year, eviction_rates rates = {}) const
        -> kube::eviction_turn {
        auto const world = all.at(now);
        return kube::turn_of(world, *world.get<kube::node>({}, name), rates);
    }
};

auto lost(std::string name) -> make_node { return make_node(std::move(name)).condition("Ready", "Unknown"); }
auto leaving(std::string name, time_point since) -> make_node {
    return lost(std::move(name)).tainted("node.kubernetes.io/unreachable", "NoExecute", since);
}

} // namespace

TEST_CASE("a zone is given up slower, or not at all, when many of its nodes are not ready") {
    auto const rates = eviction_rates{};
    CHECK(kube::zone_health{.ready = 9, .not_ready = 1}.rate(rates) == 0.1);
    CHECK(kube::zone_health{.ready = 1, .not_ready = 2}.rate(rates) == 0.1);
    CHECK(kube::zone_health{.ready = 4, .not_ready = 6}.rate(rates) == 0);
    CHECK(kube::zone_health{.ready = 40, .not_ready = 60}.rate(rates) == 0.01);
    CHECK(kube::zone_health{.ready = 46, .not_ready = 54}.rate(rates) == 0.1);
    CHECK(kube::zone_health{.ready = 0, .not_ready = 60}.rate(rates) == 0.1);
    CHECK(kube::zone_health{}.rate(rates) == 0.1);
}

TEST_CASE("a zone is told by labels, new and old ones") {
    CHECK(kube::zone_of(make_node("a").done()) == "/");
    auto n = make_node("a").done();
    n.metadata.labels["topology.kubernetes.io/region"] = "north";
    n.metadata.labels["failure-domain.beta.kubernetes.io/zone"] = "n1";
    CHECK(kube::zone_of(n) == "north/n1");
}

TEST_CASE("while no node is ready anywhere nothing is given up") {
    auto w = zones();
    w.add(lost("a"));
    w.add(in_zone(lost("b"), "x"));
    CHECK(w.turn("a").now == eviction_allowance::suspended);
    w.add(in_zone(make_node("c").ready(), "y"));
    CHECK(w.turn("a").now == eviction_allowance::allowed);
    CHECK(w.turn("b").now == eviction_allowance::allowed);
}

TEST_CASE("in each zone one goes after the other, those that have been unwell longest first") {
    auto w = zones();
    w.add(make_node("well").ready());
    w.add(lost("b"));
    w.add(lost("a"));
    CHECK(w.turn("a").now == eviction_allowance::allowed);
    CHECK(w.turn("b").now == eviction_allowance::put_off);
    CHECK(w.turn("b").due == new_year + seconds(10));
    CHECK(w.turn("b", new_year, {.normal = 10}).due == new_year + milliseconds(100));
    w.add(leaving("a", new_year + seconds(3)));
    CHECK(w.turn("b", new_year + seconds(12)).due == new_year + seconds(13));
    CHECK(w.turn("b", new_year + seconds(13)).now == eviction_allowance::allowed);
}

TEST_CASE("a disrupted zone waits until it has recovered") {
    auto w = zones();
    w.add(in_zone(make_node("far").ready(), "x"));
    w.add(make_node("well").ready());
    for (auto const* name : {"a", "b", "c"}) w.add(lost(name));
    CHECK(w.turn("a").now == eviction_allowance::put_off);
    CHECK_FALSE(w.turn("a").due);
}
