/// \file
/// Claims and volumes go when nobody uses them.

#include "../vocabulary.hpp"

#include <berth/kube/control/volume_protection.hpp>
#include <berth/kube/core/persistent_volume_claim/admission.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto leaving_claim() -> kube::persistent_volume_claim {
    auto c = kube::persistent_volume_claim();
    c.metadata.namespace_ = "default";
    c.metadata.name = "data";
    c.metadata.finalizers = {std::string(kube::claim_protection_finalizer), "other"};
    c.metadata.deletion_timestamp = object::timestamp(new_year);
    return c;
}

auto user(std::string phase) -> kube::pod {
    auto p = make_pod("p").done();
    p.spec.volumes.emplace_back().persistent_volume_claim.engage().claim_name = "data";
    p.spec.node_name = "n";
    p.status.phase = std::move(phase);
    return p;
}

auto const data = object::key{"default", "data"};

} // namespace

TEST_CASE("a claim that is to go waits for the pods that use it and are not over") {
    auto const controller = kube::claim_protection_controller();
    auto used = reconcile::world();
    used.add(leaving_claim());
    used.add(user("Running"));
    CHECK(plan_of(controller, used, data).empty());
    auto free = reconcile::world();
    free.add(leaving_claim());
    free.add(user("Succeeded"));
    CHECK(steps_of(plan_of(controller, free, data)).size() == 1);
    CHECK(controller.keys_for(free.at(new_year), user("Running")) == std::vector{data});
    auto staying = leaving_claim();
    staying.metadata.deletion_timestamp.reset();
    auto calm = reconcile::world();
    calm.add(staying);
    CHECK(plan_of(controller, calm, data).empty());
}

TEST_CASE("a pod that is on no node holds no claim") {
    auto world = reconcile::world();
    world.add(leaving_claim());
    auto waiting = user("Pending");
    waiting.spec.node_name.clear();
    world.add(waiting);
    CHECK(steps_of(plan_of(kube::claim_protection_controller(), world, data)).size() == 1);
}

TEST_CASE("a volume that is to go waits until it is bound to no claim") {
    auto const controller = kube::volume_protection_controller();
    auto v = kube::persistent_volume();
    v.metadata.name = "v";
    v.metadata.finalizers = {std::string(kube::volume_protection_finalizer)};
    v.metadata.deletion_timestamp = object::timestamp(new_year);
    v.status.phase = "Bound";
    auto bound = reconcile::world();
    bound.add(v);
    CHECK(plan_of(controller, bound, {{}, "v"}).empty());
    v.status.phase = "Released";
    auto released = reconcile::world();
    released.add(v);
    CHECK(steps_of(plan_of(controller, released, {{}, "v"})).size() == 1);
}
