/// \file
/// Pods whose claims wait for them: the scheduler gives volumes to claims, or has them made, and binds a pod
/// when its claims are bound.

#include "scheduler_cluster.hpp"
#include "volume_world.hpp"

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto selected_node = "volume.kubernetes.io/selected-node";
constexpr auto failed = "running PreBind plugin \"VolumeBinding\": ";

/// A cluster with one node, a class whose claims wait for their pod, and hands in the place of the
/// controllers of volumes.
class volume_cluster : public scheduler_cluster {
public:
    using scheduler_cluster::scheduler_cluster;

    auto with_node(std::string name) -> void { add(with_cpu(name, 4000).label("zone", name)); }
    /// What the controller of persistent volumes does: who is named by a volume is bound to it.
    auto bind_claim(std::string const& claim, std::string const& volume) -> void {
        auto const ref = get<kube::persistent_volume>(volume).spec.claim_ref;
        REQUIRE(ref);
        REQUIRE(ref->uid == get<kube::persistent_volume_claim>(claim).metadata.uid);
        change<kube::persistent_volume_claim>(claim, [&](auto& c) {
            c.spec.volume_name = volume;
            c.metadata.annotations["pv.kubernetes.io/bind-completed"] = "yes";
        });
        change<kube::persistent_volume_claim>(claim, [](auto& c) { c.status.phase = "Bound"; }, "status");
        change<kube::persistent_volume>(volume, [](auto& v) { v.status.phase = "Bound"; }, "status");
    }
    /// What a provisioner does: makes a volume near the node that a claim names.
    auto make_for(std::string const& claim, std::string const& volume) -> void {
        auto const c = get<kube::persistent_volume_claim>(claim);
        REQUIRE(c.metadata.annotations.contains(selected_node));
        add(make_volume(volume)
                .of_class("wait")
                .kept_for(claim)
                .near("zone", node_of_claim(claim))
                .with([&](auto& v) { v.spec.claim_ref->uid = c.metadata.uid; }));
        bind_claim(claim, volume);
    }
    auto node_of_claim(std::string const& claim) -> std::string {
        return get<kube::persistent_volume_claim>(claim).metadata.annotations.get(selected_node);
    }
    auto claim_of(std::string const& volume) -> std::string {
        auto const ref = get<kube::persistent_volume>(volume).spec.claim_ref;
        return ref ? ref->name : "";
    }
};

auto no_provisioner() -> make_class { return make_class("wait", "kubernetes.io/no-provisioner"); }

/// A pod `p` on a claim `c` whose volume is to be made when the pod has a node.
auto put_a_pod_whose_volume_is_made(volume_cluster& c) -> void {
    c.add(make_class("wait"));
    c.add(make_claim("c").of_class("wait"));
    c.add(pod_on("p", {"c"}));
}
/// Whoever makes volumes says that it cannot make the claim's there.
auto give_up_making(volume_cluster& c) -> void {
    c.change<kube::persistent_volume_claim>("c",
                                            [](auto& x) { x.metadata.annotations.erase(selected_node); });
}

} // namespace

TEST_CASE(
    "a claim gets a volume that is there when its pod has a node, and the pod waits until it is bound") {
    auto c = volume_cluster();
    c.with_node("a");
    c.with_node("b");
    c.add(no_provisioner());
    c.add(make_volume("v").of_class("wait").near("zone", "b"));
    c.add(make_claim("c").of_class("wait"));
    c.add(pod_on("p", {"c"}));
    c.settle();
    CHECK(c.node_of("p").empty());
    CHECK(c.claim_of("v") == "c");
    auto const v = c.get<kube::persistent_volume>("v");
    CHECK(v.metadata.annotations.get("pv.kubernetes.io/bound-by-controller") == "yes");
    CHECK(c.node_of_claim("c").empty());
    c.bind_claim("c", "v");
    c.settle();
    CHECK(c.node_of("p") == "b");
    CHECK(c.notes == words{"Normal Scheduled p: Successfully assigned default/p to b"});
    CHECK(c.counters().unprepared == 0);
}

TEST_CASE("a claim whose volume is yet to be made is told the node, and the pod waits until it is bound") {
    auto c = volume_cluster();
    c.with_node("a");
    c.add(make_class("wait"));
    c.add(make_claim("c").of_class("wait"));
    c.add(make_claim("d").of_class("wait"));
    c.add(pod_on("p", {"c", "d"}));
    c.settle();
    CHECK(c.node_of_claim("c") == "a");
    CHECK(c.node_of_claim("d") == "a");
    c.make_for("c", "v");
    c.settle_after(minutes(1));
    CHECK(c.node_of("p").empty());
    c.make_for("d", "w");
    c.settle();
    CHECK(c.node_of("p") == "a");
}

TEST_CASE("claims that are bound already keep nobody waiting, and nothing is written for them") {
    auto c = volume_cluster();
    c.with_node("a");
    c.add(make_class("wait"));
    c.add(make_volume("v").of_class("wait").kept_for("c"));
    c.add(make_claim("c").of_class("wait").bound_to("v"));
    c.add(pod_on("p", {"c"}));
    c.server().order.clear();
    c.settle();
    CHECK(c.server().order == words{"bind p"});
    CHECK(c.node_of("p") == "a");
}

TEST_CASE("others are bound while a pod waits for its volumes, and its room is kept") {
    auto c = volume_cluster();
    c.with_node("a");
    c.add(make_class("wait"));
    c.add(make_claim("c").of_class("wait"));
    c.add(pod_on("p", {"c"}).with([](auto& p) {
        p.spec.containers[0].resources.requests["cpu"] = object::quantity::of(3);
    }));
    c.settle();
    c.add(asking("small", 1000));
    c.add(asking("too-large", 1001));
    c.settle();
    CHECK(c.node_of("small") == "a");
    CHECK(c.node_of("too-large").empty());
    CHECK(c.node_of("p").empty());
}

TEST_CASE("two pods that come together do not get one volume") {
    auto c = volume_cluster();
    c.with_node("a");
    c.add(no_provisioner());
    c.add(make_volume("v").of_class("wait"));
    for (auto const* const name : {"c", "d"}) c.add(make_claim(name).of_class("wait"));
    c.add(pod_on("p", {"c"}));
    c.add(pod_on("q", {"d"}));
    c.settle();
    CHECK(c.claim_of("v") == "c");
    CHECK(c.notes == words{"Warning FailedScheduling q: 0/1 nodes are available: 1 node(s) didn't find "
                           "available persistent volumes to bind. preemption: 0/1 nodes are available: 1 "
                           "Preemption is not helpful for scheduling."});
    c.add(make_volume("w").of_class("wait"));
    c.bind_claim("c", "v");
    c.settle_after(seconds(1));
    CHECK(c.node_of("p") == "a");
    CHECK(c.claim_of("w") == "d");
}

TEST_CASE("a volume that could not be written for one pod is free for another") {
    auto c = volume_cluster();
    c.with_node("a");
    c.add(no_provisioner());
    c.add(make_volume("v").of_class("wait"));
    for (auto const* const name : {"c", "d"}) c.add(make_claim(name).of_class("wait"));
    c.add(pod_on("p", {"c"}));
    c.server().refused_updates = 1;
    c.settle();
    CHECK(c.claim_of("v").empty());
    CHECK(c.counters().unprepared == 1);
    CHECK(c.notes == words{"Warning FailedScheduling p: " + std::string(failed) + "another was faster"});
    auto const p = c.pod("p");
    auto const* const told = object::find_condition(p.status.conditions, "PodScheduled");
    REQUIRE(told != nullptr);
    CHECK(told->reason == "SchedulerError");
    c.add(pod_on("q", {"d"}));
    c.settle();
    CHECK(c.claim_of("v") == "d");
}

TEST_CASE("a pod whose volumes take too long is refused and tried again, where they are made") {
    auto c = volume_cluster();
    c.with_node("a");
    put_a_pod_whose_volume_is_made(c);
    CHECK(c.settle() == wake::at(c.clock().now() + minutes(10)));
    c.with_node("b");
    c.settle_after(minutes(10) - milliseconds(1));
    CHECK(c.counters().unprepared == 0);
    c.settle_after(milliseconds(1));
    CHECK(c.counters().unprepared == 1);
    CHECK(c.notes ==
          words{"Warning FailedScheduling p: waited too long: " + std::string(failed) + "binding volumes"});
    c.make_for("c", "v");
    c.settle_after(milliseconds(999));
    CHECK(c.node_of("p").empty());
    c.settle_after(milliseconds(1));
    CHECK(c.node_of("p") == "a");
}

TEST_CASE("a pod whose volume cannot be made is refused at once, and tried again after its back-off") {
    auto c = volume_cluster();
    c.with_node("a");
    put_a_pod_whose_volume_is_made(c);
    c.settle();
    give_up_making(c);
    c.settle();
    CHECK(c.notes == words{"Warning FailedScheduling p: " + std::string(failed) +
                           "binding volumes: provisioning failed for PVC \"c\""});
    CHECK(c.node_of_claim("c").empty());
    c.settle_after(seconds(1));
    CHECK(c.node_of_claim("c") == "a");
    c.make_for("c", "v");
    c.settle();
    CHECK(c.node_of("p") == "a");
}

TEST_CASE("a pod that goes while it waits for its volumes is forgotten") {
    auto c = volume_cluster();
    c.with_node("a");
    c.add(no_provisioner());
    c.add(make_volume("v").of_class("wait"));
    c.add(make_claim("c").of_class("wait"));
    c.add(pod_on("p", {"c"}).with([](auto& p) {
        p.spec.containers[0].resources.requests["cpu"] = object::quantity::of(4);
    }));
    c.settle();
    c.remove<kube::pod>("p");
    c.bind_claim("c", "v");
    c.add(asking("next", 4000));
    c.settle();
    CHECK(c.node_of("next") == "a");
}

TEST_CASE("a node that goes while a pod waits for its volumes is not the pod's any more") {
    auto c = volume_cluster();
    c.with_node("a");
    put_a_pod_whose_volume_is_made(c);
    c.settle();
    c.with_node("b");
    c.remove<kube::node>("a");
    c.settle();
    give_up_making(c);
    c.settle_after(seconds(1));
    CHECK(c.node_of_claim("c") == "b");
}

TEST_CASE("what is heard of a pod on its way counts when it does not arrive") {
    auto c = volume_cluster();
    c.with_node("a");
    put_a_pod_whose_volume_is_made(c);
    c.settle();
    c.change<kube::pod>("p", [](auto& p) { p.spec.node_selector["zone"] = "b"; });
    c.settle();
    c.with_node("b");
    give_up_making(c);
    c.settle();
    c.settle_after(seconds(1));
    CHECK(c.node_of_claim("c") == "b");
}

TEST_CASE("a profile that does not filter by VolumeBinding leaves claims alone") {
    auto c = volume_cluster();
    auto plain = kube::scheduler(
        c.server(), {}, schedule::profile{.name = "plain", .filter = kube::plugins::node_resources_fit});
    c.with_node("a");
    c.add(make_class("wait"));
    c.add(make_claim("c").of_class("wait"));
    c.add(pod_on("p", {"c"}).with([](auto& p) { p.spec.scheduler_name = "plain"; }));
    for (auto n = 0; n < 20; ++n) (void)plain.step(c.clock().now());
    CHECK(c.node_of("p") == "a");
    CHECK(c.node_of_claim("c").empty());
}

TEST_CASE("a profile's own pre-bind may wait, and go on when it is told") {
    auto c = volume_cluster();
    auto ready = false;
    auto const licence = [&](kube::pod_info const&, kube::node_info const&) {
        return ready ? schedule::permission(schedule::accept)
                     : schedule::wait_for(seconds(30), "no licence yet");
    };
    auto mine = kube::scheduler(
        c.server(), {},
        schedule::profile{.name = "mine", .filter = kube::plugins::node_resources_fit, .pre_bind = licence});
    c.with_node("a");
    c.add(asking("p", 100).with([](auto& p) { p.spec.scheduler_name = "mine"; }));
    for (auto n = 0; n < 20; ++n) (void)mine.step(c.clock().now());
    auto const uid = c.pod("p").metadata.uid;
    CHECK(c.node_of("p").empty());
    CHECK_FALSE(mine.go_on(uid));
    ready = true;
    CHECK(mine.go_on(uid));
    CHECK_FALSE(mine.go_on(uid));
    CHECK(c.node_of("p") == "a");
}
