/// \file
/// Who controls what.

#include "../vocabulary.hpp"

#include <berth/kube/control/ownership.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("orphans that match are taken in, and what does not match any more is let go") {
    auto const owner = make_replica_set("web", 2);
    auto w = world_of(owner, make_pod("mine").label("app", "web").owned_by(owner),
                      make_pod("lost").label("app", "other").owned_by(owner),
                      make_pod("orphan").label("app", "web"), make_pod("strange").label("app", "other"));
    w.follow(object::type_of<kube::pod>()).add_index(kube::orphan_index<kube::pod>());
    auto const selector = *object::to_selector(owner.done().spec.selector);
    auto plan = reconcile::plan();
    auto const mine = kube::claim<kube::pod>(w.at(new_year), owner.done(), selector, plan);
    auto names = std::vector<std::string>();
    for (auto const& p : mine) names.push_back(p->metadata.name);
    CHECK(names == std::vector<std::string>{"mine", "orphan"});
    REQUIRE(plan.steps.size() == 2);
    auto const owners = [&](std::size_t i) {
        return std::get<reconcile::update_step>(plan.steps[i])
            .object.as<kube::pod>()
            .metadata.owner_references;
    };
    CHECK(owners(0).empty());
    CHECK(owners(1).size() == 1);
}

TEST_CASE("an owner that goes away takes nothing in and lets nothing go") {
    auto const owner = make_replica_set("web", 2).deleting();
    auto w = world_of(owner, make_pod("lost").label("app", "other").owned_by(owner),
                      make_pod("orphan").label("app", "web"));
    w.follow(object::type_of<kube::pod>()).add_index(kube::orphan_index<kube::pod>());
    auto plan = reconcile::plan();
    auto const selector = *object::to_selector(owner.done().spec.selector);
    CHECK(kube::claim<kube::pod>(w.at(new_year), owner.done(), selector, plan).empty());
    CHECK(plan.steps.empty());
}
