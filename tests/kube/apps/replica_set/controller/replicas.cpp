/// \file
/// What keeps as many equal pods as are wanted.

#include "../../../vocabulary.hpp"

#include <berth/kube/apps/replica_set/controller.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

TEST_CASE("a great many pods are made some at a time") {
    auto w = world_of(make_replica_set("web", 2147483647));
    auto const steps = steps_of(plan_of(kube::replica_set_controller(), w, {"default", "web"}));
    CHECK(std::ssize(steps) == kube::replicas_burst + 1);
}

TEST_CASE("after a failure the status is written before the next attempt") {
    auto w = world_of(make_replica_set("web", 1));
    auto const first = plan_of(kube::replica_set_controller(), w, {"default", "web"});
    CHECK(steps_of(first) == words{"create pods default/web-", "update replicasets/status default/web"});
    auto const failures =
        std::vector<reconcile::failure>{{first.steps[0], {error_code::forbidden, "quota", {}}}};
    auto const second =
        kube::replica_set_controller().reconcile(w.at(new_year, failures), {"default", "web"});
    CHECK(steps_of(second) == words{"update replicasets/status default/web", "create pods default/web-"});
}

TEST_CASE("pods are counted by what they are") {
    auto w = world_of(make_pod("a").label("app", "web").ready(new_year - seconds(20)),
                      make_pod("b").label("app", "web").ready(), make_pod("c"));
    auto const world = w.at(new_year);
    auto pods = kube::detail::seen_pods();
    for (auto const p : world.all<kube::pod>()) pods.push_back(p);
    auto const t = make_replica_set("web", 1).done().spec.template_;
    auto const counts = kube::detail::count_replicas(pods, t, 10, new_year);
    CHECK(counts.all == 3);
    CHECK(counts.fully_labelled == 2);
    CHECK(counts.ready == 2);
    CHECK(counts.available == 1);
}
