/// \file
/// Stateful sets: which pod comes next, which goes, and when there is to be waited.

#include "../sets.hpp"

#include <berth/kube/apps/stateful_set/controller.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <set>

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::stateful_set_controller();
auto const db = object::key{"default", "db"};

} // namespace

TEST_CASE("pods are made one after the other, each with its claims, once those before are ready") {
    auto const set = make_stateful_set("db", 3).claiming("data");
    auto empty = world_of(set);
    auto const first = plan_of(controller, empty, db);
    CHECK(steps_of(first) == words{"create controllerrevisions default/" + revision_of(set),
                                   "update statefulsets/status default/db",
                                   "create persistentvolumeclaims default/data-db-0",
                                   "create pods default/db-0"});
    CHECK(notes_of(first) == words{"SuccessfulCreate", "FailedCreate", "SuccessfulCreate", "FailedCreate"});
    CHECK(std::get<reconcile::note>(first.steps[3]).message ==
          "create Claim data-db-0 Pod db-0 in StatefulSet db success");
    CHECK(std::get<reconcile::note>(first.steps[6]).message ==
          "create Pod db-0 in StatefulSet db successful");
    auto waiting = world_of(set, made_revision(set), pod_of(set, 0, revision_of(set)).phase("Running"),
                            make_bare_claim("data-db-0"));
    CHECK(deeds_of(plan_of(controller, waiting, db)).empty());
    auto going_on = world_of(set, made_revision(set), ready_pod(set, 0, set), make_bare_claim("data-db-0"));
    CHECK(deeds_of(plan_of(controller, going_on, db)) ==
          words{"create persistentvolumeclaims default/data-db-1", "create pods default/db-1"});
}

TEST_CASE("a set in parallel makes all its pods at once, of a great many some at a time") {
    auto w = world_of(make_stateful_set("db", 3).parallel().starting_at(5));
    CHECK(deeds_of(plan_of(controller, w, db)) ==
          words{"create pods default/db-5", "create pods default/db-6", "create pods default/db-7"});
    auto huge = world_of(make_stateful_set("db", 2147483647).parallel());
    CHECK(deeds_of(plan_of(controller, huge, db)).size() == 500);
}

TEST_CASE("pods that are not wanted go from the last, one at a time") {
    auto const set = make_stateful_set("db", 1);
    auto w = world_of(set, made_revision(set), ready_pod(set, 0, set), ready_pod(set, 1, set),
                      ready_pod(set, 2, set));
    auto const plan = plan_of(controller, w, db);
    CHECK(deeds_of(plan) == words{"delete pods default/db-2"});
    CHECK(notes_of(plan) == words{"SuccessfulDelete", "FailedDelete"});
    auto unready = world_of(set, made_revision(set), ready_pod(set, 0, set),
                            pod_of(set, 1, "x").phase("Running"), pod_of(set, 2, "x").phase("Running"));
    CHECK(deeds_of(plan_of(controller, unready, db)).empty());
    auto last_unready = world_of(set, made_revision(set), ready_pod(set, 0, set), ready_pod(set, 1, set),
                                 pod_of(set, 2, "x").phase("Running"));
    CHECK(deeds_of(plan_of(controller, last_unready, db)) == words{"delete pods default/db-2"});
    auto const parallel = make_stateful_set("db", 1).parallel();
    auto all = world_of(parallel, made_revision(set), ready_pod(set, 0, set),
                        pod_of(set, 1, "x").phase("Running"), pod_of(set, 2, "x"));
    CHECK(deeds_of(plan_of(controller, all, db)) ==
          words{"delete pods default/db-2", "delete pods default/db-1"});
}

TEST_CASE("a pod that has ended is deleted, and made again once it is gone") {
    auto const set = make_stateful_set("db", 2);
    auto w = world_of(set, made_revision(set), pod_of(set, 0, revision_of(set)).phase("Failed"));
    CHECK(deeds_of(plan_of(controller, w, db)) == words{"delete pods default/db-0"});
    auto going = world_of(set, made_revision(set),
                          pod_of(set, 0, revision_of(set)).phase("Succeeded").deleting().finalizer("mine"));
    CHECK(deeds_of(plan_of(controller, going, db)).empty());
}

TEST_CASE("a new template replaces pods from the last down to the partition") {
    auto const old = make_stateful_set("db", 3);
    auto const set = make_stateful_set("db", 3).image("app:v2").rolling(1).coming_from(revision_of(old));
    auto w = world_of(set, made_revision(old), ready_pod(set, 0, old), ready_pod(set, 1, old),
                      ready_pod(set, 2, old));
    auto const plan = plan_of(controller, w, db);
    CHECK(deeds_of(plan) == words{"delete pods default/db-2"});
    auto const& status = written<kube::stateful_set>(plan)->status;
    CHECK(status.current_revision == revision_of(old));
    CHECK(status.update_revision == revision_of(set));
    CHECK(status.current_replicas == 2);
    CHECK(status.updated_replicas == 0);
    auto next = world_of(set, made_revision(old), made_revision(set, 2), ready_pod(set, 0, old),
                         ready_pod(set, 1, old), ready_pod(set, 2, set));
    CHECK(deeds_of(plan_of(controller, next, db)) == words{"delete pods default/db-1"});
    auto done = world_of(set, made_revision(old), made_revision(set, 2), ready_pod(set, 0, old),
                         ready_pod(set, 1, set), ready_pod(set, 2, set));
    CHECK(deeds_of(plan_of(controller, done, db)).empty());
}

TEST_CASE("a pod below the partition is made of the template of before") {
    auto const old = make_stateful_set("db", 2);
    auto const set = make_stateful_set("db", 2).image("app:v2").rolling(1).coming_from(revision_of(old));
    auto w = world_of(set, made_revision(old), made_revision(set, 2), ready_pod(set, 1, set));
    auto const plan = plan_of(controller, w, db);
    auto const& made = *written<kube::pod>(plan);
    CHECK(made.metadata.name == "db-0");
    CHECK(made.spec.containers[0].image == "app:v1");
    CHECK(made.metadata.labels.get("controller-revision-hash") == revision_of(old));
}

TEST_CASE("pods are left as they are if they are replaced by hand") {
    auto const old = make_stateful_set("db", 1);
    auto const set = make_stateful_set("db", 1).image("app:v2").on_delete().coming_from(revision_of(old));
    auto w = world_of(set, made_revision(old), ready_pod(set, 0, old));
    CHECK(deeds_of(plan_of(controller, w, db)).empty());
    auto gone = world_of(set, made_revision(old), made_revision(set, 2));
    CHECK(written<kube::pod>(plan_of(controller, gone, db))->spec.containers[0].image == "app:v2");
}

TEST_CASE("an update is complete when all pods are new and ready") {
    auto const old = make_stateful_set("db", 1);
    auto const set = make_stateful_set("db", 1).image("app:v2").coming_from(revision_of(old));
    auto w = world_of(set, made_revision(old), made_revision(set, 2), ready_pod(set, 0, set));
    auto const& s = written<kube::stateful_set>(plan_of(controller, w, db))->status;
    CHECK(s.current_revision == revision_of(set));
    CHECK(s.current_replicas == 1);
    CHECK(s.available_replicas == 1);
    CHECK(s.collision_count == 0);
}

TEST_CASE("a pod has to be ready for as long as the set says") {
    auto const set = make_stateful_set("db", 2).min_ready(10);
    auto w = world_of(set, made_revision(set), ready_pod(set, 0, set));
    auto const early = plan_of(controller, w, db, new_year + seconds(4));
    CHECK(deeds_of(early).empty());
    CHECK(early.again_after == seconds(6));
    CHECK(deeds_of(plan_of(controller, w, db, new_year + seconds(10))) == words{"create pods default/db-1"});
}

TEST_CASE("only pods of the set's name are taken in, others are let go, and then is time enough for more") {
    auto const set = make_stateful_set("db", 2);
    auto w = world_of(set, make_pod("db-0").label("app", "db"), make_pod("stranger").label("app", "db"),
                      make_pod("lost").label("app", "db").owned_by(set));
    CHECK(steps_of(plan_of(controller, w, db)) ==
          words{"update pods default/lost", "update pods default/db-0"});
    CHECK(controller.keys_for(w.at(new_year), make_pod("db-7").label("app", "db").done()) == std::vector{db});
}

TEST_CASE("a name that somebody else's pod has is waited for") {
    auto const set = make_stateful_set("db", 2).parallel();
    auto w = world_of(set, made_revision(set), make_pod("db-0").owned_by(make_replica_set("web", 1)));
    CHECK(deeds_of(plan_of(controller, w, db)) == words{"create pods default/db-1"});
    auto const taken = make_pod("db-0").owned_by(make_replica_set("web", 1));
    CHECK(controller.keys_for(w.at(new_year), taken.done()) == std::vector{db});
    CHECK(controller.keys_for(w.at(new_year), make_pod("web-0").done()).empty());
}

TEST_CASE("a set that is being deleted is only counted") {
    auto const set = make_stateful_set("db", 3).deleting().finalizer("mine");
    auto w = world_of(set, made_revision(set), ready_pod(set, 0, set), ready_pod(set, 7, set));
    auto const plan = plan_of(controller, w, db);
    CHECK(deeds_of(plan).empty());
    CHECK(written<kube::stateful_set>(plan)->status.replicas == 2);
}

namespace {

/// A set in the middle of something, its pods, claims and revisions.
auto draw_world(berth::random_engine& draw, reconcile::world& w) -> void {
    auto set = make_stateful_set("db", static_cast<std::int32_t>(draw.below(6))).image("app:v2");
    set.rolling(static_cast<std::int32_t>(draw.below(4)));
    if (draw.below(2) == 0) set.parallel();
    if (draw.below(3) == 0) set.on_delete();
    if (draw.below(3) == 0) set.starting_at(2);
    if (draw.below(3) == 0) set.min_ready(200);
    if (draw.below(2) == 0) set.claiming("data");
    if (draw.below(8) == 0) set.deleting().finalizer("mine");
    set.retaining(draw.below(2) == 0 ? "Delete" : "Retain", draw.below(2) == 0 ? "Delete" : "Retain");
    set.with([&](kube::stateful_set& s) {
        s.spec.revision_history_limit = static_cast<std::int32_t>(draw.below(2));
        if (draw.below(3) == 0 && s.spec.update_strategy.rolling_update)
            s.spec.update_strategy.rolling_update->max_unavailable = 2;
    });
    auto const old = make_stateful_set("db", 1);
    auto const older = make_stateful_set("db", 1).image("app:v0");
    if (draw.below(2) == 0) set.coming_from(revision_of(old));
    w.add(set.done());
    w.add(made_revision(old, 2).done());
    w.add(make_revision(older, "db-older", 1).done());
    if (draw.below(2) == 0) w.add(made_revision(set, 3).done());
    for (auto n = 0; n < 8; ++n) {
        if (draw.below(3) == 0) continue;
        auto p = in_some_state(draw, pod_of(set, n, revision_of(draw.below(2) == 0 ? old : set)));
        if (draw.below(12) == 0)
            p.with([](kube::pod& o) { o.metadata.labels.erase("statefulset.kubernetes.io/pod-name"); });
        if (draw.below(12) == 0) p.with([](kube::pod& o) { o.metadata.owner_references.clear(); });
        w.add(p.done());
        auto claim = make_bare_claim("data-db-" + std::to_string(n));
        if (draw.below(3) == 0) claim.owned_by(set);
        if (draw.below(4) == 0) claim.owned_by(make_pod(p.done().metadata.name).uid("earlier"));
        if (draw.below(3) != 0) w.add(claim.done());
    }
}

/// Deletes whichever old pod it meets first, instead of the last one.
struct hasty_controller : kube::stateful_set_controller {
    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan {
        auto plan = reconcile::plan{};
        auto const set = world.get<kube::stateful_set>(k);
        if (!set) return plan;
        for (auto const p : world.owned_by<kube::pod>(set))
            if (!p->metadata.deleting()) return plan.remove(p, {.any_revision = true});
        return plan;
    }
};

} // namespace

TEST_CASE("the controller of stateful sets keeps the laws of controllers on random worlds") {
    CHECK(broken_laws(controller, db, draw_world, 150) == std::set<std::string>{});
}

TEST_CASE("a controller of stateful sets that deletes whichever pod it meets breaks a law") {
    auto const broken = broken_laws(hasty_controller(), db, draw_world, 20);
    CHECK(std::any_of(broken.begin(), broken.end(), [](std::string const& law) {
        return law.starts_with("the order in which the world came to be does not matter");
    }));
}
