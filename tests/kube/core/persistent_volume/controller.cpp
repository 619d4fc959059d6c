/// \file
/// Volumes: whose they are, and what becomes of them when they are nobody's.

#include "../../drawn_laws.hpp"
#include "../drawn_volumes.hpp"

#include <berth/kube/core/persistent_volume/controller.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::persistent_volume_controller();
auto const v = object::key{"", "v"};

auto phase_of(reconcile::plan const& p) -> std::string {
    auto const* const o = written<kube::persistent_volume>(p);
    return o == nullptr ? std::string() : o->status.phase;
}

/// Bound to the claim `c`, whose uid that is.
auto taken(std::string phase = "Bound", std::string uid = "uid-of-c") -> make_volume {
    return make_volume("v").kept_for("c").with([&](auto& o) {
        o.spec.claim_ref->uid = std::move(uid);
        o.spec.persistent_volume_reclaim_policy = "Retain";
        o.status.phase = std::move(phase);
    });
}

auto with_policy(std::string policy, std::string path = "") -> make_volume {
    return taken().with([&](auto& o) {
        o.spec.persistent_volume_reclaim_policy = std::move(policy);
        if (!path.empty()) o.spec.host_path.engage().path = std::move(path);
    });
}

auto plan_for(make_volume const& m) -> reconcile::plan {
    auto w = world_of(m);
    return plan_of(controller, w, v);
}

} // namespace

TEST_CASE("a volume that no claim has is available, be it kept for one or not") {
    auto const fresh = [](auto& o) { o.status.phase = "Pending"; };
    CHECK(phase_of(plan_for(make_volume("v").with(fresh))) == "Available");
    CHECK(phase_of(plan_for(make_volume("v").kept_for("c").with(fresh))) == "Available");
    CHECK(plan_for(make_volume("v")) == reconcile::plan{});
    auto const plan = plan_for(make_volume("v").with(fresh));
    CHECK(written<kube::persistent_volume>(plan)->status.last_phase_transition_time ==
          object::timestamp(new_year));
}

TEST_CASE("a volume that its claim names is bound; one that waits for its claim stays as it is") {
    auto bound = world_of(taken("Available"), make_claim("c").bound_to("v"));
    CHECK(phase_of(plan_of(controller, bound, v)) == "Bound");
    auto waiting = world_of(taken("Available"), make_claim("c"));
    CHECK(plan_of(controller, waiting, v) == reconcile::plan{});
    auto block = world_of(taken("Available"),
                          make_claim("c").with([](auto& o) { o.spec.volume_mode.engage() = "Block"; }));
    CHECK(said(plan_of(controller, block, v)) ==
          "Warning VolumeMismatch: Cannot bind PersistentVolume to requested PersistentVolumeClaim \"c\" due "
          "to incompatible volumeMode."
          "Warning VolumeMismatch: Cannot bind PersistentVolume \"v\" to requested PersistentVolumeClaim due "
          "to incompatible volumeMode.");
}

TEST_CASE("a volume whose claim is gone is released, and stays if it is to be retained") {
    CHECK(phase_of(plan_for(taken())) == "Released");
    auto other = world_of(taken(), make_claim("c").uid("another").bound_to("v"));
    CHECK(phase_of(plan_of(controller, other, v)) == "Released");
    CHECK(plan_for(taken("Released")) == reconcile::plan{});
    CHECK(plan_for(taken("Failed")) == reconcile::plan{});
}

TEST_CASE("a claim that was never seen is missed for a second before it counts as gone") {
    auto w = world_of(taken("Pending"));
    auto const first = plan_of(controller, w, v);
    CHECK(first.empty());
    CHECK(first.again_after == seconds(1));
    auto const memory = controller.reconcile(w.at(new_year), v, {}).memory;
    CHECK(phase_of(controller.reconcile(w.at(new_year + seconds(1)), v, memory).plan) == "Released");
    w.add(make_claim("c").bound_to("v").done());
    CHECK(phase_of(controller.reconcile(w.at(new_year + seconds(1)), v, memory).plan) == "Bound");
}

TEST_CASE("a volume that is to be deleted is, by whoever made it") {
    auto const below = plan_for(with_policy("Delete", "/tmp/data"));
    CHECK(steps_of(below) == words{"update persistentvolumes/status v", "delete persistentvolumes v"});
    auto const outside = plan_for(with_policy("Delete", "/srv"));
    CHECK(phase_of(outside) == "Failed");
    auto const why = "host_path deleter only supports /tmp/.+ but received provided /srv";
    CHECK(said(outside) == std::string("Warning VolumeFailedDelete: ") + why);
    CHECK(written<kube::persistent_volume>(outside)->status.message == why);
    CHECK(said(plan_for(with_policy("Delete"))) ==
          "Warning VolumeFailedDelete: error getting deleter volume plugin for volume \"v\": no deletable "
          "volume plugin matched");
    auto const by = [](char const* who) {
        return with_policy("Delete").annotation("pv.kubernetes.io/provisioned-by", who);
    };
    CHECK(steps_of(plan_for(by("csi.example.com"))) == words{"update persistentvolumes/status v"});
    CHECK(phase_of(plan_for(by("csi.example.com"))) == "Released");
    CHECK(said(plan_for(by("kubernetes.io/aws-ebs"))) ==
          "Warning VolumeFailedDelete: no volume plugin matched name: kubernetes.io/aws-ebs");
    CHECK(steps_of(plan_for(with_policy("Delete", "/tmp/data").deleting())) ==
          words{"update persistentvolumes/status v"});
}

TEST_CASE("nothing recycles a volume; one that pods still use waits") {
    auto const failed = plan_for(with_policy("Recycle"));
    CHECK(phase_of(failed) == "Failed");
    CHECK(said(failed) == "Warning VolumeFailedRecycle: No recycler plugin found for the volume!");
    auto used = world_of(with_policy("Recycle"), pod_on("q", {"c"}), pod_on("p", {"c"}),
                         pod_on("over", {"c"}).phase("Succeeded"));
    auto const waits = plan_of(controller, used, v);
    CHECK(phase_of(waits) == "Released");
    CHECK(said(waits) == "Normal VolumeFailedRecycle: Volume is used by pods: default/p,default/q");
}

TEST_CASE("a volume whose claim has another one is free again, as far as people did not keep it") {
    auto const elsewhere = make_claim("c").bound_to("w");
    auto const by_controller = taken().annotation("pv.kubernetes.io/bound-by-controller", "yes");
    auto w = world_of(by_controller, elsewhere);
    auto const freed = *written<kube::persistent_volume>(plan_of(controller, w, v));
    CHECK(!freed.spec.claim_ref);
    CHECK(freed.metadata.annotations.empty());
    CHECK(freed.status.phase == "Available");
    auto kept = world_of(taken(), elsewhere);
    CHECK(written<kube::persistent_volume>(plan_of(controller, kept, v))->spec.claim_ref->uid.empty());
    auto made = world_of(with_policy("Delete").annotation("pv.kubernetes.io/provisioned-by", "x.example.com"),
                         elsewhere);
    CHECK(phase_of(plan_of(controller, made, v)) == "Released");
}

TEST_CASE("a claim concerns the volumes that are meant for it") {
    auto w = world_of(taken(), make_volume("w"), make_volume("x").kept_for("d"));
    (void)plan_of(controller, w, v);
    CHECK(controller.keys_for(w.at(new_year), make_claim("c").done()) == std::vector{v});
}

namespace {

/// Goes by what it was told, not by what is there.
struct stubborn_controller {
    static constexpr std::string_view name = "stubborn";
    using reconciles = kube::persistent_volume;
    using reads = reconcile::kinds<kube::persistent_volume_claim>;
    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan {
        auto plan = reconcile::plan{};
        auto const one = world.get<kube::persistent_volume>(k);
        if (!one || !one->spec.claim_ref) return plan;
        auto now = *one;
        auto const& ref = *one->spec.claim_ref;
        auto const there = world.get<kube::persistent_volume_claim>(ref.namespace_, ref.name);
        now.status.phase = there && now.status.phase != "Bound" ? "Bound" : "Released";
        return plan.update_status(one, std::move(now));
    }
};

} // namespace

TEST_CASE("the controller of volumes keeps the laws of controllers on random worlds") {
    CHECK(broken_laws(controller, {"", "v0"}, draw_volumes, 200) == std::set<std::string>{});
}

TEST_CASE("a controller of volumes that turns in circles breaks a law") {
    CHECK(has_broken(broken_laws(stubborn_controller(), {"", "v0"}, draw_volumes, 30),
                     "once its plans are carried out there is nothing to do"));
}
