/// \file
/// One look at a stateful set: claims, several at once, and what is left of the past.

#include "../../sets.hpp"

#include <berth/kube/apps/stateful_set/controller.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::stateful_set_controller();
auto const db = object::key{"default", "db"};

} // namespace

TEST_CASE("a set that says so has several pods replaced at once") {
    auto const old = make_stateful_set("db", 4);
    auto set = make_stateful_set("db", 4).image("app:v2").coming_from(revision_of(old));
    set.with([](kube::stateful_set& s) { s.spec.update_strategy.rolling_update->max_unavailable = "50%"; });
    auto w = world_of(set, made_revision(old), ready_pod(set, 0, old), ready_pod(set, 1, old),
                      ready_pod(set, 2, old), ready_pod(set, 3, old));
    CHECK(deeds_of(plan_of(controller, w, db)) ==
          words{"delete pods default/db-3", "delete pods default/db-2"});
}

TEST_CASE("of the revisions that no pod has as many are kept as the set says") {
    auto set = make_stateful_set("db", 1);
    set.with([](kube::stateful_set& s) { s.spec.revision_history_limit = 1; });
    auto const like = [](int n) { return make_stateful_set("db", 1).image("old:" + std::to_string(n)); };
    auto w = world_of(set, make_revision(like(1), "one", 1), make_revision(like(2), "two", 2),
                      make_revision(like(3), "three", 3), make_revision(like(4), "four", 4),
                      made_revision(set, 5), pod_of(set, 0, "two"));
    auto steps = steps_of(plan_of(controller, w, db));
    CHECK(std::count(steps.begin(), steps.end(), "delete controllerrevisions default/one") == 1);
    CHECK(std::count(steps.begin(), steps.end(), "delete controllerrevisions default/three") == 1);
    CHECK(std::count(steps.begin(), steps.end(), "delete controllerrevisions default/two") == 0);
    CHECK(std::count(steps.begin(), steps.end(), "delete controllerrevisions default/four") == 0);
}

TEST_CASE("a claim of an earlier pod, or one that is going, is waited for") {
    auto const set = make_stateful_set("db", 1).claiming("data").retaining("Retain", "Delete");
    auto stale = world_of(set, make_bare_claim("data-db-0").owned_by(make_pod("db-0").uid("earlier")));
    CHECK(deeds_of(plan_of(controller, stale, db)).empty());
    auto going =
        world_of(set, make_bare_claim("data-db-0").deleting().finalizer("kubernetes.io/pvc-protection"));
    CHECK(deeds_of(plan_of(controller, going, db)).empty());
    auto const keys = controller.keys_for(going.at(new_year), make_bare_claim("data-db-0").done());
    CHECK(keys == std::vector{db});
    CHECK(controller.keys_for(going.at(new_year), make_bare_claim("tmp-db-0").done()).empty());
}

TEST_CASE("the claims of a pod that is not wanted go to it before it is deleted") {
    auto const set = make_stateful_set("db", 0).claiming("data").retaining("Retain", "Delete");
    auto w = world_of(set, made_revision(set), ready_pod(set, 0, set), make_bare_claim("data-db-0"));
    auto const plan = plan_of(controller, w, db);
    CHECK(deeds_of(plan) ==
          words{"update persistentvolumeclaims default/data-db-0", "delete pods default/db-0"});
    CHECK(written<kube::persistent_volume_claim>(plan)->metadata.owner_references[0].uid == "uid-of-db-0");
}

TEST_CASE("a pod that has lost its name's label gets it back") {
    auto const set = make_stateful_set("db", 1);
    auto bare = ready_pod(set, 0, set);
    bare.with([](kube::pod& p) { p.metadata.labels.erase("statefulset.kubernetes.io/pod-name"); });
    auto w = world_of(set, made_revision(set), bare);
    CHECK(deeds_of(plan_of(controller, w, db)) == words{"update pods default/db-0"});
}
