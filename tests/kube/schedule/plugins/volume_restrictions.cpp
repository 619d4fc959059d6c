/// \file
/// Volumes that not everybody can have at once.

#include "../volume_world.hpp"

#include <berth/kube/schedule/plugins/volume_restrictions.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using kube::plugins::volume_restrictions;

namespace {

/// A pod with a disk, made by `set`.
template <class F> auto pod_with(std::string name, F set) -> make_pod {
    return make_pod(std::move(name)).with([&](kube::pod& p) { set(p.spec.volumes.emplace_back()); });
}

/// Whether a pod cannot be where another is.
auto exclude(make_pod const& a, make_pod const& b) -> bool {
    auto const w = volume_world();
    auto const v = says(volume_restrictions, w.info(a), w.info(make_node("n"), {b}));
    CHECK((v.accepted() || v == schedule::reject("node(s) had no available disk")));
    return !v.accepted();
}

auto sole_claim_in_use() {
    return schedule::reject("node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access "
                            "mode already in-use by another pod");
}

} // namespace

TEST_CASE("a node has a disk of Google once, unless all only read it") {
    auto const disk = [](std::string name, bool reads) {
        return pod_with("p", [&](kube::volume& v) {
            v.gce_persistent_disk.engage().pd_name = name;
            v.gce_persistent_disk->read_only = reads;
        });
    };
    CHECK(exclude(disk("a", false), disk("a", true)));
    CHECK_FALSE(exclude(disk("a", true), disk("a", true)));
    CHECK_FALSE(exclude(disk("a", false), disk("b", false)));
    CHECK_FALSE(exclude(disk("a", false), make_pod("q")));
}

TEST_CASE("a node has a disk of Amazon once") {
    auto const disk = [](std::string name) {
        return pod_with("p", [&](kube::volume& v) {
            v.aws_elastic_block_store.engage().volume_id = name;
            v.aws_elastic_block_store->read_only = true;
        });
    };
    CHECK(exclude(disk("a"), disk("a")));
    CHECK_FALSE(exclude(disk("a"), disk("b")));
}

TEST_CASE("a node has a disk of iSCSI or Ceph once, unless all only read it") {
    auto const iscsi = [](std::string name, bool reads) {
        return pod_with("p", [&](kube::volume& v) {
            v.iscsi.engage().iqn = name;
            v.iscsi->read_only = reads;
        });
    };
    CHECK(exclude(iscsi("a", true), iscsi("a", false)));
    CHECK_FALSE(exclude(iscsi("a", true), iscsi("a", true)));
    auto const ceph = [](std::vector<std::string> monitors, std::string image, bool reads = false) {
        return pod_with("p", [&](kube::volume& v) {
            auto& rbd = v.rbd.engage();
            rbd.monitors = monitors;
            rbd.image = image;
            rbd.pool = "rbd";
            rbd.read_only = reads;
        });
    };
    CHECK(exclude(ceph({"m", "n"}, "a"), ceph({"n"}, "a", true)));
    CHECK_FALSE(exclude(ceph({"m"}, "a"), ceph({"n"}, "a")));
    CHECK_FALSE(exclude(ceph({"m"}, "a"), ceph({"m"}, "b")));
    CHECK_FALSE(exclude(ceph({"m"}, "a", true), ceph({"m"}, "a", true)));
}

TEST_CASE("a claim for one pod only is for one pod of the cluster") {
    auto w = volume_world();
    w.has(make_claim("c").mode("ReadWriteOncePod")).has(make_claim("d"));
    auto const p = w.info(pod_on("p", {"c", "d"}));
    auto const free = w.info(make_node("n"), {pod_on("q", {"d"}), pod_on("r", {"c"}).in("other")});
    CHECK(says(volume_restrictions, p, free).accepted());
    auto const taken = w.info(make_node("m"), {pod_on("q", {"c"})});
    CHECK(says(volume_restrictions, p, {free, taken}) == sole_claim_in_use());
}

TEST_CASE("a pod whose claim is not there is on no node") {
    auto const w = volume_world();
    CHECK(says(volume_restrictions, w.info(pod_on("p", {"c"})), w.info(make_node("n"))) ==
          schedule::rule_out("persistentvolumeclaim \"c\" not found"));
}

TEST_CASE("a claim is free again when its pod leaves, without looking at the other nodes") {
    auto w = volume_world();
    w.has(make_claim("c").mode("ReadWriteOncePod"));
    auto const p = w.info(pod_on("p", {"c"}));
    auto const nodes = std::vector{w.info(make_node("n"), {pod_on("q", {"c"})}), w.info(make_node("m"))};
    auto const& leaf = volume_restrictions.callable;
    auto const before = leaf.prepare(p, nodes);
    CHECK(leaf(p, nodes[1], *before) == sole_claim_in_use());
    auto const empty = kube::without(nodes[0], nodes[0].pods);
    auto const after = leaf.advance(before, p, {0, nodes[0], empty});
    CHECK(leaf(p, nodes[1], *after).accepted());
    auto const again = leaf.advance(after, p, {0, empty, nodes[0]});
    CHECK(leaf(p, nodes[1], *again) == sole_claim_in_use());
}

TEST_CASE("a pod without a place waits for its claims, and for pods that have them or its disks") {
    auto w = volume_world();
    auto const& leaf = volume_restrictions.callable;
    auto const disk = [](std::string name) {
        return pod_with("p", [&](kube::volume& v) { v.gce_persistent_disk.engage().pd_name = name; });
    };
    auto const on_claim = w.info(pod_on("p", {"c"}));
    auto const went = [&](kube::pod_info const& p, make_pod const& gone) {
        auto const g = w.info(gone);
        return leaf.helped_by(p, kube::pod_went{g});
    };
    CHECK(went(on_claim, pod_on("q", {"d", "c"})));
    CHECK_FALSE(went(on_claim, pod_on("q", {"d"})));
    CHECK_FALSE(went(on_claim, pod_on("q", {"c"}).in("other")));
    CHECK(went(w.info(disk("a")), disk("a").in("other")));
    CHECK_FALSE(went(w.info(disk("a")), disk("b")));
    auto const mine = make_claim("c").done();
    auto const other = make_claim("d").done();
    using changed = kube::kind_changed<kube::persistent_volume_claim>;
    CHECK(leaf.helped_by(on_claim, changed{nullptr, &mine}));
    CHECK_FALSE(leaf.helped_by(on_claim, changed{nullptr, &other}));
}
