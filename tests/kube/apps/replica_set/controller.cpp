/// \file
/// Replica sets: how many pods there are, whose they are, and which go first.

#include "../../vocabulary.hpp"

#include <berth/kube/apps/replica_set/controller.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::replica_set_controller();

auto pod_of(make_replica_set const& set, std::string name) -> make_pod {
    return make_pod(std::move(name)).label("app", set.done().metadata.name).owned_by(set);
}

/// The names of the pods that a plan deletes.
auto victims(reconcile::plan const& p) -> words {
    auto out = words();
    for (auto const& s : p.steps)
        if (auto const* const r = std::get_if<reconcile::remove_step>(&s))
            out.push_back(r->target.where.name);
    return out;
}

} // namespace

TEST_CASE("missing pods are made from the template") {
    auto const set = make_replica_set("web", 2);
    auto w = world_of(set, pod_of(set, "web-1"));
    auto const plan = plan_of(controller, w, {"default", "web"});
    CHECK(steps_of(plan) == words{"create pods default/web-", "update replicasets/status default/web"});
    CHECK(notes_of(plan) == words{"SuccessfulCreate", "FailedCreate"});
    auto const& made = *written<kube::pod>(plan);
    CHECK(made.metadata.generate_name == "web-");
    CHECK(made.metadata.labels.get("app") == "web");
    CHECK(object::controller_of(made.metadata)->uid == "uid-of-web");
    CHECK(made.spec.containers == set.done().spec.template_.spec.containers);
}

TEST_CASE("a finished or leaving pod does not count, and is not touched") {
    auto const set = make_replica_set("web", 1);
    auto w = world_of(set, pod_of(set, "done").phase("Succeeded"), pod_of(set, "leaving").deleting());
    auto const plan = plan_of(controller, w, {"default", "web"});
    CHECK(steps_of(plan) == words{"create pods default/web-", "update replicasets/status default/web"});
    CHECK(written<kube::replica_set>(plan)->status.terminating_replicas == 1);
    CHECK(written<kube::replica_set>(plan)->status.replicas == 0);
}

TEST_CASE("orphans that match are taken in, strangers are let go, the pods of others are left alone") {
    auto const set = make_replica_set("web", 2);
    auto const other = make_replica_set("other", 0);
    auto w = world_of(set, other, make_pod("orphan").label("app", "web"),
                      make_pod("stranger").label("app", "db").owned_by(set),
                      make_pod("theirs").label("app", "web").owned_by(other));
    auto const plan = plan_of(controller, w, {"default", "web"});
    CHECK(steps_of(plan) == words{"update pods default/stranger", "update pods default/orphan",
                                  "create pods default/web-", "update replicasets/status default/web"});
    CHECK(std::get<reconcile::update_step>(plan.steps[0]).object.metadata().owner_references.empty());
    CHECK(std::get<reconcile::update_step>(plan.steps[1]).object.metadata().owner_references.size() == 1);
}

TEST_CASE("of too many pods those go first that are missed least") {
    auto const set = make_replica_set("web", 0);
    auto const t = new_year;
    auto w = world_of(
        set, pod_of(set, "ready").on("a").ready(t), pod_of(set, "younger").on("a").ready(t + seconds(3000)),
        pod_of(set, "costly").on("a").ready(t).annotation("controller.kubernetes.io/pod-deletion-cost", "5"),
        pod_of(set, "unready").on("a").phase("Running"), pod_of(set, "pending").on("a"),
        pod_of(set, "unbound"));
    auto const plan = plan_of(controller, w, {"default", "web"}, t + seconds(3600));
    CHECK(victims(plan) == words{"unbound", "pending", "unready", "younger", "ready", "costly"});
}

TEST_CASE("of equals the one that shares its node with siblings goes first") {
    auto const owner = make_deployment("web", 3);
    auto const set = make_replica_set("web", 2).owned_by(owner);
    auto w = world_of(owner, set, pod_of(set, "alone").on("a").ready(), pod_of(set, "one").on("b").ready(),
                      pod_of(set, "two").on("b").ready());
    CHECK(victims(plan_of(controller, w, {"default", "web"})) == words{"one"});
}

TEST_CASE("a pod that became ready just now is available a little later") {
    auto const set = make_replica_set("web", 1).min_ready(10);
    auto w = world_of(set, pod_of(set, "p").on("a").ready(new_year));
    auto const plan = plan_of(controller, w, {"default", "web"}, new_year + seconds(4));
    CHECK(written<kube::replica_set>(plan)->status.ready_replicas == 1);
    CHECK(written<kube::replica_set>(plan)->status.available_replicas == 0);
    CHECK(plan.again_after == seconds(6));
    auto const later = plan_of(controller, w, {"default", "web"}, new_year + seconds(10));
    CHECK(written<kube::replica_set>(later)->status.available_replicas == 1);
}

TEST_CASE("what could not be made is told as long as it is so") {
    auto const set = make_replica_set("web", 1);
    auto w = world_of(set);
    auto const first = plan_of(controller, w, {"default", "web"});
    auto const failures =
        std::vector<reconcile::failure>{{first.steps[0], {error_code::forbidden, "quota", {}}}};
    auto const second = controller.reconcile(w.at(new_year, failures), {"default", "web"});
    auto const& c = written<kube::replica_set>(second)->status.conditions;
    REQUIRE(c.size() == 1);
    CHECK(c[0].type == "ReplicaFailure");
    CHECK(c[0].reason == "FailedCreate");
    CHECK(c[0].message == "quota");
}

TEST_CASE("a set that is being deleted makes and takes in nothing") {
    auto const set = make_replica_set("web", 3).deleting().finalizer("mine");
    auto w = world_of(set, make_pod("orphan").label("app", "web"));
    CHECK(steps_of(plan_of(controller, w, {"default", "web"})) ==
          words{"update replicasets/status default/web"});
}

TEST_CASE("an orphan concerns the sets that want it") {
    auto const set = make_replica_set("web", 1);
    auto w = world_of(set, make_replica_set("other", 1));
    auto const keys = controller.keys_for(w.at(new_year), make_pod("p").label("app", "web").done());
    CHECK(keys == std::vector<object::key>{{"default", "web"}});
    CHECK(controller.keys_for(w.at(new_year), pod_of(set, "q").done()).empty());
}

TEST_CASE("the controller of replica sets keeps the laws of controllers") {
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    auto const set = make_replica_set("web", 3);
    auto const check = [&](reconcile::world const& w) {
        reconcile::laws::all(controller, w, {"default", "web"}, judge);
    };
    check(world_of(set));
    check(world_of(make_pod("p")));
    check(world_of(set, pod_of(set, "a"), pod_of(set, "b").on("n").ready(), pod_of(set, "c"),
                   pod_of(set, "d"), pod_of(set, "e").on("n").ready(new_year - seconds(50))));
    check(
        world_of(set, make_pod("orphan").label("app", "web"), make_pod("x").label("app", "y").owned_by(set)));
    check(world_of(make_replica_set("web", 3).deleting().finalizer("mine"),
                   make_pod("orphan").label("app", "web")));
}
