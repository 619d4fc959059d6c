/// \file
/// Volumes and claims of pods that are on their way to nodes.

#include "scheduler_cluster.hpp"
#include "volume_world.hpp"

#include <berth/kube/schedule/volume_binder.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

/// An API with volumes and claims, a catalogue of what is in it, and a binder.
class binding_cluster : public scheduler_cluster {
public:
    volume_world world;
    kube::volume_binder binder{world.all, minutes(3)};

    template <class Maker> auto has(Maker const& m) -> void {
        add(m);
        learn<std::remove_cvref_t<decltype(m.done())>>(m.done().metadata.name);
    }
    /// The catalogue hears of an object, and the binder too.
    template <class T> auto learn(std::string const& name) -> void {
        auto const there = api::get<T>(server(), {T::resource.namespaced ? "default" : "", name});
        REQUIRE(there.has_value());
        world.all.put(there->ref());
        if constexpr (requires { binder.hear(**there); }) binder.hear(**there);
    }
    template <class T, class F> auto changes(std::string const& name, F&& f) -> void {
        change<T>(name, f);
        learn<T>(name);
    }
    auto reserve(make_pod const& p, make_node const& n) -> void {
        (void)binder.reserve(world.info(p), n.done());
    }
    /// What the binder says: `yes`, `wait`, or why not.
    auto says(make_pod const& p, make_node const& n) -> std::string {
        auto const answer = binder.ready(world.info(p), n.done());
        return answer.permits() ? "yes" : answer.waits() ? "wait" : answer.why();
    }
    auto send() -> bool {
        auto client = api::any_client(server());
        return binder.send(client);
    }
    auto volume(std::string const& name) -> kube::persistent_volume const& {
        return *world.all.volumes.find("", name);
    }
    auto claim(std::string const& name) -> kube::persistent_volume_claim const& {
        return *world.all.claims.find("default", name);
    }
};

auto bound(kube::persistent_volume_claim& c) -> void {
    c.spec.volume_name = "v";
    c.metadata.annotations["pv.kubernetes.io/bind-completed"] = "yes";
}

/// A claim that waits, a volume for it, and the pod `p` that has it.
auto put_a_claim_and_a_volume(binding_cluster& c) -> void {
    c.has(make_class("wait"));
    c.has(make_volume("v").of_class("wait"));
    c.has(make_claim("c").of_class("wait"));
}

constexpr auto failed = "running PreBind plugin \"VolumeBinding\": ";

} // namespace

TEST_CASE("a volume is assumed to be the claim's as long as its pod is on its way") {
    auto c = binding_cluster();
    put_a_claim_and_a_volume(c);
    auto const p = pod_on("p", {"c"});
    c.reserve(p, make_node("n"));
    REQUIRE(c.volume("v").spec.claim_ref);
    CHECK(c.volume("v").spec.claim_ref->name == "c");
    CHECK_FALSE(c.get<kube::persistent_volume>("v").spec.claim_ref);
    c.binder.release(p.done().metadata.uid);
    CHECK_FALSE(c.volume("v").spec.claim_ref);
    CHECK(c.says(p, make_node("n")) == "yes"); // it is none of the binder's any more
}

TEST_CASE("a claim is assumed to wait for the node, as long as its pod is on its way") {
    auto c = binding_cluster();
    c.has(make_class("wait"));
    c.has(make_claim("c").of_class("wait"));
    auto const p = pod_on("p", {"c"});
    c.reserve(p, make_node("n"));
    REQUIRE(kube::selected_node_of(c.claim("c")) != nullptr);
    CHECK(*kube::selected_node_of(c.claim("c")) == "n");
    c.binder.release(p.done().metadata.uid);
    CHECK(kube::selected_node_of(c.claim("c")) == nullptr);
}

TEST_CASE("what the API has told since is not taken back") {
    auto c = binding_cluster();
    put_a_claim_and_a_volume(c);
    auto const p = pod_on("p", {"c"});
    c.reserve(p, make_node("n"));
    c.changes<kube::persistent_volume>("v", [](auto& v) { v.metadata.labels["disk"] = "fast"; });
    c.binder.release(p.done().metadata.uid);
    CHECK(c.volume("v").metadata.labels.get("disk") == "fast");
}

TEST_CASE("a volume is written once, and its pod is ready when the claim is bound") {
    auto c = binding_cluster();
    put_a_claim_and_a_volume(c);
    auto const p = pod_on("p", {"c"});
    auto const n = make_node("n");
    c.reserve(p, n);
    CHECK(c.says(p, n) == "wait");
    c.server().order.clear();
    c.send();
    CHECK(c.says(p, n) == "wait");
    c.send();
    CHECK(c.server().order == words{"update v"});
    CHECK(c.get<kube::persistent_volume>("v").spec.claim_ref->name == "c");
    CHECK(c.binder.take_due() == words{p.done().metadata.uid});
    CHECK(c.binder.take_due().empty());
    c.changes<kube::persistent_volume_claim>("c", bound);
    CHECK(c.binder.take_due() == words{p.done().metadata.uid});
    CHECK(c.says(p, n) == "yes");
    c.binder.finish(p.done().metadata.uid);
    c.binder.hear(c.claim("c"));
    CHECK(c.binder.take_due().empty());
}

TEST_CASE("a write that fails fails the pod, and frees the volume") {
    auto c = binding_cluster();
    put_a_claim_and_a_volume(c);
    auto const p = pod_on("p", {"c"});
    auto const n = make_node("n");
    c.reserve(p, n);
    CHECK(c.says(p, n) == "wait");
    c.server().refused_updates = 1;
    c.send();
    CHECK(c.binder.take_due() == words{p.done().metadata.uid});
    CHECK(c.says(p, n) == failed + std::string("another was faster"));
    c.binder.release(p.done().metadata.uid);
    CHECK_FALSE(c.volume("v").spec.claim_ref);
}

TEST_CASE("a volume that changes under its pod fails it") {
    auto c = binding_cluster();
    put_a_claim_and_a_volume(c);
    auto const p = pod_on("p", {"c"});
    auto const n = make_node("n").label("zone", "a");
    c.reserve(p, n);
    CHECK(c.says(p, n) == "wait");
    c.send();
    auto const why = failed + std::string("binding volumes: ");
    SECTION("it is given to nobody") {
        c.changes<kube::persistent_volume>("v", [](auto& v) { v.spec.claim_ref.reset(); });
        CHECK(c.says(p, n) == why + "ClaimRef got reset for pv \"v\"");
    }
    SECTION("it moves") {
        c.changes<kube::persistent_volume>("v", [](auto& v) {
            v.spec.node_affinity = make_volume("x").near("zone", "b").done().spec.node_affinity;
        });
        CHECK(c.says(p, n) == why + "pv \"v\" node affinity doesn't match node \"n\"");
    }
    SECTION("it goes") {
        c.world.all.volumes.remove("", "v");
        CHECK(c.says(p, n) == why + "failed to check binding: persistentvolume \"v\" not found");
    }
    SECTION("the claim goes") {
        c.world.all.claims.remove("default", "c");
        CHECK(c.says(p, n) == why + "failed to check binding: persistentvolumeclaim \"c\" not found");
    }
}

TEST_CASE("a claim whose volume is made waits for it, and for the catalogue to know it") {
    auto c = binding_cluster();
    c.has(make_class("wait"));
    c.has(make_claim("c").of_class("wait"));
    auto const p = pod_on("p", {"c"});
    auto const n = make_node("n").label("zone", "a");
    c.reserve(p, n);
    CHECK(c.says(p, n) == "wait");
    c.send();
    CHECK(*kube::selected_node_of(c.get<kube::persistent_volume_claim>("c")) == "n");
    (void)c.binder.take_due();
    c.changes<kube::persistent_volume_claim>("c", bound);
    CHECK(c.says(p, n) == "wait");
    (void)c.binder.take_due();
    SECTION("a volume within reach") {
        c.has(make_volume("v").of_class("wait").kept_for("c").near("zone", "a"));
        CHECK(c.binder.take_due() == words{p.done().metadata.uid});
        CHECK(c.says(p, n) == "yes");
    }
    SECTION("a volume elsewhere") {
        c.has(make_volume("v").of_class("wait").kept_for("c").near("zone", "b"));
        CHECK(c.says(p, n) == failed + std::string("binding volumes: pv \"v\" node affinity doesn't match "
                                                   "node \"n\""));
    }
    SECTION("the maker gives up") {
        c.changes<kube::persistent_volume_claim>(
            "c", [](auto& x) { x.metadata.annotations.erase("volume.kubernetes.io/selected-node"); });
        CHECK(c.says(p, n) == failed + std::string("binding volumes: provisioning failed for PVC \"c\""));
    }
}

TEST_CASE("a node with other labels has its pods asked again") {
    auto c = binding_cluster();
    put_a_claim_and_a_volume(c);
    auto const p = pod_on("p", {"c"});
    c.reserve(p, make_node("n"));
    c.binder.hear(make_node("m").done());
    CHECK(c.binder.take_due().empty());
    c.binder.hear(make_node("n").done());
    CHECK(c.binder.take_due() == words{p.done().metadata.uid});
}

TEST_CASE("a pod whose claims are bound, or cannot be, is none of the binder's") {
    auto c = binding_cluster();
    c.has(make_class("wait", "kubernetes.io/no-provisioner"));
    c.has(make_claim("c").of_class("wait"));
    auto const p = pod_on("p", {"c"});
    c.reserve(p, make_node("n"));
    CHECK(c.says(p, make_node("n")) == "yes");
    c.reserve(make_pod("q"), make_node("n"));
    CHECK(c.says(make_pod("q"), make_node("n")) == "yes");
}

TEST_CASE("who remembers what the catalogue has is told when a write has changed it") {
    auto c = binding_cluster();
    put_a_claim_and_a_volume(c);
    c.reserve(pod_on("p", {"c"}), make_node("a"));
    CHECK(!c.send());
    CHECK(c.says(pod_on("p", {"c"}), make_node("a")) == "wait");
    CHECK(c.send());
    CHECK(!c.send());
}
