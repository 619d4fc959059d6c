/// \file
/// How controllers make and delete pods.

#include "../vocabulary.hpp"

#include <berth/kube/control/pod_steps.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

TEST_CASE("a pod is made like its template, and controlled by its owner") {
    auto set = make_replica_set("web", 1);
    set.with([](kube::replica_set& r) {
        r.spec.template_.metadata.annotations["note"] = "x";
        r.spec.template_.metadata.finalizers.push_back("mine");
    });
    auto const& r = set.done();
    auto const p = kube::pod_like(r.spec.template_, r.metadata, reconcile::controlled_by(r));
    CHECK(p.metadata.name.empty());
    CHECK(p.metadata.generate_name == "web-");
    CHECK(p.metadata.namespace_ == "default");
    CHECK(p.metadata.labels.get("app") == "web");
    CHECK(p.metadata.annotations.get("note") == "x");
    CHECK(p.metadata.finalizers == std::vector<std::string>{"mine"});
    CHECK(object::controller_of(p.metadata)->uid == "uid-of-web");
    CHECK(p.spec == r.spec.template_.spec);
}

TEST_CASE("what becomes of pods is told on their owner") {
    auto w = world_of(make_replica_set("web", 1), make_pod("p"));
    auto const world = w.at(new_year);
    auto const set = world.get<kube::replica_set>("default", "web");
    auto plan = reconcile::plan{};
    kube::make_pod(plan, set, make_pod("q").done());
    kube::delete_pod(plan, set, world.get<kube::pod>("default", "p"));
    CHECK(steps_of(plan) == words{"create pods default/q", "delete pods default/p"});
    CHECK(notes_of(plan) == words{"SuccessfulCreate", "FailedCreate", "SuccessfulDelete", "FailedDelete"});
}
