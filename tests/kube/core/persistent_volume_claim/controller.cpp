/// \file
/// Claims: which volume they get, what they wait for, when they are lost.

#include "../../drawn_laws.hpp"
#include "../drawn_volumes.hpp"

#include <berth/kube/core/persistent_volume/controller.hpp>
#include <berth/kube/core/persistent_volume_claim/controller.hpp>
#include <berth/kube/core/persistent_volume_claim/controller/matching.hpp>

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <set>

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::persistent_volume_claim_controller();
auto const c = object::key{"default", "c"};

auto const both =
    words{"update persistentvolumes v", "update persistentvolumes/status v",
          "update persistentvolumeclaims default/c", "update persistentvolumeclaims/status default/c"};

/// Lets the controllers of claims and of volumes work in turn, each on every key, until neither wants
/// anything. Answers whether that came about.
auto come_to_rest(reconcile::world& w, int claims, int volumes) -> bool {
    auto const settle = [&](auto const& with, object::key const& k) {
        using memory = typename std::remove_cvref_t<decltype(with)>::memory;
        auto const plan = with.reconcile(reconcile::snapshot(w, new_year), k, memory()).plan;
        auto const wants = !steps_of(plan).empty();
        auto api = reconcile::detail::world_api(w, new_year);
        auto const done = reconcile::apply(api, plan, [](reconcile::note const&) {});
        CHECK(done.failures.empty());
        return wants;
    };
    for (auto const& i : reconcile::indexes_of<kube::persistent_volume_claim_controller>())
        w.follow(*i.type).add_index(i);
    for (auto round = 0; round < 20; ++round) {
        auto busy = false;
        for (auto i = 0; i < claims; ++i)
            busy = settle(controller, {"default", "c" + std::to_string(i)}) || busy;
        for (auto i = 0; i < volumes; ++i)
            busy = settle(kube::persistent_volume_controller(), {"", "v" + std::to_string(i)}) || busy;
        if (!busy) return true;
    }
    return false;
}

} // namespace

TEST_CASE("a claim and a volume that suits it are bound to each other") {
    auto w = world_of(make_claim("c"), make_volume("v", 2));
    auto const plan = plan_of(controller, w, c);
    CHECK(steps_of(plan) == both);
    auto const& v = *written<kube::persistent_volume>(plan);
    CHECK(v.spec.claim_ref->uid == "uid-of-c");
    CHECK(v.status.phase == "Bound");
    CHECK(v.metadata.annotations.get("pv.kubernetes.io/bound-by-controller") == "yes");
    auto const& got = *written<kube::persistent_volume_claim>(plan);
    CHECK(got.spec.volume_name == "v");
    CHECK(got.metadata.annotations.get("pv.kubernetes.io/bind-completed") == "yes");
    CHECK(got.metadata.annotations.get("pv.kubernetes.io/bound-by-controller") == "yes");
    CHECK(got.status.phase == "Bound");
    CHECK(got.status.capacity.get("storage") == gibibytes(2));
    CHECK(got.status.access_modes == words{"ReadWriteOnce"});
}

TEST_CASE("a claim that names a volume gets it if it suits, and says that by hand it was bound") {
    auto const named = make_claim("c").with([](auto& o) { o.spec.volume_name = "v"; });
    auto w = world_of(named, make_volume("v"));
    auto const plan = plan_of(controller, w, c);
    CHECK(steps_of(plan) == both);
    auto const& got = *written<kube::persistent_volume_claim>(plan);
    CHECK(!got.metadata.annotations.contains("pv.kubernetes.io/bound-by-controller"));
    CHECK(got.metadata.annotations.contains("pv.kubernetes.io/bind-completed"));

    auto small = world_of(named, make_volume("v", 0));
    CHECK(said(plan_of(controller, small, c)) ==
          "Warning VolumeMismatch: Cannot bind to requested volume \"v\": requested PV is too small");
    auto taken = world_of(named, make_volume("v").kept_for("other"));
    CHECK(said(plan_of(controller, taken, c)) ==
          "Warning FailedBinding: volume \"v\" already bound to a different claim.");
    auto absent = world_of(named);
    CHECK(plan_of(controller, absent, c) == reconcile::plan{});
}

TEST_CASE("a volume that is kept for a claim is the claim's, of whatever class it is") {
    auto w = world_of(make_claim("c"), make_volume("v").of_class("other").kept_for("c"));
    auto const plan = plan_of(controller, w, c);
    CHECK(steps_of(plan) == both);
    CHECK(!written<kube::persistent_volume>(plan)->metadata.annotations.contains(
        "pv.kubernetes.io/bound-by-controller"));
}

TEST_CASE("what a claim waits for is told, and again after a while") {
    auto w = world_of(make_claim("c"));
    auto const told = "Normal FailedBinding: no persistent volumes available for this claim and no storage "
                      "class is set";
    auto const first = plan_of(controller, w, c);
    CHECK(said(first) == told);
    CHECK(first.again_after == seconds(15));
    auto const memory = controller.reconcile(w.at(new_year), c, {}).memory;
    auto const second = controller.reconcile(w.at(new_year + seconds(5)), c, memory);
    CHECK(second.plan.empty());
    CHECK(second.plan.again_after == seconds(10));
    CHECK(said(controller.reconcile(w.at(new_year + seconds(15)), c, second.memory).plan) == told);
}

TEST_CASE("a claim of a class that waits for its first consumer says which one") {
    auto const claim = make_claim("c").of_class("late");
    auto const kind = make_class("late");
    auto w = world_of(claim, kind, make_volume("v").of_class("late"));
    CHECK(said(plan_of(controller, w, c)) ==
          "Normal WaitForFirstConsumer: waiting for first consumer to be created before binding");
    w.add(pod_on("p", {"c"}).done());
    CHECK(said(plan_of(controller, w, c)) == "Normal WaitForPodScheduled: waiting for pod p to be scheduled");
    w.add(pod_on("o", {"c"}).done());
    w.add(pod_on("over", {"c"}).phase("Failed").done());
    w.add(pod_on("there", {"c"}).on("a").done());
    CHECK(said(plan_of(controller, w, c)) ==
          "Normal WaitForPodScheduled: waiting for pods o,p to be scheduled");
    w.add(make_volume("v").of_class("late").kept_for("c").done());
    CHECK(steps_of(plan_of(controller, w, c)) == both);
}

TEST_CASE("a claim whose volume is to be made is marked for who makes it") {
    auto const mark = [](reconcile::plan const& p) {
        auto const* const o = written<kube::persistent_volume_claim>(p);
        return o == nullptr ? "" : o->metadata.annotations.get("volume.kubernetes.io/storage-provisioner");
    };
    auto w = world_of(make_claim("c").of_class("now"), make_class("now", "csi.example.com", "Immediate"));
    auto const plan = plan_of(controller, w, c);
    CHECK(mark(plan) == "csi.example.com");
    CHECK(said(plan).starts_with("Normal ExternalProvisioning: Waiting for a volume to be created either by "
                                 "the external provisioner 'csi.example.com' or manually"));
    auto old =
        world_of(make_claim("c").of_class("now"), make_class("now", "kubernetes.io/aws-ebs", "Immediate"));
    CHECK(mark(plan_of(controller, old, c)) == "ebs.csi.aws.com");
    auto late =
        world_of(make_claim("c").of_class("late").annotation("volume.kubernetes.io/selected-node", "a"),
                 make_class("late"));
    CHECK(mark(plan_of(controller, late, c)) == "csi.example.com");
    auto none = world_of(make_claim("c").of_class("now"),
                         make_class("now", "kubernetes.io/no-provisioner", "Immediate"));
    CHECK(said(plan_of(controller, none, c)) ==
          "Warning ProvisioningFailed: no volume plugin matched name: kubernetes.io/no-provisioner");
    auto gone = world_of(make_claim("c").of_class("now"));
    CHECK(said(plan_of(controller, gone, c)) ==
          "Warning ProvisioningFailed: storageclass.storage.k8s.io \"now\" not found");
}

TEST_CASE("a claim without a class gets the default class, unless a volume without a class suits") {
    auto const usual = make_class("usual", "csi.example.com", "Immediate")
                           .annotation("storageclass.kubernetes.io/is-default-class", "true");
    auto w = world_of(make_claim("c"), usual);
    auto const plan = plan_of(controller, w, c);
    CHECK(steps_of(plan) == words{"update persistentvolumeclaims default/c"});
    CHECK(*written<kube::persistent_volume_claim>(plan)->spec.storage_class_name == "usual");
    auto none = world_of(make_claim("c").of_class(""), usual);
    CHECK(notes_of(plan_of(controller, none, c)) == words{"FailedBinding"});
    w.add(make_volume("v").done());
    CHECK(steps_of(plan_of(controller, w, c)) == both);
}

TEST_CASE("a bound claim whose volume is gone, or another's, is lost, and told so once") {
    auto const bound = make_claim("c").bound_to("v");
    auto const phase = [](reconcile::plan const& p) {
        auto const* const o = written<kube::persistent_volume_claim>(p);
        return o == nullptr ? std::string() : o->status.phase;
    };
    auto gone = world_of(bound);
    auto const plan = plan_of(controller, gone, c);
    CHECK(phase(plan) == "Lost");
    CHECK(said(plan) == "Warning ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is "
                        "lost!");
    gone.add(*written<kube::persistent_volume_claim>(plan));
    CHECK(plan_of(controller, gone, c) == reconcile::plan{});
    auto other = world_of(bound, make_volume("v").kept_for("c").with(
                                     [](auto& v) { v.spec.claim_ref->uid = "uid-of-another"; }));
    CHECK(notes_of(plan_of(controller, other, c)) == words{"ClaimMisbound"});
    auto unnamed = world_of(make_claim("c").annotation("pv.kubernetes.io/bind-completed", "yes"));
    CHECK(
        said(plan_of(controller, unnamed, c)) ==
        "Warning ClaimLost: Bound claim has lost reference to PersistentVolume. Data on the volume is lost!");
    auto loose = world_of(bound, make_volume("v"));
    CHECK(steps_of(plan_of(controller, loose, c))[0] == "update persistentvolumes v");
}

TEST_CASE("a bound claim keeps the capacity that it was said to have, though its volume has grown") {
    auto w = world_of(make_claim("c").bound_to("v").with([](auto& o) {
        o.status.capacity["storage"] = gibibytes(1);
        o.status.access_modes = {"ReadWriteOnce"};
    }),
                      make_volume("v", 5).kept_for("c").with([](auto& v) {
                          v.spec.claim_ref->uid = "uid-of-c";
                          v.status.phase = "Bound";
                      }));
    CHECK(plan_of(controller, w, c) == reconcile::plan{});
}

TEST_CASE("a volume concerns the claim it is meant for, those that name it, and those it would suit") {
    auto w = world_of(make_claim("c"), make_claim("big", 9), make_claim("bound").bound_to("x"),
                      make_claim("named").with([](auto& o) { o.spec.volume_name = "v"; }),
                      make_claim("other").of_class("other"));
    (void)plan_of(controller, w, c);
    auto const keys = [&](make_volume const& v) {
        auto out = words();
        for (auto const& k : controller.keys_for(w.at(new_year), v.done())) out.push_back(k.name);
        return out;
    };
    CHECK(keys(make_volume("v")) == words{"named", "c"});
    CHECK(keys(make_volume("y").kept_for("far")) == words{"far"});
    CHECK(keys(make_volume("y").with([](auto& v) { v.status.phase = "Pending"; })).empty());
    auto const classes = [&](make_class const& k) {
        return controller.keys_for(w.at(new_year), k.done()).size();
    };
    CHECK(classes(make_class("other")) == 1);
    CHECK(classes(make_class("new").annotation("storageclass.kubernetes.io/is-default-class", "true")) == 2);
}

TEST_CASE("hundreds of claims and volumes come to rest, each volume with one claim, and none left out") {
    for (auto seed = std::uint64_t{1}; seed <= 3; ++seed) {
        INFO("seed " << seed);
        auto draw = berth::random_engine(seed);
        auto w = reconcile::world();
        drawn_volumes(draw, w, 250).fill();
        REQUIRE(come_to_rest(w, 250, 250));
        auto owners = std::map<std::string, int>();
        auto const view = w.at(new_year);
        for (auto const one : view.all<kube::persistent_volume_claim>()) {
            if (one->status.phase == "Bound" && !one->spec.volume_name.empty()) {
                ++owners[one->spec.volume_name];
                auto const v = view.get<kube::persistent_volume>({}, one->spec.volume_name);
                REQUIRE(v);
                CHECK(v->status.phase == "Bound");
                CHECK(v->spec.claim_ref->uid == one->metadata.uid);
            } else if (one->status.phase == "Pending" && one->spec.volume_name.empty()) {
                auto const kind = kube::storage_class_of(*one);
                CHECK((kind == "late" || kind == "hand" || !kube::best_volume(view, *one, false)));
            }
        }
        CHECK(owners.size() > 20);
        for (auto const& [name, n] : owners) CHECK(n == 1);
    }
}

namespace {

/// Tells of what lasts each time it looks.
struct talkative_controller {
    static constexpr std::string_view name = "talkative";
    using reconciles = kube::persistent_volume_claim;
    using watches = reconcile::kinds<kube::persistent_volume, kube::storage_class>;
    using reads = reconcile::kinds<kube::pod>;
    static auto indexes() -> std::vector<reconcile::index> { return controller.indexes(); }
    auto keys_for(reconcile::snapshot const& w, kube::persistent_volume const& v) const
        -> std::vector<object::key> {
        return controller.keys_for(w, v);
    }
    auto keys_for(reconcile::snapshot const& w, kube::storage_class const& k) const
        -> std::vector<object::key> {
        return controller.keys_for(w, k);
    }
    auto reconcile(reconcile::snapshot const& w, object::key const& k) const -> reconcile::plan {
        return controller.reconcile(w, k, {}).plan;
    }
};

} // namespace

TEST_CASE("the controller of claims keeps the laws of controllers on random worlds") {
    CHECK(broken_laws(controller, {"default", "c0"}, draw_volumes, 200) == std::set<std::string>{});
}

TEST_CASE("a controller of claims that forgets what it has told breaks a law") {
    CHECK(has_broken(broken_laws(talkative_controller(), {"default", "c0"}, draw_volumes, 30),
                     "once its plans are carried out there is nothing to do"));
}
