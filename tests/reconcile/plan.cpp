/// \file
/// Plans as values.

#include "things.hpp"

#include <berth/reconcile/world.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace things;
using reconcile::note;
using reconcile::world;

TEST_CASE("a controller's plan is a value that a test compares with another") {
    auto const g = make_group("web", 2);
    auto const kept = make_item("web-1", &g);
    auto const w = world(g, kept);
    auto const now = w.at({});
    auto counted = g;
    counted.status.count = 1;
    auto expected = plan();
    expected.update_status(now.get<group>({"default", "web"}), counted).create(group_controller::new_item(g));
    CHECK(group_controller().reconcile(now, {"default", "web"}) == expected);
    expected.look_again(seconds(1));
    CHECK_FALSE(group_controller().reconcile(now, {"default", "web"}) == expected);
}

TEST_CASE("a step carries the revision that it was decided from") {
    auto w = world();
    auto const g = w.add(make_group("web", 2));
    auto bigger = *g;
    bigger.spec.size = 3;
    auto const p = plan().update(g, bigger).remove(g).remove(g, {.grace_seconds = 5, .any_revision = true});
    CHECK(std::get<reconcile::update_step>(p.steps[0]).based_on == g.revision_of());
    CHECK(std::get<reconcile::remove_step>(p.steps[1]).based_on == g.revision_of());
    CHECK(std::get<reconcile::remove_step>(p.steps[1]).target.uid == "uid-of-web");
    CHECK(std::get<reconcile::remove_step>(p.steps[2]).based_on == 0);
    CHECK(std::get<reconcile::remove_step>(p.steps[2]).grace_seconds == 5);
}

TEST_CASE("an update that changes nothing is no step") {
    auto w = world();
    auto const g = w.add(make_group("web", 2));
    CHECK(plan().update(g, *g).update_status(g, *g).empty());
}

TEST_CASE("the soonest wish to look again counts") {
    CHECK(plan().look_again(seconds(5)).look_again(seconds(2)).look_again(seconds(9)).again_after ==
          seconds(2));
    CHECK(plan().look_again(seconds(5)).empty());
}

TEST_CASE("steps can be told in words") {
    auto w = world();
    auto const g = w.add(make_group("web", 2));
    auto bigger = *g;
    bigger.spec.size = 3;
    auto p = plan();
    p.create(group_controller::new_item(*g))
        .update_status(g, bigger)
        .patch(g, "{}", {.subresource = "scale"});
    p.remove(g)
        .act(reconcile::reference(g.ref().object), "eviction", g.ref().object)
        .tell(g, "Grown", "to 3");
    auto words = std::string();
    for (auto const& s : p.steps) words += to_string(s) + "\n";
    CHECK(words ==
          "create items default/web-\nupdate groups/status default/web\npatch groups/scale default/web\n"
          "delete groups default/web\ncreate groups/eviction default/web\nnote Grown: to 3\n");
    CHECK(reconcile::resource_of(p.steps[0]) == &item::resource);
    CHECK(reconcile::resource_of(p.steps.back()) == nullptr);
}

TEST_CASE("what is applied, required and given up is part of the value") {
    auto const i = make_item("a");
    auto p = plan();
    p.apply(i, {.manager = "me"}).require_absent({item::resource, {"default", "b"}});
    REQUIRE(p.steps.size() == 2);
    auto const& a = std::get<reconcile::apply_step>(p.steps[0]);
    CHECK(a.body == R"({"kind":"Item","apiVersion":"test/v1","metadata":{"name":"a","namespace":"default",)"
                    R"("uid":"uid-of-a"},"color":"red"})");
    CHECK(a.manager == "me");
    CHECK(a.force);
    CHECK(to_string(p.steps[0]) == "apply items default/a");
    CHECK(to_string(p.steps[1]) == "require no items default/b");
    CHECK(reconcile::resource_of(p.steps[1]) == nullptr);
    CHECK(plan().retry("x") != plan());
    CHECK(plan().retry("x") != plan().give_up("x"));
    CHECK(plan().give_up("y").retry("x") == plan().retry("x"));
    CHECK(plan().give_up("x").empty());
}
