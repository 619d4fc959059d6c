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
