/// \file
/// Deployments: rollouts, scaling, pauses, history.

#include "../../vocabulary.hpp"

#include <berth/kube/apps/deployment/controller.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::deployment_controller();
auto const web = object::key{"default", "web"};

/// A set of the deployment `web` with the template of an image, sized for it, its pods available.
auto set_of(make_deployment const& d, std::string hash, std::string image, std::int32_t size,
            std::int32_t available, std::int64_t revision = 1) -> make_replica_set {
    auto out = make_replica_set("web-" + hash, size);
    out.with([&](kube::replica_set& r) {
        r.spec.selector = d.done().spec.selector;
        r.spec.template_ = d.done().spec.template_;
        r.metadata.labels = r.spec.template_.metadata.labels;
        r.metadata.labels["pod-template-hash"] = hash;
    });
    auto const wanted = kube::wanted_of(d.done());
    out.image(std::move(image)).owned_by(d).counted(size, available).made_at(new_year + seconds(revision));
    out.annotation("deployment.kubernetes.io/revision", std::to_string(revision));
    out.annotation("deployment.kubernetes.io/desired-replicas", std::to_string(wanted));
    out.annotation("deployment.kubernetes.io/max-replicas",
                   std::to_string(wanted + kube::bounds_of(d.done()).surge));
    return out;
}

/// The sizes that a plan gives to sets.
auto sizes(reconcile::plan const& p) -> words {
    auto out = words();
    for (auto const& s : p.steps) {
        auto const* const u = std::get_if<reconcile::update_step>(&s);
        auto const* const set = u == nullptr ? nullptr : u->object.get_if<kube::replica_set>();
        if (set != nullptr) out.push_back(set->metadata.name + " " + std::to_string(*set->spec.replicas));
    }
    return out;
}

auto condition(kube::deployment const& d, std::string_view type) -> std::string {
    auto const* const c = object::find_condition(d.status.conditions, type);
    return c == nullptr ? "absent" : c->status + " " + c->reason;
}

} // namespace

TEST_CASE("the first look makes a set of full size") {
    auto w = world_of(make_deployment("web", 3));
    auto const plan = plan_of(controller, w, web);
    REQUIRE(plan.steps.size() == 3);
    auto const& set = std::get<reconcile::create_step>(plan.steps[0]).object.as<kube::replica_set>();
    CHECK(set.spec.replicas == 3);
    CHECK(set.metadata.name.starts_with("web-"));
    auto const hash = set.metadata.name.substr(4);
    CHECK(set.metadata.labels.get("pod-template-hash") == hash);
    CHECK(set.spec.selector->match_labels.get("pod-template-hash") == hash);
    CHECK(set.metadata.annotations.get("deployment.kubernetes.io/revision") == "1");
    CHECK(set.metadata.annotations.get("deployment.kubernetes.io/max-replicas") == "4");
    CHECK(std::get<reconcile::note>(plan.steps[1]).message ==
          "Scaled up replica set " + set.metadata.name + " from 0 to 3");
    CHECK(condition(*written<kube::deployment>(plan), "Progressing") == "True NewReplicaSetCreated");
    CHECK(written<kube::deployment>(plan)->metadata.annotations.get("deployment.kubernetes.io/revision") ==
          "1");
}

TEST_CASE("the same template gets the same name, another one another") {
    auto const a = make_deployment("web", 3).done().spec.template_;
    auto const b = make_deployment("web", 5).done().spec.template_;
    auto const c = make_deployment("web", 3).image("app:v2").done().spec.template_;
    CHECK(kube::detail::template_hash(a, 0) == kube::detail::template_hash(b, 0));
    CHECK(kube::detail::template_hash(a, 0) != kube::detail::template_hash(c, 0));
    CHECK(kube::detail::template_hash(a, 0) != kube::detail::template_hash(a, 1));
}

TEST_CASE("a name that is taken is counted as a collision, and another one found") {
    auto const d = make_deployment("web", 1);
    auto const name = "web-" + kube::detail::template_hash(d.done().spec.template_, 0);
    auto w = world_of(d, make_replica_set(name, 1).image("other"));
    auto const plan = plan_of(controller, w, web);
    CHECK(steps_of(plan) == words{"update deployments/status default/web"});
    CHECK(written<kube::deployment>(plan)->status.collision_count == 1);
}

TEST_CASE("a rollout grows the new set up to the surge, then shrinks the old as far as pods "
          "are available") {
    auto const d = make_deployment("web", 10).image("app:v2").rolling(3, 2);
    auto w = world_of(d, set_of(d, "old", "app:v1", 10, 10, 1), set_of(d, "new", "app:v2", 0, 0, 2));
    CHECK(sizes(plan_of(controller, w, web)) == words{"web-new 3"});
    auto w2 = world_of(d, set_of(d, "old", "app:v1", 10, 10, 1), set_of(d, "new", "app:v2", 3, 0, 2));
    CHECK(sizes(plan_of(controller, w2, web)) == words{"web-old 8"});
    auto w3 = world_of(d, set_of(d, "old", "app:v1", 8, 8, 1), set_of(d, "new", "app:v2", 5, 5, 2));
    CHECK(sizes(plan_of(controller, w3, web)) == words{"web-old 3"});
}

TEST_CASE("pods of old sets that are not available go first") {
    auto const d = make_deployment("web", 10).image("app:v3").rolling(0, 3);
    auto w = world_of(d, set_of(d, "one", "app:v1", 4, 4, 1), set_of(d, "two", "app:v2", 6, 4, 2),
                      set_of(d, "new", "app:v3", 0, 0, 3));
    CHECK(sizes(plan_of(controller, w, web)) == words{"web-one 3", "web-two 4"});
}

TEST_CASE("a deployment that recreates lets all old pods go before it makes new ones") {
    auto const d = make_deployment("web", 2).image("app:v2").recreating();
    auto const old = set_of(d, "old", "app:v1", 2, 2);
    auto w = world_of(d, old);
    CHECK(sizes(plan_of(controller, w, web)) == words{"web-old 0"});
    auto const idle = set_of(d, "old", "app:v1", 0, 0);
    auto w2 = world_of(d, idle, make_pod("p").label("app", "web").owned_by(idle).phase("Running"));
    CHECK(steps_of(plan_of(controller, w2, web)) == words{"update deployments/status default/web"});
    auto w3 = world_of(d, idle);
    auto const plan = plan_of(controller, w3, web);
    CHECK(*written<kube::deployment>(plan) != d.done());
    CHECK(std::get<reconcile::create_step>(plan.steps[0]).object.as<kube::replica_set>().spec.replicas == 2);
}

TEST_CASE("in the middle of a rollout a new size is shared in proportion") {
    auto const before = make_deployment("web", 10).rolling(3, 2);
    auto const d = make_deployment("web", 15).image("app:v2").rolling(3, 2);
    auto w = world_of(d, set_of(before, "old", "app:v1", 8, 8, 1), set_of(before, "new", "app:v2", 5, 5, 2));
    CHECK(sizes(plan_of(controller, w, web)) == words{"web-new 7", "web-old 11"});
}

TEST_CASE("a paused deployment is scaled, but not rolled out") {
    auto const d = make_deployment("web", 5).image("app:v2").paused();
    auto const before = make_deployment("web", 3);
    auto w = world_of(d, set_of(before, "old", "app:v1", 3, 3));
    auto const plan = plan_of(controller, w, web);
    CHECK(sizes(plan) == words{"web-old 5"});
    CHECK(condition(*written<kube::deployment>(plan), "Progressing") == "Unknown DeploymentPaused");
}

TEST_CASE("a rollout that stands still for too long is said to have timed out") {
    auto d = make_deployment("web", 2);
    d.with([](kube::deployment& o) {
        o.status.conditions.push_back(
            kube::new_deployment_condition("Progressing", "True", "ReplicaSetUpdated", "", new_year));
        o.metadata.annotations["deployment.kubernetes.io/revision"] = "1";
    });
    auto w = world_of(d, set_of(d, "now", "app:v1", 2, 0));
    auto const early = plan_of(controller, w, web, new_year + seconds(600));
    CHECK(condition(*written<kube::deployment>(early), "Progressing") == "True ReplicaSetUpdated");
    auto settled = *written<kube::deployment>(early);
    auto w2 = reconcile::world(settled, set_of(d, "now", "app:v1", 2, 0).done());
    auto const waiting = plan_of(controller, w2, web, new_year + seconds(500));
    CHECK(waiting.empty());
    CHECK(waiting.again_after.has_value());
    auto const late = plan_of(controller, w2, web, new_year + seconds(1300));
    CHECK(condition(*written<kube::deployment>(late), "Progressing") == "False ProgressDeadlineExceeded");
}

TEST_CASE("of the history as many sets are kept as the deployment says") {
    auto d = make_deployment("web", 1).image("app:v4");
    d.with([](kube::deployment& o) {
        o.spec.revision_history_limit = 1;
        o.metadata.annotations["deployment.kubernetes.io/revision"] = "4";
        o.status.replicas = o.status.updated_replicas = o.status.available_replicas =
            o.status.ready_replicas = 1;
        o.status.observed_generation = 1;
    });
    auto w = world_of(d, set_of(d, "c", "app:v3", 0, 0, 3), set_of(d, "a", "app:v1", 0, 0, 1),
                      set_of(d, "b", "app:v2", 0, 0, 2), set_of(d, "d", "app:v4", 1, 1, 4));
    auto const plan = plan_of(controller, w, web);
    CHECK(steps_of(plan) == words{"delete replicasets default/web-a", "delete replicasets default/web-b",
                                  "update deployments/status default/web"});
    CHECK(condition(*written<kube::deployment>(plan), "Progressing") == "True NewReplicaSetAvailable");
}

TEST_CASE("a set that is rolled back to becomes the newest and remembers what it was") {
    auto const d = make_deployment("web", 2).image("app:v1");
    auto w = world_of(d, set_of(d, "one", "app:v1", 0, 0, 1), set_of(d, "two", "app:v2", 2, 2, 2));
    auto const plan = plan_of(controller, w, web);
    auto const& set = *written<kube::replica_set>(plan);
    CHECK(set.metadata.name == "web-one");
    CHECK(set.metadata.annotations.get("deployment.kubernetes.io/revision") == "3");
    CHECK(set.metadata.annotations.get("deployment.kubernetes.io/revision-history") == "1");
}

TEST_CASE("the history of revisions forgets the oldest when it becomes too long") {
    auto history = std::string("1");
    for (auto i = 2; i < 600; ++i) history = kube::detail::remember_revision(history, std::to_string(i));
    CHECK(history.size() <= 2000);
    CHECK(history.ends_with(",598,599"));
    CHECK(!history.starts_with("1,"));
}

TEST_CASE("the controller of deployments keeps the laws of controllers") {
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    auto const check = [&](reconcile::world const& w) { reconcile::laws::all(controller, w, web, judge); };
    auto const d = make_deployment("web", 4).image("app:v2");
    check(world_of(d));
    check(world_of(d, set_of(d, "old", "app:v1", 4, 4, 1)));
    check(world_of(d, set_of(d, "old", "app:v1", 4, 3, 1), set_of(d, "new", "app:v2", 1, 1, 2)));
    check(world_of(make_deployment("web", 7).paused(), set_of(d, "old", "app:v1", 4, 4, 1)));
    check(world_of(make_deployment("web", 9), set_of(d, "a", "app:v1", 4, 4, 1),
                   set_of(d, "b", "app:v2", 2, 2, 2)));
    check(
        world_of(make_deployment("web", 2).recreating().image("app:v3"), set_of(d, "a", "app:v1", 4, 4, 1)));
    check(
        world_of(make_deployment("web", 2).deleting().finalizer("mine"), set_of(d, "a", "app:v1", 4, 4, 1)));
}
