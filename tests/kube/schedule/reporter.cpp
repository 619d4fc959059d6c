/// \file
/// What a scheduler says of pods.

#include "scheduler_cluster.hpp"

#include <berth/kube/schedule/reporter.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

auto hearing(words& heard) -> kube::reporter {
    return kube::reporter([&heard](reconcile::note const& n, time_point) {
        heard.push_back(n.type + " " + n.reason + " " + n.regarding.where.name + ": " + n.message);
    });
}

} // namespace

TEST_CASE("events and conditions leave when they are sent, in their order") {
    auto c = scheduler_cluster();
    c.add(make_pod("p"));
    auto client = api::any_client(c.server());
    auto heard = words();
    auto says = hearing(heard);
    auto const now = c.clock().now();
    CHECK_FALSE(says.due(now, true));
    says.tell(c.info("p"), "Warning", "FailedScheduling", "full", now);
    says.say(c.info("p"), {.message = "full"}, now);
    CHECK(says.due(now, true));
    CHECK_FALSE(says.due(now, false));
    CHECK(says.due_at() == now + seconds(1));
    CHECK(heard.empty());
    says.send(client);
    CHECK(heard == words{"Warning FailedScheduling p: full"});
    auto const p = c.pod("p");
    auto const* const told = object::find_condition(p.status.conditions, "PodScheduled");
    REQUIRE(told != nullptr);
    CHECK(told->message == "full");
    CHECK_FALSE(says.due_at().has_value());
}

TEST_CASE("what a pod says already is not written, nor what is forgotten") {
    auto c = scheduler_cluster();
    c.add(make_pod("p"));
    auto client = api::any_client(c.server());
    auto heard = words();
    auto says = hearing(heard);
    says.say(c.info("p"), {.nominated = ""}, c.clock().now());
    CHECK_FALSE(says.due_at().has_value());
    says.say(c.info("p"), {.message = "full"}, c.clock().now());
    says.forget(c.pod("p").metadata.uid);
    c.server().batches.clear();
    says.send(client);
    CHECK(c.server().batches.empty());
    CHECK(c.pod("p").status.conditions.empty());
}

TEST_CASE("where nobody listens no event is kept") {
    auto c = scheduler_cluster();
    c.add(make_pod("p"));
    auto says = kube::reporter({});
    says.tell(c.info("p"), "Normal", "Scheduled", "it is", c.clock().now());
    CHECK_FALSE(says.due_at().has_value());
}
