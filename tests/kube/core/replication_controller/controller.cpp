/// \file
/// Replication controllers: they keep pods like replica sets do.

#include "../../vocabulary.hpp"

#include <berth/core/random.hpp>
#include <berth/kube/core/replication_controller/controller.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::replication_controller_controller();
auto const web = object::key{"default", "web"};

class make_replication_controller : public maker<make_replication_controller, kube::replication_controller> {
public:
    make_replication_controller(std::string name, std::int32_t replicas) : maker(name) {
        auto& spec = value_.spec;
        spec.replicas = replicas;
        spec.selector["app"] = name;
        auto& t = spec.template_.engage();
        t.metadata.labels["app"] = name;
        t.spec.containers.emplace_back().name = "main";
        value_.metadata.generation = 1;
    }
};

auto pod_of(make_replication_controller const& set, std::string name) -> make_pod {
    return make_pod(std::move(name)).label("app", set.done().metadata.name).owned_by(set);
}

} // namespace

TEST_CASE("a replication controller makes pods that are missing, and deletes those that are too many") {
    auto const set = make_replication_controller("web", 2);
    auto few = world_of(set, pod_of(set, "a").on("n").ready());
    auto const plan = plan_of(controller, few, web);
    CHECK(steps_of(plan) ==
          words{"create pods default/web-", "update replicationcontrollers/status default/web"});
    CHECK(notes_of(plan) == words{"SuccessfulCreate", "FailedCreate"});
    CHECK(object::controller_of(written<kube::pod>(plan)->metadata)->kind == "ReplicationController");
    auto const& status = written<kube::replication_controller>(plan)->status;
    CHECK(status.replicas == 1);
    CHECK(status.fully_labeled_replicas == 1);
    CHECK(status.available_replicas == 1);
    CHECK(status.observed_generation == 1);
    auto many =
        world_of(set, pod_of(set, "a").on("n").ready(), pod_of(set, "b").on("n").ready(), pod_of(set, "c"));
    CHECK(steps_of(plan_of(controller, many, web)) ==
          words{"delete pods default/c", "update replicationcontrollers/status default/web"});
}

TEST_CASE("what a replication controller could not make is written before it tries again") {
    auto const set = make_replication_controller("web", 1);
    auto w = world_of(set);
    auto const first = plan_of(controller, w, web);
    auto const failures =
        std::vector<reconcile::failure>{{first.steps[0], {error_code::forbidden, "quota", {}}}};
    auto const second = controller.reconcile(w.at(new_year, failures), web);
    CHECK(steps_of(second) ==
          words{"update replicationcontrollers/status default/web", "create pods default/web-"});
    auto const& c = written<kube::replication_controller>(second)->status.conditions;
    REQUIRE(c.size() == 1);
    CHECK(c[0].type == "ReplicaFailure");
    CHECK(c[0].message == "quota");
}

TEST_CASE("orphans that match are taken in, and concern those who want them") {
    auto const set = make_replication_controller("web", 1);
    auto w = world_of(set, make_pod("orphan").label("app", "web"));
    CHECK(steps_of(plan_of(controller, w, web)) ==
          words{"update pods default/orphan", "update replicationcontrollers/status default/web"});
    auto const orphan = make_pod("p").label("app", "web");
    CHECK(controller.keys_for(w.at(new_year), orphan.done()) == std::vector{web});
}

TEST_CASE("one without a selector or a template is left alone") {
    auto bare = make_replication_controller("web", 1);
    bare.with([](kube::replication_controller& c) { c.spec.selector.clear(); });
    auto w = world_of(bare);
    CHECK(plan_of(controller, w, web).empty());
    auto blank = make_replication_controller("web", 1);
    blank.with([](kube::replication_controller& c) { c.spec.template_.reset(); });
    auto w2 = world_of(blank);
    CHECK(plan_of(controller, w2, web).empty());
}

TEST_CASE("the controller of replication controllers keeps the laws of controllers on random worlds") {
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    for (auto seed = std::uint64_t{1}; seed <= 60; ++seed) {
        auto draw = berth::random_engine(seed);
        auto set = make_replication_controller("web", static_cast<std::int32_t>(draw.below(5)));
        if (draw.below(8) == 0) set.deleting().finalizer("mine");
        auto w = world_of(set);
        for (auto i = std::uint64_t{0}, pods = draw.below(8); i < pods; ++i) {
            auto p = make_pod("p" + std::to_string(i)).label("app", draw.below(5) == 0 ? "db" : "web");
            if (draw.below(4) != 0) p.owned_by(set);
            if (draw.below(2) == 0) p.on("n").ready();
            if (draw.below(5) == 0) p.phase("Failed");
            if (draw.below(6) == 0) p.deleting().finalizer("mine");
            w.add(p.done());
        }
        INFO("seed " << seed);
        reconcile::laws::all(controller, w, web, judge);
    }
}
