/// \file
/// Nodes that do not reach the volumes of a pod.

#include "../volume_world.hpp"

#include <berth/kube/schedule/plugins/volume_binding.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using kube::plugins::volume_binding;

TEST_CASE("a node that does not reach a bound volume is ruled out") {
    auto w = volume_world();
    w.has(make_claim("c").bound_to("v")).has(make_volume("v").near("zone", "a"));
    auto const p = w.info(pod_on("p", {"c"}));
    CHECK(says(volume_binding, p, w.info(make_node("n").label("zone", "a"))).accepted());
    CHECK(says(volume_binding, p, w.info(make_node("n").label("zone", "b"))) ==
          schedule::rule_out("node(s) didn't match PersistentVolume's node affinity"));
}

TEST_CASE("all that is in the way on a node is told") {
    auto w = volume_world();
    w.has(make_claim("c").bound_to("v")).has(make_volume("v").near("zone", "a"));
    w.has(make_class("static", "kubernetes.io/no-provisioner")).has(make_claim("d").of_class("static"));
    CHECK(says(volume_binding, w.info(pod_on("p", {"d", "c"})), w.info(make_node("n"))) ==
          (schedule::rule_out("node(s) didn't match PersistentVolume's node affinity") &
           schedule::rule_out("node(s) didn't find available persistent volumes to bind")));
}

TEST_CASE("a driver without room and a volume that is not there are told") {
    auto w = volume_world();
    w.has(make_class("wait")).has(make_csi_driver("csi.example.com").tells_capacity());
    w.has(make_claim("c").of_class("wait")).has(make_claim("d").bound_to("gone"));
    CHECK(says(volume_binding, w.info(pod_on("p", {"c"})), w.info(make_node("n"))) ==
          schedule::rule_out("node(s) did not have enough free storage"));
    CHECK(says(volume_binding, w.info(pod_on("p", {"d"})), w.info(make_node("n"))) ==
          schedule::rule_out("node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)"));
}

TEST_CASE("a pod with a claim that others bind is on no node until they have") {
    auto w = volume_world();
    w.has(make_claim("c"));
    CHECK(says(volume_binding, w.info(pod_on("p", {"c"})), w.info(make_node("n"))) ==
          schedule::rule_out("pod has unbound immediate PersistentVolumeClaims"));
}

TEST_CASE("pods without claims go anywhere") {
    auto const w = volume_world();
    CHECK(says(volume_binding, w.info(make_pod("p")), w.info(make_node("n"))).accepted());
}

TEST_CASE("a pod without a place waits for its claims, their classes, and volumes and room for these") {
    auto w = volume_world();
    w.has(make_claim("c").of_class("slow")).has(make_claim("d").bound_to("v"));
    auto const p = w.info(pod_on("p", {"c", "d"}));
    auto const helps = [&]<class Maker>(Maker const& m) {
        using kind = std::remove_cvref_t<decltype(m.done())>;
        return volume_binding.callable.helped_by(p, kube::kind_changed<kind>{nullptr, &m.done()});
    };
    CHECK(helps(make_claim("c")));
    CHECK_FALSE(helps(make_claim("e")));
    CHECK_FALSE(helps(make_claim("c").in("other")));
    CHECK(helps(make_volume("v").of_class("fast")));
    CHECK(helps(make_volume("new").of_class("slow")));
    CHECK_FALSE(helps(make_volume("new").of_class("fast")));
    CHECK(helps(make_class("slow")));
    CHECK_FALSE(helps(make_class("fast")));
    CHECK(helps(make_capacity("r", "slow", 1)));
    CHECK_FALSE(helps(make_capacity("r", "fast", 1)));
    CHECK(helps(make_csi_driver("any")));
    CHECK(helps(make_csi_node("n")));
    auto const gone = w.info(make_pod("gone"));
    CHECK_FALSE(volume_binding.callable.helped_by(p, kube::pod_went{gone}));
    auto const before = make_csi_node("n").done();
    auto const more = make_csi_node("n").driver("any", 1).done();
    auto const other =
        make_csi_node("n")
            .annotation("storage.alpha.kubernetes.io/migrated-plugins", "kubernetes.io/aws-ebs")
            .done();
    using of_drivers = kube::kind_changed<kube::csi_node>;
    CHECK_FALSE(volume_binding.callable.helped_by(p, of_drivers{&before, &more}));
    CHECK(volume_binding.callable.helped_by(p, of_drivers{&before, &other}));
    CHECK_FALSE(volume_binding.callable.helped_by(p, of_drivers{&before, nullptr}));
}
