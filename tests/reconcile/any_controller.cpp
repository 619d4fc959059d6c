/// \file
/// Controllers, erased: what they are is known, and they answer as before.

#include "things.hpp"

#include <berth/reconcile/any_controller.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace things;
using reconcile::any_controller;

namespace {

/// Has all that a controller can have.
struct everything {
    static constexpr std::string_view name = "everything";
    using reconciles = group;
    using watches = reconcile::kinds<item>;
    using memory = int;

    static auto indexes() -> std::vector<reconcile::index> {
        return {reconcile::index_of<item>("color", [](item const& i) { return i.color; })};
    }
    auto keys_for(snapshot const&, item const& i) const -> std::vector<key> { return {{"default", i.color}}; }
    auto matters(item const& before, item const& after) const -> bool { return before.color != after.color; }
    auto matters(snapshot const&, group const& g) const -> bool { return g.spec.size > 0; }
    auto reconcile(snapshot const&, key const& k, int seen) const -> reconcile::decision<int> {
        auto p = plan();
        p.look_again(seconds(static_cast<std::int64_t>(k.name.size())));
        return {std::move(p), (seen + 1) % 3};
    }
};

} // namespace

TEST_CASE("an erased controller says what it is") {
    auto const c = any_controller(group_controller());
    CHECK(c.name() == "group");
    CHECK(&c.reconciled() == &object::type_of<group>());
    CHECK(c.seen() == std::vector{&object::type_of<group>(), &object::type_of<item>()});
    CHECK(c.written() == c.seen());
    CHECK(c.indexes().empty());
    REQUIRE(c.heard().size() == 2);
    CHECK(c.heard()[1].as == reconcile::detail::role::owned);
    CHECK(c.get_if<group_controller>() != nullptr);
    CHECK(c.get_if<everything>() == nullptr);
}

TEST_CASE("an erased controller answers as it did, and its memory goes with it") {
    auto const w = reconcile::world(make_group("web", 2));
    auto const view = w.at({});
    auto const k = key{"default", "web"};
    CHECK(any_controller(group_controller()).reconcile(view, k).plan ==
          group_controller().reconcile(view, k));

    auto const held = everything();
    auto const c = any_controller::of(held);
    CHECK(c.get_if<everything>() == &held);
    auto const first = c.reconcile(view, k);
    CHECK(first.plan.again_after == seconds(3));
    auto const second = c.reconcile(view, k, first.memory);
    CHECK_FALSE(c.same(first.memory, second.memory));
    CHECK(c.same(first.memory, c.reconcile(view, k).memory));
    CHECK(c.reconcile(view, k, second.memory).memory == nullptr); // the third is as at first
    auto const red = object::any_object(make_item("i"));
    auto const blue = object::any_object(make_item("i", nullptr, "blue"));
    REQUIRE(c.heard().size() == 2);
    CHECK(c.keys_for(c.heard()[1], view, red) == std::vector<key>{{"default", "red"}});
    CHECK(c.keys_for(c.heard()[0], view, w.tables()[0].find(k)->object).empty());
    CHECK(c.matters(c.heard()[1], red, blue));
    CHECK_FALSE(c.matters(c.heard()[1], red, red));
    CHECK(c.matters(c.heard()[0], view, object::any_object(make_group("web", 1))));
    CHECK_FALSE(c.matters(c.heard()[0], view, object::any_object(make_group("web", 0))));
    CHECK(c.matters(c.heard()[1], view, red)); // of items it does not say
    CHECK(c.indexes().size() == 1);
}
