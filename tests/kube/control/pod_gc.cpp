/// \file
/// Pods that nobody else will ever remove.

#include "../vocabulary.hpp"

#include <berth/kube/control/pod_gc.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

auto collect(reconcile::world const& w, time_point now = new_year, kube::missed_nodes const& missed = {},
             kube::pod_gc_options const& options = {}) -> kube::pod_collection {
    return kube::collect_pods(w.at(now), options, missed);
}

} // namespace

TEST_CASE("pods of a node that is no more go after a quarantine, and are said to have failed") {
    auto const w =
        world_of(make_node("a"), make_pod("here").on("a"), make_pod("lost").on("b").phase("Running"));
    auto const first = collect(w);
    CHECK(first.what.empty());
    CHECK(first.missed == kube::missed_nodes{{"b", new_year}});
    CHECK(collect(w, new_year + seconds(39), first.missed).what.empty());
    auto const late = collect(w, new_year + seconds(40), first.missed);
    CHECK(steps_of(late.what) == words{"update pods/status default/lost", "delete pods default/lost"});
    auto const& p = *written<kube::pod>(late.what);
    CHECK(p.status.phase == "Failed");
    CHECK(object::find_condition(p.status.conditions, "DisruptionTarget")->message ==
          "PodGC: node no longer exists");
    CHECK(std::get<reconcile::remove_step>(late.what.steps[1]).grace_seconds == 0);
}

TEST_CASE("a node that is back is missed no more") {
    auto const w = world_of(make_node("b"), make_pod("p").on("b"));
    auto const found = collect(w, new_year + seconds(60), {{"b", new_year}});
    CHECK(found.what.empty());
    CHECK(found.missed.empty());
}

TEST_CASE("a pod that is deleted before it was bound goes") {
    auto const w = world_of(make_node("a"), make_pod("leaving").deleting(), make_pod("waiting"));
    CHECK(steps_of(collect(w).what) ==
          words{"update pods/status default/leaving", "delete pods default/leaving"});
}

TEST_CASE("what leaves a node that is out of service is gone") {
    auto const out = make_node("a")
                         .condition("Ready", "Unknown")
                         .tainted("node.kubernetes.io/out-of-service", "NoExecute");
    auto const w = world_of(out, make_pod("leaving").on("a").deleting(), make_pod("staying").on("a"));
    CHECK(steps_of(collect(w).what) ==
          words{"update pods/status default/leaving", "delete pods default/leaving"});
    auto const well = make_node("a").ready().tainted("node.kubernetes.io/out-of-service", "NoExecute");
    CHECK(collect(world_of(well, make_pod("leaving").on("a").deleting())).what.empty());
}

TEST_CASE("of too many finished pods the oldest go, evicted ones before them") {
    auto const w =
        world_of(make_pod("old").phase("Succeeded").made_at(new_year), make_node("a"),
                 make_pod("new").phase("Failed").made_at(new_year + seconds(9)),
                 make_pod("evicted").phase("Failed").made_at(new_year + seconds(10)).with([](auto& p) {
                     p.status.reason = "Evicted";
                 }),
                 make_pod("running").phase("Running"));
    auto options = kube::pod_gc_options();
    options.finished = 1;
    CHECK(steps_of(collect(w, new_year, {}, options).what) ==
          words{"delete pods default/evicted", "delete pods default/old"});
    options.finished = 0;
    CHECK(collect(w, new_year, {}, options).what.empty());
}

TEST_CASE("a pass removes no more than it may") {
    auto const w = world_of(make_pod("a").deleting(), make_pod("b").deleting(), make_pod("c").deleting());
    auto options = kube::pod_gc_options();
    options.batch = 2;
    CHECK(steps_of(collect(w, new_year, {}, options).what).size() == 4);
}
