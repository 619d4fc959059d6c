/// \file
/// Which volumes the claims of a pod would get on a node.

#include "volume_world.hpp"

#include <berth/kube/schedule/volume_binding.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace test;

namespace {

/// Pairs of a volume and the claim that gets it, and the claims whose volumes are made.
struct outcome {
    std::vector<std::pair<std::string, std::string>> bindings;
    std::vector<std::string> provisions;
    bool possible = false;

    friend auto operator==(outcome const&, outcome const&) -> bool = default;
};

auto plan(volume_world const& w, make_pod const& p, make_node const& n) -> outcome {
    auto const claims = kube::claims_to_place_of(p.done(), w.all);
    REQUIRE(claims.has_value());
    auto const found = kube::plan_volumes(*claims, n.done(), w.all);
    auto out = outcome{.bindings = {}, .provisions = {}, .possible = found.possible()};
    for (auto const& b : found.bindings)
        out.bindings.emplace_back(b.volume->metadata.name, b.claim->metadata.name);
    for (auto const* const c : found.provisions) out.provisions.push_back(c->metadata.name);
    return out;
}

auto problem(volume_world const& w, make_pod const& p) -> std::string {
    auto const claims = kube::claims_to_place_of(p.done(), w.all);
    return claims ? "" : claims.error();
}

auto in_zone(std::string name, std::string zone) -> make_node {
    return make_node(std::move(name)).label("zone", std::move(zone));
}

} // namespace

TEST_CASE("a claim that waits gets the smallest volume that will do") {
    auto w = volume_world();
    w.has(make_class("wait")).has(make_claim("c", 2).of_class("wait"));
    w.has(make_volume("small", 1).of_class("wait")).has(make_volume("large", 9).of_class("wait"));
    w.has(make_volume("fit", 3).of_class("wait")).has(make_volume("other", 2).of_class("else"));
    CHECK(plan(w, pod_on("p", {"c"}), make_node("n")) == outcome{{{"fit", "c"}}, {}, true});
}

TEST_CASE("two claims do not get one volume, and the smaller claim chooses first") {
    auto w = volume_world();
    w.has(make_class("wait", "kubernetes.io/no-provisioner"));
    w.has(make_claim("large", 5).of_class("wait")).has(make_claim("small", 1).of_class("wait"));
    w.has(make_volume("a", 5).of_class("wait"));
    CHECK_FALSE(plan(w, pod_on("p", {"large", "small"}), make_node("n")).possible);
    w.has(make_volume("b", 2).of_class("wait"));
    CHECK(plan(w, pod_on("p", {"large", "small"}), make_node("n")) ==
          outcome{{{"b", "small"}, {"a", "large"}}, {}, true});
}

TEST_CASE("a volume that is kept for a claim is the only one for it, and for nobody else") {
    auto w = volume_world();
    w.has(make_class("wait", "kubernetes.io/no-provisioner")).has(make_claim("c").of_class("wait"));
    w.has(make_claim("d").of_class("wait"));
    w.has(make_volume("free").of_class("wait"));
    w.has(make_volume("kept", 7).of_class("wait").kept_for("c").near("zone", "a"));
    CHECK(plan(w, pod_on("p", {"c"}), in_zone("n", "a")) == outcome{{{"kept", "c"}}, {}, true});
    CHECK_FALSE(plan(w, pod_on("p", {"c"}), in_zone("n", "b")).possible);
    CHECK(plan(w, pod_on("p", {"d"}), in_zone("n", "a")) == outcome{{{"free", "d"}}, {}, true});
}

TEST_CASE("a volume must have the claim's ways of access, mode and labels, and be free") {
    auto const change = GENERATE_COPY(values<void (*)(kube::persistent_volume&)>({
        [](auto& v) { v.spec.access_modes = {"ReadOnlyMany"}; },
        [](auto& v) { v.spec.volume_mode.engage() = "Block"; },
        [](auto& v) { v.spec.volume_attributes_class_name.engage() = "silver"; },
        [](auto& v) { v.metadata.labels.clear(); },
        [](auto& v) { v.metadata.deletion_timestamp = object::timestamp(new_year); },
        [](auto& v) { v.status.phase = "Released"; },
        [](auto& v) { v.spec.claim_ref.engage().name = "another"; },
    }));
    auto w = volume_world();
    w.has(make_class("wait", "kubernetes.io/no-provisioner"));
    w.has(make_claim("c").of_class("wait").with(
        [](auto& c) { c.spec.selector.engage().match_labels["disk"] = "fast"; }));
    auto const good = make_volume("v").of_class("wait").label("disk", "fast");
    w.has(good);
    CHECK(plan(w, pod_on("p", {"c"}), make_node("n")).possible);
    auto bad = good;
    w.has(bad.with(change));
    CHECK_FALSE(plan(w, pod_on("p", {"c"}), make_node("n")).possible);
}

TEST_CASE("what is not there is made, where the class may make it") {
    auto w = volume_world();
    w.has(make_class("wait").near("zone", "a")).has(make_claim("c").of_class("wait"));
    CHECK(plan(w, pod_on("p", {"c"}), in_zone("n", "a")) == outcome{{}, {"c"}, true});
    CHECK(plan(w, pod_on("p", {"c"}), in_zone("n", "b")) == outcome{{}, {}, false});
}

TEST_CASE("a claim that waits for another node is not for this one") {
    auto w = volume_world();
    w.has(make_class("wait"))
        .has(make_claim("c").of_class("wait").annotation("volume.kubernetes.io/selected-node", "m"));
    w.has(make_volume("v").of_class("wait"));
    CHECK_FALSE(plan(w, pod_on("p", {"c"}), make_node("n")).possible);
    CHECK(plan(w, pod_on("p", {"c"}), make_node("m")) == outcome{{}, {"c"}, true});
}

TEST_CASE("a driver that tells its room makes no volume where it has none") {
    auto w = volume_world();
    w.has(make_class("wait"))
        .has(make_claim("c", 3).of_class("wait"))
        .has(make_csi_driver("csi.example.com"));
    CHECK(plan(w, pod_on("p", {"c"}), in_zone("n", "a")).possible);
    w.has(make_csi_driver("csi.example.com").tells_capacity());
    CHECK_FALSE(plan(w, pod_on("p", {"c"}), in_zone("n", "a")).possible);
    w.has(make_capacity("other", "else", 9)).has(make_capacity("little", "wait", 2));
    CHECK_FALSE(plan(w, pod_on("p", {"c"}), in_zone("n", "a")).possible);
    w.has(make_capacity("enough", "wait", 3).near("zone", "a"));
    CHECK(plan(w, pod_on("p", {"c"}), in_zone("n", "a")).possible);
    CHECK_FALSE(plan(w, pod_on("p", {"c"}), in_zone("n", "b")).possible);
    w.has(make_capacity("enough", "wait", 3).with([](auto& c) {
        c.maximum_volume_size.engage() = gibibytes(1);
    }));
    CHECK_FALSE(plan(w, pod_on("p", {"c"}), in_zone("n", "a")).possible);
}

TEST_CASE("a node reaches a volume in old words by the labels of its drivers, if these do the work") {
    auto w = volume_world();
    w.has(make_class("wait", "kubernetes.io/no-provisioner")).has(make_claim("c").of_class("wait"));
    w.has(make_volume("v").of_class("wait").near("topology.kubernetes.io/zone", "a").with([](auto& v) {
        v.spec.gce_persistent_disk.engage().pd_name = "disk";
    }));
    auto const by_driver = make_node("n").label("topology.gke.io/zone", "a");
    auto const by_old_label = make_node("n").label("topology.kubernetes.io/zone", "a");
    CHECK_FALSE(plan(w, pod_on("p", {"c"}), by_driver).possible);
    CHECK(plan(w, pod_on("p", {"c"}), by_old_label).possible);
    w.has(make_csi_node("n").annotation("storage.alpha.kubernetes.io/migrated-plugins",
                                        "kubernetes.io/gce-pd"));
    CHECK(plan(w, pod_on("p", {"c"}), by_driver) == outcome{{{"v", "c"}}, {}, true});
    CHECK_FALSE(plan(w, pod_on("p", {"c"}), by_old_label).possible);
    w.has(make_claim("c").of_class("wait").bound_to("v"));
    CHECK(plan(w, pod_on("p", {"c"}), by_driver).possible);
    CHECK_FALSE(plan(w, pod_on("p", {"c"}), by_old_label).possible);
}

TEST_CASE("a pod waits for claims that are missing, lost, going, or bound by others") {
    auto w = volume_world();
    w.has(make_class("now", "csi.example.com", "Immediate"));
    CHECK(problem(w, pod_on("p", {"c"})) == "persistentvolumeclaim \"c\" not found");
    CHECK(problem(w, pod_with_scratch("p")) ==
          "waiting for ephemeral volume controller to create the persistentvolumeclaim \"p-scratch\"");
    w.has(make_claim("c").bound_to("v").with([](auto& c) { c.status.phase = "Lost"; }));
    CHECK(problem(w, pod_on("p", {"c"})) ==
          "persistentvolumeclaim \"c\" bound to non-existent persistentvolume \"v\"");
    w.has(make_claim("c").deleting());
    CHECK(problem(w, pod_on("p", {"c"})) == "persistentvolumeclaim \"c\" is being deleted");
    w.has(make_claim("c").of_class("now"));
    CHECK(problem(w, pod_on("p", {"c"})) == "pod has unbound immediate PersistentVolumeClaims");
    w.has(make_claim("c").bound_to("v").of_class("now"));
    CHECK(problem(w, pod_on("p", {"c"})).empty());
}

TEST_CASE("a volume becomes a claim's, and is not touched where it is so already") {
    auto const c = make_claim("c").done();
    auto const v = kube::bound_to(make_volume("v").done(), c);
    REQUIRE(v.has_value());
    CHECK(v->spec.claim_ref->name == "c");
    CHECK(v->spec.claim_ref->kind == "PersistentVolumeClaim");
    CHECK(v->spec.claim_ref->uid == c.metadata.uid);
    CHECK(v->metadata.annotations.contains("pv.kubernetes.io/bound-by-controller"));
    CHECK_FALSE(kube::bound_to(*v, c).has_value());
    auto const kept = kube::bound_to(make_volume("v").kept_for("c").done(), c);
    REQUIRE(kept.has_value());
    CHECK(kept->spec.claim_ref->uid == c.metadata.uid);
    CHECK(kept->metadata.annotations.empty());
}

TEST_CASE("a claim tells for which node its volume is made") {
    auto const c = kube::provisioned_for(make_claim("c").done(), "n");
    CHECK(c.metadata.annotations.get("volume.kubernetes.io/selected-node") == "n");
    REQUIRE(kube::selected_node_of(c) != nullptr);
    CHECK(*kube::selected_node_of(c) == "n");
    CHECK(kube::selected_node_of(make_claim("d").done()) == nullptr);
}
