/// \file
/// Lists and watches over what a store keeps, as objects or as text.

#include "kinds.hpp"

#include <berth/api/continue_token.hpp>
#include <berth/api/storage.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace yard;
using enum error_code;

TEST_CASE("pages of a list are of one moment") {
    auto d = desk();
    for (auto i = 0; i < 10; ++i) REQUIRE(api::create(d.server, make_boat("b" + std::to_string(i))));
    auto const moment = d.server.revision();
    auto o = api::list_options{.namespace_ = "bay",
                               .label_selector = {},
                               .field_selector = {},
                               .resource_version = {},
                               .resource_version_match = {},
                               .limit = 4,
                               .continue_token = {},
                               .send_initial_events = {}};
    auto seen = texts();
    for (auto pages = 0; pages < 3; ++pages) {
        auto const page = d.server.list(boat::resource, o);
        REQUIRE(page);
        CHECK(page->rev == moment);
        CHECK(page->continue_token.empty() == (pages == 2));
        if (pages < 2) CHECK(page->remaining == 6 - 4 * pages);
        for (auto const& n : names(*page)) seen.push_back(n);
        o.continue_token = page->continue_token;
        REQUIRE(api::create(d.server, make_boat("z" + std::to_string(pages))));
        REQUIRE(api::remove<boat>(d.server, {"bay", "b" + std::to_string(9 - pages)}));
    }
    CHECK(seen.size() == 10);
    CHECK(seen.back() == "b9");
    CHECK(d.server.list(boat::resource, {})->items.size() == 10);
}

TEST_CASE("a list is narrowed by namespace, labels and fields, page by page too") {
    auto d = desk();
    for (auto i = 0; i < 12; ++i) {
        auto b = make_boat("b" + std::to_string(10 + i), i % 2 == 0 ? "red" : "blue");
        b.metadata.labels["third"] = i % 3 == 0 ? "yes" : "no";
        if (i == 11) b.metadata.namespace_ = "baya";
        REQUIRE(api::create(d.server, b));
    }
    auto o = api::list_options{};
    o.namespace_ = "bay";
    CHECK(d.server.list(boat::resource, o)->items.size() == 11);
    o.label_selector = "third=yes";
    o.field_selector = "spec.color=red";
    CHECK(names(*d.server.list(boat::resource, o)) == texts{"b10", "b16"});
    o.limit = 1;
    auto const page = d.server.list(boat::resource, o);
    CHECK(names(*page) == texts{"b10"});
    CHECK_FALSE(page->remaining);
    o.continue_token = page->continue_token;
    CHECK(names(*d.server.list(boat::resource, o)) == texts{"b16"});
    auto one = api::list_options{};
    one.field_selector = "metadata.name=b21,metadata.namespace=baya";
    CHECK(names(*d.server.list(boat::resource, one)) == texts{"b21"});
    one.field_selector = "spec.wings=2";
    CHECK(d.server.list(boat::resource, one).error().code == bad_request);
}

TEST_CASE("a list may be of a moment that is past, until it is compacted away") {
    auto d = desk();
    auto const first = *api::create(d.server, make_boat("a"));
    REQUIRE(api::create(d.server, make_boat("b")));
    auto o = api::list_options{};
    o.resource_version = std::to_string(first.revision_of());
    o.resource_version_match = "Exact";
    CHECK(names(*d.server.list(boat::resource, o)) == texts{"a"});
    o.resource_version = "1000";
    CHECK(d.server.list(boat::resource, o).error().code == future_revision);
    CHECK(d.server.get(boat::resource, {"bay", "a"}, {"1000"}).error().code == future_revision);
    o.resource_version = std::to_string(first.revision_of());
    REQUIRE(d.objects.compact(d.server.revision()));
    CHECK(d.server.list(boat::resource, o).error().code == expired);
}

TEST_CASE("a watch tells every later change once and in order") {
    auto d = desk();
    REQUIRE(api::create(d.server, make_boat("old")));
    auto const from = d.server.list(boat::resource, {});
    auto o = api::watch_options{};
    o.namespace_ = "bay";
    o.resource_version = std::to_string(from->rev);
    auto w = d.server.watch(boat::resource, o);
    REQUIRE(w);
    REQUIRE(api::create(d.server, make_boat("new")));
    REQUIRE(api::update(d.server, make_boat("old", "blue"), 0));
    REQUIRE(api::remove<boat>(d.server, {"bay", "new"}));
    auto foreign = make_boat("foreign");
    foreign.metadata.namespace_ = "bayou";
    REQUIRE(api::create(d.server, foreign));
    CHECK(told(*w) == texts{"ADDED new", "MODIFIED old", "DELETED new"});
    CHECK(told(*w).empty());
}

TEST_CASE("a watch without a revision begins with what is there") {
    auto d = desk();
    REQUIRE(api::create(d.server, make_boat("a")));
    auto w = d.server.watch(boat::resource, {});
    REQUIRE(api::create(d.server, make_boat("b")));
    CHECK(told(*w) == texts{"ADDED a", "ADDED b"});
    auto o = api::watch_options{};
    o.send_initial_events = true;
    o.resource_version_match = "NotOlderThan";
    o.allow_bookmarks = true;
    auto s = d.server.watch(boat::resource, o);
    CHECK(told(*s) == texts{"ADDED a", "ADDED b", "BOOKMARK"});
    o.send_initial_events = false;
    auto none = d.server.watch(boat::resource, o);
    CHECK(told(*none).empty());
}

TEST_CASE("an object that begins or ceases to match is added or deleted for the watcher") {
    auto d = desk();
    REQUIRE(api::create(d.server, make_boat("a", "blue")));
    auto o = api::watch_options{};
    o.field_selector = "spec.color=red";
    auto w = d.server.watch(boat::resource, o);
    CHECK(told(*w).empty());
    REQUIRE(api::update(d.server, make_boat("a", "red"), 0));
    REQUIRE(api::update(d.server, make_boat("a", "red", 5), 0));
    auto const last = api::update(d.server, make_boat("a", "blue", 6), 0);
    REQUIRE(api::remove<boat>(d.server, {"bay", "a"}));
    CHECK((*w->next())->type == api::watch_event::kind::added);
    CHECK((*w->next())->type == api::watch_event::kind::modified);
    auto const gone = *w->next();
    CHECK(gone->type == api::watch_event::kind::deleted);
    CHECK(gone->object.object.as<boat>().spec.seats == 5);
    CHECK(gone->object.rev == last->revision_of());
    CHECK(told(*w).empty());
}

TEST_CASE("a deletion is copied for no watcher") {
    auto d = desk();
    auto const made = api::create(d.server, make_boat("a"));
    auto o = api::watch_options{};
    o.resource_version = std::to_string(made->revision_of());
    auto one = d.server.watch(boat::resource, o);
    auto other = d.server.watch(boat::resource, o);
    REQUIRE(api::remove<boat>(d.server, {"bay", "a"}));
    auto const first = *one->next();
    auto const second = *other->next();
    CHECK(first->type == api::watch_event::kind::deleted);
    CHECK(first->object.object.same(made->ref().object));
    CHECK(first->object.rev > made->revision_of());
    CHECK(first->object.object.same(second->object.object));
    CHECK(first->object.rev == second->object.rev);
    auto const rev = "\"resourceVersion\":\"" + std::to_string(first->object.rev) + "\"";
    CHECK(api::encode(first->object).find(rev) != std::string::npos);
}

TEST_CASE("a watch is woken by its own kind and namespace only") {
    auto d = desk();
    auto o = api::watch_options{};
    o.namespace_ = "bay";
    auto w = d.server.watch(boat::resource, o);
    auto calls = 0;
    w->on_wake({[](void* p) { ++*static_cast<int*>(p); }, &calls});
    CHECK(told(*w).empty());
    REQUIRE(store::put(d.objects, "/registry/elsewhere/bay/a", object::any_object()));
    CHECK(calls == 0);
    o.field_selector = "metadata.name=b";
    auto of_one = d.server.watch(boat::resource, o);
    auto calls_of_one = 0;
    of_one->on_wake({[](void* p) { ++*static_cast<int*>(p); }, &calls_of_one});
    CHECK(told(*of_one).empty());
    REQUIRE(api::create(d.server, make_boat("a")));
    CHECK(calls == 1);
    CHECK(told(*w) == texts{"ADDED a"});
    CHECK(calls_of_one == 0);
    w->on_wake({});
    REQUIRE(api::create(d.server, make_boat("b")));
    CHECK(calls == 1);
    CHECK(calls_of_one == 1);
    CHECK(told(*of_one) == texts{"ADDED b"});
}

TEST_CASE("a watch of a compacted or a coming revision is refused") {
    auto d = desk();
    auto const a = *api::create(d.server, make_boat("a"));
    for (auto i = 2; i < 6; ++i) REQUIRE(api::update(d.server, make_boat("a", "red", i), 0));
    REQUIRE(d.objects.compact(d.server.revision()));
    auto o = api::watch_options{};
    o.resource_version = std::to_string(a.revision_of());
    CHECK(d.server.watch(boat::resource, o).error().code == expired);
    o.resource_version = "1000";
    CHECK(d.server.watch(boat::resource, o).error().code == future_revision);
    o.resource_version = "soon";
    CHECK(d.server.watch(boat::resource, o).error().code == bad_request);
}

TEST_CASE("a continue token of a wider list shows nothing of other namespaces") {
    auto d = desk();
    for (auto const* ns : {"a", "b", "c"})
        for (auto const* n : {"x", "y"}) {
            auto boat = make_boat(n);
            boat.metadata.namespace_ = ns;
            REQUIRE(api::create(d.server, boat));
        }
    auto o = api::list_options{};
    o.limit = 1;
    o.continue_token = d.server.list(boat::resource, o)->continue_token;
    o.namespace_ = "b";
    o.limit = 0;
    auto const page = d.server.list(boat::resource, o);
    REQUIRE(page);
    CHECK(page->items.size() == 2);
    for (auto const& i : page->items) CHECK(i.object.metadata().namespace_ == "b");
    o.continue_token = api::continue_token{page->rev, "c/x"}.encode();
    CHECK(d.server.list(boat::resource, o)->items.empty());
}

TEST_CASE("a page of a moment that is compacted away says how to go on") {
    auto d = desk();
    for (auto const* n : {"a", "b", "c"}) REQUIRE(api::create(d.server, make_boat(n)));
    auto o = api::list_options{};
    o.limit = 1;
    o.continue_token = d.server.list(boat::resource, o)->continue_token;
    REQUIRE(api::create(d.server, make_boat("d")));
    REQUIRE(d.objects.compact(d.server.revision()));
    auto const late = d.server.list(boat::resource, o);
    REQUIRE_FALSE(late);
    CHECK(late.error().code == expired);
    o.continue_token = late.error().details.uid;
    o.limit = 0;
    CHECK(names(*d.server.list(boat::resource, o)) == texts{"b", "c", "d"});
}

TEST_CASE("a limit below zero is no limit") {
    auto d = desk();
    for (auto const* n : {"a", "b", "c"}) REQUIRE(api::create(d.server, make_boat(n)));
    auto o = api::list_options{};
    o.limit = -1;
    auto const page = d.server.list(boat::resource, o);
    CHECK(page->items.size() == 3);
    CHECK(page->continue_token.empty());
}

TEST_CASE("a store of text keeps documents, and answers as one of objects does") {
    auto d = basic_desk<std::string>();
    auto b = make_boat("red");
    b.spec.unknown.engage()["wings"].text = "2";
    auto const made = api::create(d.server, b);
    REQUIRE(made);
    auto const kept = store::get(d.objects, "/registry/test/boats/bay/red");
    REQUIRE(kept);
    CHECK(kept->value().starts_with(R"({"kind":"Boat","apiVersion":"test/v1","metadata":{"name":"red",)"));
    CHECK(kept->value().find("resourceVersion") == std::string::npos);
    auto const read = api::get<boat>(d.server, {"bay", "red"});
    REQUIRE(read);
    CHECK(read->ref() == made->ref());
    CHECK((*read)->spec.unknown->get("wings").text == "2");
    auto w = d.server.watch(boat::resource, {});
    auto next = **read;
    next.spec.seats = 5;
    auto const changed = api::update(d.server, next, read->revision_of());
    REQUIRE(changed);
    CHECK((*changed)->metadata.generation == 2);
    CHECK(api::update(d.server, next, read->revision_of()).error().code == conflict);
    CHECK(api::update(d.server, next, 0)->revision_of() == changed->revision_of());
    CHECK(names(*d.server.list(boat::resource, {})) == texts{"red"});
    CHECK(api::remove<boat>(d.server, {"bay", "red"})->gone);
    CHECK(told(*w) == texts{"ADDED red", "MODIFIED red", "DELETED red"});
}

TEST_CASE("a broken text in the store is an error and not a crash") {
    auto d = basic_desk<std::string>();
    for (auto const* bad : {"", "[]", "{", R"({"spec":{"seats":"x"}})"}) {
        REQUIRE(d.objects.put({.key = "/registry/test/boats/bay/bad", .value = bad}));
        CHECK(api::get<boat>(d.server, {"bay", "bad"}).error().code == internal);
        CHECK(d.server.list(boat::resource, {}).error().code == internal);
    }
}

TEST_CASE("objects are kept as documents that tell their kind", "[codec]") {
    auto const known = kinds();
    auto const codec = api::object_codec(known);
    auto b = make_boat("red");
    b.spec.seats = 3;
    auto const before = object::any_object(b);
    auto text = std::string();
    codec.encode(before, text);
    CHECK(text.starts_with(R"({"kind":"Boat","apiVersion":"test/v1","metadata":{"name":"red",)"));
    CHECK(codec.decode("/registry/test/boats/bay/red", text) == before);

    auto const winged = R"({"kind":"Boat","apiVersion":"test/v1","spec":{"color":"red","wings":2}})";
    text.clear();
    codec.encode(*codec.decode("key", winged), text);
    CHECK(text.find(R"("wings":2)") != std::string::npos);

    auto nothing = std::string();
    codec.encode(object::any_object(), nothing);
    CHECK(nothing.empty());
    CHECK(!*codec.decode("key", nothing));

    auto const refusal = [&](std::string_view bytes) {
        return codec.decode("the/key", bytes).error().message;
    };
    CHECK(refusal("not json") == "a stored the/key: it is not JSON");
    CHECK(refusal("[]") == "a stored the/key: it is not JSON");
    CHECK(refusal(R"({"kind":"Kite","apiVersion":"test/v1"})") ==
          R"(a stored the/key: no kind "Kite" is registered for "test/v1")");
    CHECK(refusal(R"({"kind":5})") == R"(a stored the/key: no kind "" is registered for "")");
    CHECK(codec.decode("the/key", R"({"kind":"Boat","apiVersion":"test/v1","spec":{"seats":"x"}})")
              .error()
              .code == internal);
}
