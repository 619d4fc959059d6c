/// \file
/// Nodes that die, and what becomes of their pods.

#include "../../vocabulary.hpp"

#include <berth/kube/core/node/controller.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

auto status_of(kube::node const& n, std::string_view type) -> std::string {
    auto const* const c = object::find_condition(n.status.conditions, type);
    return c == nullptr ? "absent" : c->status;
}

auto taints_of(kube::node const& n) -> words {
    auto out = words();
    for (auto const& t : n.spec.taints) out.push_back(t.key + ":" + t.effect);
    return out;
}

constexpr auto controller = kube::node_lifecycle_controller();

} // namespace

TEST_CASE("a node that gives signs of life is left alone until its time is up") {
    auto w = world_of(make_node("a").ready());
    auto const plan = plan_of(controller, w, {{}, "a"}, new_year + seconds(20));
    CHECK(plan.empty());
    CHECK(plan.again_after == seconds(30) + milliseconds(1));
}

TEST_CASE("the renewal of its lease is a sign of life") {
    auto w = world_of(make_node("a").ready(), make_lease("a", new_year + seconds(100)));
    CHECK(plan_of(controller, w, {{}, "a"}, new_year + seconds(140)).empty());
    CHECK(!plan_of(controller, w, {{}, "a"}, new_year + seconds(151)).empty());
}

TEST_CASE("nothing is known of a node that gives no sign of life for too long") {
    auto w = world_of(make_node("a").ready().condition("DiskPressure", "False"),
                      make_pod("p").on("a").ready(), make_pod("q").on("b").ready());
    auto const plan = plan_of(controller, w, {{}, "a"}, new_year + seconds(51));
    CHECK(steps_of(plan) == words{"update nodes/status a", "update nodes a", "update pods/status default/p"});
    CHECK(notes_of(plan) == words{"NodeNotReady", "NodeNotReady"});
    auto const& n = std::get<reconcile::update_step>(plan.steps[0]).object.as<kube::node>();
    CHECK(status_of(n, "Ready") == "Unknown");
    CHECK(object::find_condition(n.status.conditions, "Ready")->message ==
          "Kubelet stopped posting node status.");
    CHECK(status_of(n, "DiskPressure") == "Unknown");
    CHECK(object::find_condition(n.status.conditions, "PIDPressure")->reason == "NodeStatusNeverUpdated");
    CHECK(taints_of(*written<kube::node>(plan)) == words{"node.kubernetes.io/unreachable:NoSchedule"});
    CHECK(!kube::is_ready(*written<kube::pod>(plan)));
}

TEST_CASE("pods leave a node that is lost, unless all are") {
    auto const lost = make_node("a").condition("Ready", "Unknown");
    auto alone = world_of(lost);
    CHECK(taints_of(*written<kube::node>(plan_of(controller, alone, {{}, "a"}))) ==
          words{"node.kubernetes.io/unreachable:NoSchedule"});
    auto w = world_of(lost, make_node("b").ready());
    CHECK(taints_of(*written<kube::node>(plan_of(controller, w, {{}, "a"}))) ==
          words{"node.kubernetes.io/unreachable:NoSchedule", "node.kubernetes.io/unreachable:NoExecute"});
}

TEST_CASE("nodes are given up one after the other, and what began goes on") {
    auto w = world_of(
        make_node("a").condition("Ready", "False").tainted("node.kubernetes.io/not-ready", "NoSchedule"),
        make_node("b").condition("Ready", "False").tainted("node.kubernetes.io/not-ready", "NoSchedule"),
        make_node("c").ready(new_year + seconds(60)));
    CHECK(steps_of(plan_of(controller, w, {{}, "a"})) == words{"update nodes a"});
    auto const second = plan_of(controller, w, {{}, "b"});
    CHECK(second.empty());
    CHECK(second.again_after == seconds(5));
    CHECK(steps_of(plan_of(controller, w, {{}, "b"}, new_year + seconds(10))) == words{"update nodes b"});
}

TEST_CASE("a node that never posted a status has a little longer") {
    auto w = world_of(make_node("a"));
    CHECK(plan_of(controller, w, {{}, "a"}, new_year + seconds(60)).empty());
    auto const plan = plan_of(controller, w, {{}, "a"}, new_year + seconds(61));
    CHECK(status_of(*written<kube::node>(plan), "Ready") == "absent");
    auto const& n = std::get<reconcile::update_step>(plan.steps[0]).object.as<kube::node>();
    CHECK(object::find_condition(n.status.conditions, "Ready")->message ==
          "Kubelet never posted node status.");
}

TEST_CASE("taints follow the conditions, and others stay") {
    auto w = world_of(make_node("a")
                          .ready()
                          .condition("MemoryPressure", "True")
                          .tainted("mine", "NoSchedule")
                          .tainted("node.kubernetes.io/not-ready", "NoSchedule")
                          .tainted("node.kubernetes.io/unreachable", "NoExecute")
                          .with([](kube::node& n) { n.spec.unschedulable = true; }));
    auto const plan = plan_of(controller, w, {{}, "a"});
    CHECK(taints_of(*written<kube::node>(plan)) == words{"mine:NoSchedule",
                                                         "node.kubernetes.io/memory-pressure:NoSchedule",
                                                         "node.kubernetes.io/unschedulable:NoSchedule"});
}

TEST_CASE("a node that was not ready and becomes unreachable has been unwell all the time") {
    auto w = world_of(make_node("a")
                          .condition("Ready", "Unknown")
                          .tainted("node.kubernetes.io/not-ready", "NoExecute", new_year - seconds(90)),
                      make_node("b").ready());
    auto const plan = plan_of(controller, w, {{}, "a"});
    auto const& taints = written<kube::node>(plan)->spec.taints;
    REQUIRE(taints.size() == 2);
    CHECK(taints[1].key == kube::unreachable_taint);
    CHECK(taints[1].time_added == object::timestamp(new_year - seconds(90)));
}

TEST_CASE("a pod that its agent says to be ready after its node was lost is believed") {
    auto w = world_of(make_node("a").condition("Ready", "False"),
                      make_pod("p").on("a").ready(new_year + seconds(5)));
    CHECK(written<kube::pod>(plan_of(controller, w, {{}, "a"}, new_year + seconds(6))) == nullptr);
}

TEST_CASE("what counts is when a sign of life was seen, not what the node's clock says") {
    auto seen = kube::node_observations();
    auto const late = make_node("a").ready(new_year - seconds(3600));
    seen.saw(late.done(), new_year);
    auto const watching = kube::node_lifecycle_controller{{}, &seen};
    auto w = world_of(late);
    CHECK(steps_of(plan_of(watching, w, {{}, "a"}, new_year + seconds(49))).empty());
    seen.saw(make_lease("a", new_year - seconds(3500)).done(), new_year + seconds(40));
    CHECK(plan_of(watching, w, {{}, "a"}, new_year + seconds(89)).empty());
    seen.saw(make_lease("a", new_year - seconds(3500)).done(), new_year + seconds(80));
    CHECK(!plan_of(watching, w, {{}, "a"}, new_year + seconds(91)).empty());
}

TEST_CASE("the controller of nodes keeps the laws of controllers") {
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    auto work = reconcile::laws::effort();
    work.now = new_year + seconds(100);
    auto const dead =
        world_of(make_node("a").ready(), make_pod("p").on("a").ready(), make_pod("q").on("a").ready());
    reconcile::laws::all(controller, dead, {{}, "a"}, judge, work);
    auto const well = world_of(
        make_node("a").ready(new_year + seconds(90)).tainted("node.kubernetes.io/not-ready", "NoSchedule"));
    reconcile::laws::all(controller, well, {{}, "a"}, judge, work);
    auto const unknown = world_of(make_node("a"), make_lease("a", new_year));
    reconcile::laws::all(controller, unknown, {{}, "a"}, judge, work);
}
