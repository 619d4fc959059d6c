/// \file
/// Pods that must leave tainted nodes, and when.

#include "../vocabulary.hpp"

#include <berth/kube/control/taint_eviction.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::taint_eviction_controller();
auto const p = object::key{"default", "p"};
constexpr auto gone = "node.kubernetes.io/unreachable";
auto const evicted = words{"update pods/status default/p", "delete pods default/p"};

auto tainted() -> make_node { return make_node("a").tainted(gone, "NoExecute", new_year); }

} // namespace

TEST_CASE("a pod that does not tolerate a taint leaves at once, and says why") {
    auto w = world_of(tainted(), make_pod("p").on("a"));
    auto const plan = plan_of(controller, w, p);
    CHECK(steps_of(plan) == evicted);
    CHECK(notes_of(plan) == words{"TaintManagerEviction"});
    auto const* const c =
        object::find_condition(written<kube::pod>(plan)->status.conditions, "DisruptionTarget");
    REQUIRE(c != nullptr);
    CHECK(c->reason == "DeletionByTaintManager");
}

TEST_CASE("a pod that tolerates it for a time leaves when the time is up") {
    auto w = world_of(tainted(), make_pod("p").on("a").tolerates(gone, 300));
    auto const early = plan_of(controller, w, p, new_year + seconds(100));
    CHECK(early.empty());
    CHECK(early.again_after == seconds(200));
    CHECK(steps_of(plan_of(controller, w, p, new_year + seconds(300))) == evicted);
}

TEST_CASE("the time of a pod that came later begins when it was bound") {
    auto w = world_of(tainted(), make_pod("p").on("a").tolerates(gone, 300).condition(
                                     "PodScheduled", "True", new_year + seconds(60)));
    CHECK(plan_of(controller, w, p, new_year + seconds(100)).again_after == seconds(260));
}

TEST_CASE("a pod that tolerates it for ever stays") {
    auto w = world_of(tainted(), make_pod("p").on("a").tolerates(gone));
    CHECK(plan_of(controller, w, p) == reconcile::plan{});
}

TEST_CASE("other effects drive nobody off, and pods that are leaving or unbound are left alone") {
    auto w = world_of(make_node("a").tainted(gone, "NoSchedule"), make_pod("p").on("a"));
    CHECK(plan_of(controller, w, p).empty());
    auto w2 = world_of(tainted(), make_pod("p").on("a").deleting());
    CHECK(plan_of(controller, w2, p).empty());
    auto w3 = world_of(tainted(), make_pod("p"));
    CHECK(plan_of(controller, w3, p).empty());
}

TEST_CASE("of several taints the least tolerated counts") {
    auto const taints = make_node("a").tainted("x", "NoExecute").tainted("y", "NoExecute").done().spec.taints;
    CHECK(kube::tolerated_for(taints,
                              make_pod("p").tolerates("x", 60).tolerates("y", 30).done().spec.tolerations) ==
          seconds(30));
    CHECK(kube::tolerated_for(taints, make_pod("p").tolerates("x", 60).done().spec.tolerations) ==
          seconds(0));
    CHECK(kube::tolerated_for(
              taints, make_pod("p").tolerates("x").tolerates("y", -5).done().spec.tolerations) == seconds(0));
    CHECK(kube::tolerated_for({}, {}) == std::nullopt);
}

TEST_CASE("a taint that does not say since when it is there counts from when it was seen") {
    auto const node = make_node("a").tainted("mine", "NoExecute");
    auto seen = kube::node_observations();
    seen.saw(node.done(), new_year + seconds(1000));
    auto w = world_of(node, make_pod("p").on("a").tolerates("mine", 60));
    auto const watching = kube::taint_eviction_controller{&seen};
    CHECK(plan_of(watching, w, p, new_year + seconds(1020)).again_after == seconds(40));
    CHECK(steps_of(plan_of(watching, w, p, new_year + seconds(1060))) == evicted);
}

TEST_CASE("whoever was to leave and may stay is told so, once") {
    auto w = world_of(tainted(), make_pod("p").on("a").tolerates(gone, 60));
    (void)plan_of(controller, w, p);
    auto const scheduled = kube::scheduled_eviction{.waits = true};
    auto const first = controller.reconcile(w.at(new_year), p, {});
    CHECK(first.memory == scheduled);
    CHECK(first.plan.empty());
    w.add(make_node("a").done());
    auto const freed = controller.reconcile(w.at(new_year), p, first.memory);
    CHECK(notes_of(freed.plan) == std::vector<std::string>{"TaintManagerEviction"});
    CHECK(steps_of(freed.plan).empty());
    CHECK(controller.reconcile(w.at(new_year), p, freed.memory).plan.empty());
}

TEST_CASE("a change of taints concerns the pods of the node") {
    auto w = world_of(make_pod("p").on("a"), make_pod("q").on("b"));
    w.follow<kube::pod>().add_index(kube::node_index());
    CHECK(controller.keys_for(w.at(new_year), tainted().done()) == std::vector{p});
    CHECK(controller.matters(make_node("a").done(), tainted().done()));
    CHECK(!controller.matters(tainted().done(), tainted().ready().done()));
}

TEST_CASE("only nodes that drive pods off matter, and pods on them") {
    auto const w = world_of(tainted(), make_node("b").tainted(gone, "NoSchedule"));
    auto const view = w.at(new_year);
    CHECK(controller.matters(view, tainted().done()));
    CHECK_FALSE(controller.matters(view, make_node("b").tainted(gone, "NoSchedule").done()));
    CHECK(controller.matters(view, make_pod("p").on("a").done()));
    CHECK_FALSE(controller.matters(view, make_pod("p").on("b").done()));
    CHECK_FALSE(controller.matters(view, make_pod("p").on("unknown").done()));
    CHECK_FALSE(controller.matters(view, make_pod("p").done()));
}

TEST_CASE("the controller that evicts keeps the laws of controllers") {
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    auto work = reconcile::laws::effort();
    work.now = new_year + seconds(100);
    auto const check = [&](reconcile::world const& w) {
        reconcile::laws::all(controller, w, p, judge, work);
    };
    check(world_of(tainted(), make_pod("p").on("a"), make_pod("q").on("a")));
    check(world_of(tainted(), make_pod("p").on("a").finalizer("mine")));
    check(world_of(tainted(), make_pod("p").on("a").tolerates(gone, 50)));
    check(world_of(tainted(), make_pod("p").on("a").tolerates(gone, 500)));
    check(world_of(make_node("b"), make_pod("p").on("a")));
}
