/// \file
/// The victims of preemption, on their way out.

#include "scheduler_cluster.hpp"

#include <berth/kube/schedule/departures.hpp>

using namespace test;
using words = std::vector<std::string>;

TEST_CASE("victims are told why and deleted in one batch; who has gone already is told apart") {
    auto c = scheduler_cluster();
    c.add(make_pod("here").finalizer("example.com/stay"));
    c.add(make_pod("gone"));
    auto leaving = kube::departures();
    for (auto const* const name : {"here", "gone"})
        leaving.put({std::make_shared<kube::pod_info const>(c.info(name)), "a", "uid-of-p", {1, 1}});
    c.remove<kube::pod>("gone");
    c.server().batches.clear();
    c.server().order.clear();
    auto client = api::any_client(c.server());
    auto const answers = leaving.send(client, "default-scheduler", c.clock().now());
    CHECK(c.server().batches == std::vector<std::size_t>{4});
    CHECK(c.server().order == words{"patch here", "remove here", "patch gone", "remove gone"});
    REQUIRE(answers.size() == 2);
    CHECK(answers[0].second);
    CHECK(answers[0].first.node == "a");
    CHECK_FALSE(answers[1].second);
    auto const here = c.pod("here");
    CHECK(here.metadata.deleting());
    auto const* const why = object::find_condition(here.status.conditions, "DisruptionTarget");
    REQUIRE(why != nullptr);
    CHECK(why->reason == "PreemptionByScheduler");
}

TEST_CASE("nobody leaves twice") {
    auto c = scheduler_cluster();
    c.add(make_pod("p"));
    auto leaving = kube::departures();
    leaving.put({std::make_shared<kube::pod_info const>(c.info("p")), "a", "uid-of-q", {}});
    auto client = api::any_client(c.server());
    CHECK(leaving.send(client, "s", c.clock().now()).size() == 1);
    CHECK(leaving.send(client, "s", c.clock().now()).empty());
}
