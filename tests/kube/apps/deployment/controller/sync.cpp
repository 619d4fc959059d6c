/// \file
/// One look at a deployment.

#include "../../../vocabulary.hpp"

#include <berth/kube/apps/deployment/controller.hpp>
#include <berth/kube/apps/deployment/controller/sync.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto looked_at(reconcile::world w) -> reconcile::plan {
    return plan_of(kube::deployment_controller(), w, {"default", "web"});
}

} // namespace

TEST_CASE("a deployment without sets makes one and takes its revision") {
    auto const plan = looked_at(world_of(make_deployment("web", 2)));
    auto const* const made = written<kube::replica_set>(plan);
    REQUIRE(made != nullptr);
    CHECK(made->spec.replicas == 2);
    auto const* const d = written<kube::deployment>(plan);
    REQUIRE(d != nullptr);
    CHECK(object::find_condition(d->status.conditions, "Progressing")->reason == "NewReplicaSetCreated");
}

TEST_CASE("a name that is taken is counted, and no set is made") {
    auto const d = make_deployment("web", 2);
    auto const hash = kube::detail::template_hash(d.done().spec.template_, 0);
    auto const plan = looked_at(world_of(d, make_replica_set("web-" + hash, 1).label("app", "strange")));
    CHECK(written<kube::replica_set>(plan) == nullptr);
    REQUIRE(written<kube::deployment>(plan) != nullptr);
    CHECK(written<kube::deployment>(plan)->status.collision_count == 1);
}

TEST_CASE("a deployment that pauses says so and makes no set") {
    auto const plan = looked_at(world_of(make_deployment("web", 2).paused()));
    CHECK(written<kube::replica_set>(plan) == nullptr);
    REQUIRE(written<kube::deployment>(plan) != nullptr);
    auto const& status = written<kube::deployment>(plan)->status;
    CHECK(object::find_condition(status.conditions, "Progressing")->reason == "DeploymentPaused");
}

TEST_CASE("a deployment that goes away makes no set") {
    CHECK(written<kube::replica_set>(looked_at(world_of(make_deployment("web", 2).deleting()))) == nullptr);
}
