/// \file
/// How many volumes a node takes.

#include "../volume_world.hpp"

#include <berth/kube/schedule/plugins/node_volume_limits.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using kube::plugins::node_volume_limits;

namespace {

/// A world in which claims `a`, `b` and `c` have volumes of driver `d`, and `w` waits for one.
auto world() -> volume_world {
    auto w = volume_world();
    for (auto const* const name : {"a", "b", "c"}) {
        w.has(make_claim(name).bound_to("volume-" + std::string(name)));
        w.has(make_volume("volume-" + std::string(name)).driver("d"));
    }
    w.has(make_class("wait", "d")).has(make_claim("w").of_class("wait"));
    return w;
}

auto full(volume_world const& w, make_pod const& p, std::vector<make_pod> const& there) -> bool {
    auto const v = says(node_volume_limits, w.info(p), w.info(make_node("n"), there));
    CHECK((v.accepted() || v == schedule::reject("node(s) exceed max volume count")));
    return !v.accepted();
}

} // namespace

TEST_CASE("a node takes as many volumes of a driver as it says") {
    auto w = world();
    CHECK_FALSE(full(w, pod_on("p", {"a", "b", "c"}), {}));
    w.has(make_csi_node("n").driver("other", 0));
    CHECK_FALSE(full(w, pod_on("p", {"a", "b", "c"}), {}));
    w.has(make_csi_node("n").driver("d", 2));
    CHECK_FALSE(full(w, pod_on("p", {"a", "b"}), {}));
    CHECK(full(w, pod_on("p", {"a", "b", "c"}), {}));
    CHECK_FALSE(full(w, pod_on("p", {"a"}), {pod_on("q", {"b"})}));
    CHECK(full(w, pod_on("p", {"a", "c"}), {pod_on("q", {"b"})}));
}

TEST_CASE("a volume counts once, however many pods have it") {
    auto w = world();
    w.has(make_csi_node("n").driver("d", 1));
    CHECK_FALSE(full(w, pod_on("p", {"a", "a"}), {pod_on("q", {"a"}), pod_on("r", {"a"})}));
    CHECK(full(w, pod_on("p", {"b"}), {pod_on("q", {"a"}), pod_on("r", {"a"})}));
}

TEST_CASE("a volume that is yet to be made counts, and so does one of which nothing is known but its class") {
    auto w = world();
    w.has(make_csi_node("n").driver("d", 1));
    CHECK(full(w, pod_on("p", {"w"}), {pod_on("q", {"a"})}));
    CHECK_FALSE(full(w, pod_on("p", {"w"}), {pod_on("q", {"w"})}));
    w.has(make_claim("w").of_class("wait").bound_to("gone"));
    CHECK(full(w, pod_on("p", {"w"}), {pod_on("q", {"a"})}));
}

TEST_CASE("claims of pods that are there already may be missing, those of a new pod may not") {
    auto w = world();
    w.has(make_csi_node("n").driver("d", 1));
    CHECK_FALSE(full(w, pod_on("p", {"a"}), {pod_on("q", {"missing"})}));
    CHECK(says(node_volume_limits, w.info(pod_on("p", {"missing"})), w.info(make_node("n"))) ==
          schedule::rule_out("looking up PVC default/missing: persistentvolumeclaim \"missing\" not found"));
}

TEST_CASE("a disk in old words counts where the node has its driver") {
    auto w = volume_world();
    auto const disk = [](std::string name) {
        return make_pod("p-" + name).with([&](kube::pod& p) {
            p.spec.volumes.emplace_back().aws_elastic_block_store.engage().volume_id = name;
        });
    };
    auto drivers = make_csi_node("n").driver("ebs.csi.aws.com", 1);
    w.has(drivers);
    CHECK_FALSE(full(w, disk("x"), {disk("y")}));
    w.has(drivers.annotation("storage.alpha.kubernetes.io/migrated-plugins", "kubernetes.io/aws-ebs"));
    CHECK(full(w, disk("x"), {disk("y")}));
    CHECK_FALSE(full(w, disk("x"), {disk("x")}));
}

TEST_CASE("a pod without a place waits for pods that have volumes to go") {
    auto const w = world();
    auto const p = w.info(pod_on("p", {"a"}));
    auto const with = w.info(pod_on("q", {"b"}));
    auto const without = w.info(make_pod("r"));
    CHECK(node_volume_limits.callable.helped_by(p, kube::pod_went{with}));
    CHECK_FALSE(node_volume_limits.callable.helped_by(p, kube::pod_went{without}));
}
