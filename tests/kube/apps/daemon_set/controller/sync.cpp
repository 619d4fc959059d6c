/// \file
/// One look at a daemon set: what is counted, and what is left of the past.

#include "../../sets.hpp"

#include <berth/kube/apps/daemon_set/controller/sync.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace test;
using words = std::vector<std::string>;

namespace {

/// One look at the set of a world, all of whose revisions but that of hash `now` are old.
auto look(reconcile::world& w, time_point at = new_year) -> reconcile::plan {
    w.follow<kube::controller_revision>();
    w.follow<kube::node>();
    w.follow<kube::pod>();
    auto const world = w.at(at);
    auto backoff = kube::failure_backoff();
    auto plan = reconcile::plan{};
    auto const set = world.get<kube::daemon_set>({"default", "agent"});
    auto const pods = pods_in(world);
    kube::detail::daemon_sync(world, set, pods, {"now", revisions_in(world)}, backoff).run(plan);
    return plan;
}

} // namespace

TEST_CASE("the oldest pod of a node is the one that is counted") {
    auto const set = make_daemon_set("agent").on_delete();
    auto w =
        world_of(set, make_node("a"), make_node("b"), make_node("c"), pod_of(set, "a1", "a", "old").ready(),
                 pod_of(set, "a2", "a", "now").made_at(new_year + seconds(1)).ready(),
                 pod_of(set, "b1", "b", "now").phase("Running"),
                 pod_of(set, "x", "a", "now").phase("Failed").deleting().finalizer("mine"));
    auto const status = written<kube::daemon_set>(look(w))->status;
    CHECK(status.desired_number_scheduled == 3);
    CHECK(status.current_number_scheduled == 2);
    CHECK(status.number_ready == 1);
    CHECK(status.number_available == 1);
    CHECK(status.number_unavailable == 2);
    CHECK(status.updated_number_scheduled == 1);
    CHECK(status.number_misscheduled == 0);
    CHECK(status.observed_generation == 1);
}

TEST_CASE("a pod that was ready for too short a time is looked at again") {
    auto set = make_daemon_set("agent");
    set.with([](kube::daemon_set& d) { d.spec.min_ready_seconds = 10; });
    auto w = world_of(set, make_node("a"), pod_of(set, "p", "a", "now").ready());
    auto const plan = look(w, new_year + seconds(4));
    CHECK(written<kube::daemon_set>(plan)->status.number_available == 0);
    CHECK(plan.again_after == seconds(6));
}

TEST_CASE("the oldest revisions go that no pod has") {
    auto set = make_daemon_set("agent");
    set.with([](kube::daemon_set& d) { d.spec.revision_history_limit = 1; });
    auto const like = [](int n) { return make_daemon_set("agent").image("old:" + std::to_string(n)); };
    auto w = world_of(set, make_revision(like(1), "one", 1).hashed("one"),
                      make_revision(like(2), "two", 2).hashed("two"),
                      make_revision(like(3), "three", 3).hashed("three"), make_node("a"),
                      pod_of(set, "p", "a", "one").phase("Failed").deleting().finalizer("mine"));
    auto const plan = look(w);
    auto const steps = steps_of(plan);
    CHECK(steps == words{"update daemonsets/status default/agent", "create pods default/agent-",
                         "delete controllerrevisions default/two",
                         "delete controllerrevisions default/three"});
}

TEST_CASE("of a great many nodes some get their pods at a time") {
    auto w = world_of(make_daemon_set("agent"));
    for (auto n = 0; n < 300; ++n) w.add(make_node("node-" + std::to_string(n)).done());
    auto const steps = steps_of(look(w));
    CHECK(std::count(steps.begin(), steps.end(), "create pods default/agent-") == 250);
}
