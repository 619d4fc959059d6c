/// \file
/// Worlds and views of them: what is not followed or not declared is told apart from what is not there.

#include "things.hpp"

#include <berth/reconcile/world.hpp>

#include <catch2/catch_test_macros.hpp>

#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

using namespace things;
using reconcile::world;

namespace {

constexpr auto now = time_point::from_unix_seconds(1'000);

} // namespace

TEST_CASE("a world of values counts their revisions, and has a table for each kind") {
    auto w = world(make_group("g", 1), make_item("a"), make_item("b"));
    CHECK(w.revision() == 3);
    CHECK(w.tables().size() == 2);
    CHECK(w.find(object::type_of<item>())->size() == 2);
    CHECK(w.find(item::resource) == w.find(object::type_of<item>()));
    auto const changed = w.add(make_item("a", nullptr, "blue"));
    CHECK(changed.revision_of() == 4);
    CHECK(w.at(now).get<item>({"default", "a"})->color == "blue");
    CHECK(w.find(object::type_of<item>())->size() == 2);
    CHECK(w.advance() == 5);
}

TEST_CASE("tables keep their place when others come") {
    auto w = world();
    CHECK(w.find(object::type_of<group>()) == nullptr);
    auto& first = w.follow<group>();
    w.follow<item>();
    CHECK(&w.follow<group>() == &first);
    CHECK(w.find(object::type_of<group>()) == &first);
}

TEST_CASE("a view finds objects by name, namespace and owner") {
    auto const g = make_group("g", 1);
    auto const w = world(g, make_item("a", &g), make_item("b"));
    auto const view = w.at(now);
    CHECK(view.now() == now);
    CHECK(view.get<item>("default", "a"));
    CHECK_FALSE(view.get<item>("other", "a"));
    CHECK(view.all<item>().size() == 2);
    CHECK(view.all_in<item>("default").size() == 2);
    CHECK(view.all_in<item>("other").empty());
    CHECK(view.owned_by<item>(view.get<group>("default", "g")).size() == 1);
    CHECK(view.undeclared() == nullptr);
    CHECK(view.undeclared_index().empty());
}

TEST_CASE("what nobody follows reads as empty, and the view says that it was asked for") {
    auto const w = world(make_item("a"));
    auto const view = w.at(now);
    CHECK(view.all<group>().empty());
    REQUIRE(view.undeclared() != nullptr);
    CHECK(*view.undeclared() == group::resource);
    auto const other = w.at(now);
    CHECK(other.where<item>("no-such-index", "x").empty());
    CHECK(other.undeclared_index() == "no-such-index");
    CHECK(other.undeclared() == nullptr);
}

TEST_CASE("a view that is restricted shows the declared kinds only") {
    auto const w = world(make_group("g", 1), make_item("a"));
    auto const declared = std::vector<object::type_info const*>{&object::type_of<group>()};
    auto view = w.at(now);
    view.restrict_to(declared);
    CHECK(view.get<group>("default", "g"));
    CHECK(view.undeclared() == nullptr);
    CHECK_FALSE(view.get<item>("default", "a"));
    REQUIRE(view.undeclared() != nullptr);
    CHECK(*view.undeclared() == item::resource);
}

TEST_CASE("a view stays as it was while the world goes on") {
    auto w = world(make_group("g", 1), make_item("a"));
    auto const before = w.at(now);
    auto const a = before.get<item>("default", "a");
    CHECK(before.get<item>("default", "b").get() == nullptr);
    w.add(make_item("b"));
    w.add(make_item("a", nullptr, "blue"));
    auto const between = w.at(now);
    w.find(object::type_of<item>())->erase("default", "a");
    w.find(object::type_of<item>())->add_index(reconcile::index_of<item>("color", [](item const& i) {
        return i.color;
    }));
    CHECK(before.all<item>().size() == 1);
    CHECK(a->color != "blue");
    CHECK(before.all_in<item>("default").size() == 1);
    CHECK(between.all<item>().size() == 2);
    CHECK(between.get<item>("default", "a")->color == "blue");
    CHECK(between.where<item>("color", "blue").empty());
    CHECK(between.undeclared_index() == "color");
    auto const after = w.at(now);
    CHECK(after.all<item>().size() == 1);
    CHECK_FALSE(after.get<item>("default", "a"));
    CHECK(after.where<item>("color", "blue").empty());
    CHECK(after.undeclared_index().empty());
    CHECK(before.get<group>("default", "g").get() == after.get<group>("default", "g").get());
}

TEST_CASE("a view needs the lock only to be taken") {
    auto const w = world(make_item("a"));
    auto const elsewhere = [](auto what) { // a thread may not ask for what it holds
        auto out = false;
        std::jthread([&] { out = what(); }).join();
        return out;
    };
    auto const view = w.at(now);
    auto const again = view; // a value
    CHECK(elsewhere([&] {
        auto const lock = std::unique_lock(w.mutex(), std::try_to_lock);
        return lock.owns_lock();
    }));
    CHECK(elsewhere([&] { return w.at(now).all<item>().size() == 1; }));
    CHECK(again.all<item>().size() == 1);
}

TEST_CASE("what nobody looks at any more is written where it is") {
    auto w = world(make_item("a"));
    auto const& t = *w.find(object::type_of<item>());
    auto const* const where = t.find("default", "a");
    static_cast<void>(w.at(now));
    w.forget_view();
    w.add(make_item("a", nullptr, "blue"));
    CHECK(t.find("default", "a") == where);
    auto const view = w.at(now);
    w.forget_view();
    w.add(make_item("a", nullptr, "red"));
    CHECK(t.find("default", "a") != where);
    CHECK(view.get<item>("default", "a")->color == "blue");
}
