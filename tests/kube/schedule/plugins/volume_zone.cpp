/// \file
/// Zones and regions of volumes.

#include "../volume_world.hpp"

#include <berth/kube/schedule/plugins/volume_zone.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using kube::plugins::volume_zone;

namespace {

auto const* const zone = "topology.kubernetes.io/zone";
auto const* const old_zone = "failure-domain.beta.kubernetes.io/zone";

/// A world in which claim `c` has a volume with a label.
auto world_with(std::string label, std::string value) -> volume_world {
    auto w = volume_world();
    w.has(make_claim("c").bound_to("v")).has(make_volume("v").label(std::move(label), std::move(value)));
    return w;
}

auto ruled_out(volume_world const& w, make_node const& n) -> bool {
    return says(volume_zone, w.info(pod_on("p", {"c"})), w.info(n)) ==
           schedule::rule_out("node(s) had no available volume zone");
}

auto problem(volume_world const& w) -> std::string {
    return says(volume_zone, w.info(pod_on("p", {"c"})), w.info(make_node("n"))).text();
}

} // namespace

TEST_CASE("a node of another zone than the volume is ruled out") {
    auto const w = world_with(zone, "a__b");
    CHECK_FALSE(ruled_out(w, make_node("n").label(zone, "a")));
    CHECK_FALSE(ruled_out(w, make_node("n").label(zone, "b")));
    CHECK(ruled_out(w, make_node("n").label(zone, "c")));
    CHECK(ruled_out(w, make_node("n").label("topology.kubernetes.io/region", "a")));
}

TEST_CASE("a node without any place, and a volume whose label makes no sense, are not checked") {
    CHECK_FALSE(ruled_out(world_with(zone, "a"), make_node("n")));
    CHECK_FALSE(ruled_out(world_with(zone, "a__"), make_node("n").label(zone, "c")));
}

TEST_CASE("a volume's label of old times is also that of the present") {
    auto const w = world_with(old_zone, "a");
    CHECK_FALSE(ruled_out(w, make_node("n").label(zone, "a")));
    CHECK_FALSE(ruled_out(w, make_node("n").label(old_zone, "a")));
    CHECK(ruled_out(w, make_node("n").label(zone, "b")));
    CHECK(ruled_out(world_with(zone, "a"), make_node("n").label(old_zone, "a")));
}

TEST_CASE("a pod whose claims are not ready is on no node") {
    auto w = volume_world();
    CHECK(problem(w) == "persistentvolumeclaim \"c\" not found");
    w.has(make_claim("c").bound_to("v"));
    CHECK(problem(w) == "persistentvolume \"v\" not found");
    w.has(make_claim("c"));
    CHECK(problem(w) == "PersistentVolumeClaim had no pv name and storageClass name");
    w.has(make_claim("c").of_class("slow"));
    CHECK(problem(w) == "storageclass.storage.k8s.io \"slow\" not found");
    w.has(make_class("slow", "csi.example.com", "Immediate"));
    CHECK(problem(w) == "PersistentVolume had no name");
    w.has(make_class("slow"));
    CHECK(problem(w).empty());
}

TEST_CASE("a pod without a place waits for its claims, their volumes and classes") {
    auto w = volume_world();
    w.has(make_claim("c").bound_to("v").of_class("slow"));
    auto const p = w.info(pod_on("p", {"c"}));
    auto const helps = [&]<class Maker>(Maker const& m) {
        using kind = std::remove_cvref_t<decltype(m.done())>;
        return volume_zone.callable.helped_by(p, kube::kind_changed<kind>{nullptr, &m.done()});
    };
    CHECK(helps(make_claim("c")));
    CHECK_FALSE(helps(make_claim("d")));
    CHECK(helps(make_volume("v")));
    CHECK_FALSE(helps(make_volume("other")));
    CHECK(helps(make_class("slow")));
    CHECK_FALSE(helps(make_class("fast")));
    CHECK_FALSE(helps(make_csi_node("n")));
}
