/// \file
/// Claims that are made for pods, and go with them.

#include "../drawn_laws.hpp"
#include "../schedule/volume_world.hpp"

#include <berth/kube/control/ephemeral_volume.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::ephemeral_volume_controller();
auto const p = object::key{"default", "p"};

auto scratch() -> make_pod {
    return pod_with_scratch("p").with([](kube::pod& o) {
        auto& t = o.spec.volumes.back().ephemeral->volume_claim_template.engage();
        t.metadata.labels["tier"] = "fast";
        t.metadata.annotations["note"] = "mine";
        t.spec.access_modes = {"ReadWriteOnce"};
        t.spec.resources.requests["storage"] = gibibytes(1);
    });
}

} // namespace

TEST_CASE("an ephemeral volume gets a claim as its template says, which the pod controls") {
    auto w = world_of(scratch());
    auto const plan = plan_of(controller, w, p);
    CHECK(steps_of(plan) == words{"create persistentvolumeclaims default/p-scratch"});
    auto const& c = *written<kube::persistent_volume_claim>(plan);
    CHECK(c.metadata.labels.get("tier") == "fast");
    CHECK(c.metadata.annotations.get("note") == "mine");
    CHECK(c.spec.resources.requests.get("storage") == gibibytes(1));
    REQUIRE(c.metadata.owner_references.size() == 1);
    auto const& owner = c.metadata.owner_references[0];
    CHECK(owner.uid == "uid-of-p");
    CHECK(owner.kind == "Pod");
    CHECK(owner.controller == true);
    CHECK(owner.block_owner_deletion == true);
}

TEST_CASE("a claim that is there already, or a pod that goes, needs nothing; other volumes neither") {
    auto there = world_of(scratch(), make_claim("p-scratch").owned_by(scratch()));
    CHECK(plan_of(controller, there, p) == reconcile::plan{});
    auto going = world_of(scratch().deleting());
    CHECK(plan_of(controller, going, p) == reconcile::plan{});
    auto other = world_of(pod_on("p", {"c"}));
    CHECK(plan_of(controller, other, p) == reconcile::plan{});
    CHECK(controller.matters(there.at(new_year), scratch().done()));
    CHECK_FALSE(controller.matters(there.at(new_year), pod_on("p", {"c"}).done()));
}

TEST_CASE("a claim of that name that is not the pod's is refused, and told again after a minute") {
    auto w = world_of(scratch(), make_claim("p-scratch"));
    auto const first = plan_of(controller, w, p);
    CHECK(steps_of(first).empty());
    REQUIRE(first.steps.size() == 1);
    auto const& note = std::get<reconcile::note>(first.steps[0]);
    CHECK(note.type == "Warning");
    CHECK(note.reason == "FailedBinding");
    CHECK(note.message == "ephemeral volume scratch: PVC default/p-scratch was not created for pod default/p "
                          "(pod is not owner)");
    auto const memory = controller.reconcile(w.at(new_year), p, {}).memory;
    CHECK(controller.reconcile(w.at(new_year + seconds(59)), p, memory).plan.empty());
    CHECK(!controller.reconcile(w.at(new_year + seconds(60)), p, memory).plan.empty());
}

TEST_CASE("a claim concerns the pods that would have it made") {
    auto w = world_of(scratch(), pod_on("q", {"p-scratch"}));
    (void)plan_of(controller, w, p);
    CHECK(controller.keys_for(w.at(new_year), make_claim("p-scratch").done()) == std::vector{p});
    CHECK(controller.keys_for(w.at(new_year), make_claim("c").done()).empty());
}

namespace {

auto draw_pods(berth::random_engine& draw, reconcile::world& into) -> void {
    for (auto i = 0; i < 40; ++i) {
        auto pod = scratch();
        pod.with([&](kube::pod& o) {
            o.metadata.name = "p" + std::to_string(i);
            o.metadata.uid = "uid-of-" + o.metadata.name;
            if (draw.below(2) == 0) {
                o.spec.volumes.push_back(o.spec.volumes.back());
                o.spec.volumes.back().name = "more";
            }
        });
        if (draw.below(6) == 0) pod.deleting();
        into.add(pod.done());
        if (draw.below(3) == 0)
            into.add(make_claim("p" + std::to_string(i) + "-scratch").owned_by(pod).done());
        else if (draw.below(4) == 0) into.add(make_claim("p" + std::to_string(i) + "-more").done());
    }
}

/// Does not look whether the claim is there.
struct blind_controller {
    static constexpr std::string_view name = "blind";
    using reconciles = kube::pod;
    using writes = reconcile::kinds<kube::persistent_volume_claim>;
    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan {
        auto plan = reconcile::plan{};
        auto c = kube::persistent_volume_claim();
        c.metadata.namespace_ = k.namespace_;
        c.metadata.name = k.name + "-scratch";
        if (world.get<kube::pod>(k)) plan.create(std::move(c));
        return plan;
    }
};

} // namespace

TEST_CASE("the controller of ephemeral volumes keeps the laws of controllers on random worlds") {
    CHECK(broken_laws(controller, {"default", "p0"}, draw_pods, 100) == std::set<std::string>{});
}

TEST_CASE("a controller of ephemeral volumes that does not look breaks a law") {
    CHECK(has_broken(broken_laws(blind_controller(), {"default", "p0"}, draw_pods, 5),
                     "once its plans are carried out there is nothing to do"));
}
