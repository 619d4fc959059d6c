/// \file
/// What an object should own against what it owns.

#include "things.hpp"

#include <berth/reconcile/children.hpp>
#include <berth/reconcile/ownership.hpp>

#include <catch2/catch_test_macros.hpp>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/transform.hpp>

#include <ranges>

using namespace things;
using reconcile::changing;
using reconcile::world;

namespace {

auto const web = make_group("web", 0);

/// An item as its owner would want it.
auto wanted(std::string name, std::string color = "red") -> item {
    auto i = item();
    i.metadata.name = std::move(name);
    i.color = std::move(color);
    return i;
}
/// The same as it is made.
auto made(std::string name, std::string color = "red") -> item {
    auto i = wanted(std::move(name), std::move(color));
    i.metadata.namespace_ = "default";
    i.metadata.owner_references.push_back(reconcile::controlled_by(web));
    return i;
}

/// The steps of a plan in words.
auto words(plan const& p) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& s : p.steps) out.push_back(to_string(s));
    return out;
}
auto planned(world const& w, std::vector<item> const& items, reconcile::children_options how = {}) {
    auto const view = w.at({});
    return words(reconcile::children(view, view.get<group>("default", "web"), items, how));
}

using steps = std::vector<std::string>;

auto const items = std::vector<item>{wanted("c", "blue"), wanted("a"), wanted("b", "blue"), wanted("d")};
/// `a` is as it should be, `b` and `c` are not, `d` is missing, `x` and `y` are too many.
auto const mixed = world(web, make_item("y", &web), make_item("c", &web), make_item("b", &web),
                         make_item("x", &web), make_item("a", &web), make_item("stranger"));

} // namespace

TEST_CASE("what is missing is made, what is too many goes, what differs is changed, in the order of keys") {
    CHECK(planned(mixed, items) == steps{"create items default/d", "delete items default/x",
                                         "delete items default/y", "update items default/b",
                                         "update items default/c"});
    CHECK(planned(mixed, items, {.change = changing::leave, .keep_surplus = true}) ==
          steps{"create items default/d"});
    CHECK(planned(mixed, items, {.change = changing::replace, .keep_surplus = true}) ==
          steps{"create items default/d", "delete items default/b", "delete items default/c"});
}

TEST_CASE("a child is made in the owner's namespace, with a reference to it, and changed in what is wanted") {
    auto const view = mixed.at({});
    auto const g = view.get<group>("default", "web");
    auto labelled = wanted("a");
    labelled.metadata.labels["tier"] = "front";
    auto const p =
        reconcile::children(view, g, std::vector<item>{wanted("d"), labelled}, {.keep_surplus = true});
    auto changed = *view.get<item>("default", "a");
    changed.metadata.labels["tier"] = "front";
    CHECK(p == plan().create(made("d")).update(view.get<item>("default", "a"), changed));
}

TEST_CASE("children are replaced one at a time only while all others are there") {
    auto const one = reconcile::children_options{.change = changing::replace_one};
    CHECK(planned(mixed, items, one) ==
          steps{"create items default/d", "delete items default/x", "delete items default/y"});
    auto const all = world(web, make_item("a", &web), make_item("b", &web));
    CHECK(planned(all, {wanted("a", "blue"), wanted("b", "blue")}, one) == steps{"delete items default/a"});
    auto leaving = make_item("a", &web);
    leaving.metadata.deletion_timestamp = object::timestamp(time_point::from_unix_seconds(1));
    auto const waiting = world(web, leaving, make_item("b", &web));
    CHECK(planned(waiting, {wanted("a", "blue"), wanted("b", "blue")}, one).empty());
}

TEST_CASE("a name that somebody else has is left alone, and told apart") {
    auto const view = mixed.at({});
    auto const g = view.get<group>("default", "web");
    auto const found = reconcile::compare_children(view, g, std::vector<item>{wanted("stranger")});
    CHECK(found.missing.empty());
    REQUIRE(found.taken.size() == 1);
    CHECK(found.taken[0]->metadata().name == "stranger");
    CHECK(found.surplus.size() == 5);
}

TEST_CASE("an owner that is being deleted gets no children, and loses them only if its controller says so") {
    auto going = web;
    going.metadata.deletion_timestamp = object::timestamp(time_point::from_unix_seconds(1));
    auto const w = world(going, make_item("a", &web));
    CHECK(planned(w, items).empty());
    CHECK(planned(w, items, {.clean_up = true}) == steps{"delete items default/a"});
}

TEST_CASE("a kind that is not followed is asked for, so that the loop can tell") {
    auto const w = world(web);
    auto const view = w.at({});
    CHECK(reconcile::children(view, view.get<group>("default", "web"), items).empty());
    CHECK(view.undeclared() != nullptr);
}

TEST_CASE("objects are a view, to the standard library and to range-v3") {
    STATIC_REQUIRE(std::ranges::view<reconcile::objects<item>>);
    STATIC_REQUIRE(std::ranges::forward_range<reconcile::objects<void>>);
    STATIC_REQUIRE(ranges::view_<reconcile::objects<item>>);
    STATIC_REQUIRE(ranges::forward_range<reconcile::objects<void>>);
    auto const view = mixed.at({});
    auto const late = [](auto i) { return i->metadata.name > "b"; };
    auto const name = [](auto i) { return i->metadata.name; };
    auto const g = view.get<group>("default", "web");
    auto by_range_v3 = steps();
    for (auto n : view.owned_by<item>(g) | ranges::views::filter(late) | ranges::views::transform(name))
        by_range_v3.push_back(n);
    auto by_standard = steps();
    for (auto n : view.owned_by<item>(g) | std::views::filter(late) | std::views::transform(name))
        by_standard.push_back(n);
    CHECK(by_range_v3 == steps{"y", "c", "x"});
    CHECK(by_standard == by_range_v3);
}
