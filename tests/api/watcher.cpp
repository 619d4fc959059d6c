/// \file
/// An open watch: a store's events as changes of what was selected.

#include "kinds.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/watcher.hpp>

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>

using namespace yard;
using event_kind = api::watch_event::kind;

namespace {

/// A store with a watch of its red boats.
struct scene {
    api::memory_store objects{{.whole_changes = 0}};
    api::object_store all = api::objects_in(objects, kinds());
    std::shared_ptr<api::kind const> boats = std::make_shared<api::kind const>(boat_kind());
    api::watcher red{boats, api::selection::parse(*boats, "", "spec.color=red").value(),
                     all.watch({.key = "a", .range_end = "z", .want_previous = true}).value()};

    auto put(std::string const& name, std::string const& color) -> object::revision {
        return store::put(objects, name, object::any_object(make_boat(name, color)))->revision;
    }
    auto expect(event_kind type, object::revision at) -> api::watch_event {
        auto e = red.next();
        REQUIRE(e);
        REQUIRE(*e);
        CHECK((*e)->type == type);
        CHECK((*e)->object.rev == at);
        return **std::move(e);
    }
    auto is_silent() -> bool { return !red.next().value(); }
};

} // namespace

TEST_CASE("an object that begins to match is added, one that ceases to is deleted") {
    auto s = scene();
    s.put("b", "blue");
    CHECK(s.is_silent());
    s.expect(event_kind::added, s.put("b", "red"));
    auto const changed = s.expect(event_kind::modified, s.put("b", "red"));
    CHECK(changed.previous.as<boat>().spec.color == "red");
    auto const gone = s.expect(event_kind::deleted, s.put("b", "blue"));
    CHECK(gone.object.object.as<boat>().spec.color == "red"); // its last matching state
    CHECK(gone.previous.as<boat>().spec.color == "red");
    REQUIRE(store::erase(s.objects, "b"));
    CHECK(s.is_silent());
}

TEST_CASE("a deletion tells the last state at its own revision") {
    auto s = scene();
    s.expect(event_kind::added, s.put("b", "red"));
    auto const at = store::erase(s.objects, "b")->revision;
    CHECK(s.expect(event_kind::deleted, at).object.object.as<boat>().metadata.name == "b");
}

TEST_CASE("what was there comes first, then that this was all, then what happens") {
    auto s = scene();
    auto const at = s.put("b", "red");
    s.red.begin_with({object::any_object(make_boat("a", "red")), 1});
    s.red.end_of_initial(1);
    CHECK(s.expect(event_kind::added, 1).object.object.metadata().name == "a");
    auto const mark = s.expect(event_kind::bookmark, 1);
    CHECK(mark.initial_events_end);
    CHECK_FALSE(mark.object);
    s.expect(event_kind::added, at);
    CHECK(s.is_silent());
}

TEST_CASE("progress does not run ahead of what was told") {
    auto s = scene();
    auto const first = s.put("b", "red");
    auto const second = s.put("c", "red");
    auto const third = s.put("d", "blue");
    CHECK(s.red.progress() < first);
    s.expect(event_kind::added, first);
    CHECK(s.red.progress() == second - 1);
    s.expect(event_kind::added, second);
    CHECK(s.red.progress() == third); // what nobody selected is passed over
}

TEST_CASE("who waits is woken by a change, and at once if something is waiting to be told") {
    auto s = scene();
    auto calls = 0;
    auto const w = waker{[](void* p) { ++*static_cast<int*>(p); }, &calls};
    CHECK(s.is_silent());
    s.red.on_wake(w);
    CHECK(calls == 0);
    s.put("b", "red");
    CHECK(calls == 1);
    s.expect(event_kind::added, 2);
    CHECK(s.is_silent());
    s.red.on_wake({});
    s.red.end_of_initial(2);
    calls = 0;
    s.red.on_wake(w);
    CHECK(calls == 1);
    s.red.on_wake({}); // an empty waker is called in vain
    CHECK(calls == 1);
}

TEST_CASE("an object of another kind is an error, and so is a history that is gone") {
    auto s = scene();
    REQUIRE(store::put(s.objects, "f", object::any_object(make_ferry("f"))));
    CHECK(s.red.next().error().code == error_code::internal);
    auto t = scene();
    t.put("b", "red");
    auto const at = t.put("b", "red");
    REQUIRE(t.objects.compact(at));
    CHECK(t.red.next().error().code == error_code::expired);
}
