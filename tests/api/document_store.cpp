/// \file
/// Stores of JSON documents, seen as stores of objects.

#include "kinds.hpp"

#include <berth/api/document_store.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace yard;
using api::document_store;
using text_store = store::memory<std::string>;
using object_type = object::any_object;
using object_put = store::put_request<object_type>;
using object_txn = store::txn<object_type>;

namespace {

auto red(std::string name) -> object_type { return object_type(make_boat(std::move(name), "red")); }
auto blue(std::string name) -> object_type { return object_type(make_boat(std::move(name), "blue")); }
auto color(store::key_value<object_type> const& kv) -> std::string {
    return kv && kv.value() ? kv.value().as<boat>().spec.color : "none";
}

struct scene {
    text_store texts{};
    document_store<text_store> objects{texts, kinds()};
};

} // namespace

TEST_CASE("a store of documents is a store") {
    STATIC_REQUIRE(store::versioned_store<document_store<text_store>>);
}

TEST_CASE("objects are kept as documents, under the same revisions and leases") {
    auto s = scene();
    REQUIRE(s.objects.grant({.ttl = 60, .id = 7}));
    REQUIRE(store::put(s.objects, object_put{.key = "a", .value = red("a"), .lease = 7}));
    auto const text = store::get(s.texts, "a").value();
    CHECK(text.value().starts_with(R"({"kind":"Boat","apiVersion":"test/v1")"));
    auto const read = store::get(s.objects, "a").value();
    CHECK(color(read) == "red");
    CHECK(read.mod_revision() == text.mod_revision());
    CHECK(read.version() == text.version());
    CHECK(read.lease() == 7);
    CHECK(s.objects.revision() == s.texts.revision());
    CHECK_FALSE(store::get(s.objects, "none").value());
    CHECK(s.objects.leases() == std::vector<store::lease_id>{7});
    CHECK(s.objects.time_to_live(7, true)->keys == std::vector<std::string>{"a"});
    REQUIRE(s.objects.revoke(7));
    CHECK_FALSE(store::get(s.objects, "a").value());
}

TEST_CASE("keys without their values, and counts, need no documents") {
    auto s = scene();
    REQUIRE(store::put(s.objects, "a", red("a")));
    REQUIRE(store::put(s.texts, "b", "no document"));
    auto const keys = s.objects.range({.key = "a", .range_end = "z", .keys_only = true});
    REQUIRE(keys);
    REQUIRE(keys->kvs.size() == 2);
    CHECK(keys->kvs[1].key() == "b");
    CHECK_FALSE(keys->kvs[0].value());
    CHECK(s.objects.range({.key = "a", .range_end = "z", .count_only = true})->count == 2);
    auto const done = s.objects.commit(std::vector<object_txn>{
        {.then = {object_txn{.then = {store::range_request{.key = "a", .keys_only = true}}}}}});
    REQUIRE(done.front());
    CHECK(done.front()->replies[0].nested().replies[0].range().kvs[0].version() == 1);
}

TEST_CASE("a transaction compares, writes and answers objects, however it nests") {
    auto s = scene();
    REQUIRE(store::put(s.objects, "a", red("a")));
    REQUIRE(store::put(s.objects, "c", blue("c")));
    auto const same =
        store::compare<object_type>{.key = "a", .target = store::compare_target::value, .value = red("a")};
    auto other = same;
    other.value = blue("a");
    auto const inner =
        object_txn{.when = {other}, .then = {}, .otherwise = {object_put{.key = "b", .value = blue("b")}}};
    auto const batch =
        std::vector<object_txn>{{.when = {same},
                                 .then = {object_put{.key = "a", .value = blue("a"), .want_previous = true},
                                          inner, store::range_request{.key = "a", .range_end = "z"},
                                          store::erase_request{.key = "c", .want_previous = true}}},
                                {.then = {object_put{.key = ""}}}};
    auto const done = s.objects.commit(batch);
    REQUIRE(done.size() == 2);
    REQUIRE(done[0]);
    CHECK(done[0]->succeeded);
    REQUIRE(done[0]->replies.size() == 4);
    CHECK(color(done[0]->replies[0].put().previous) == "red");
    CHECK_FALSE(done[0]->replies[1].nested().succeeded);
    CHECK(done[0]->replies[2].range().kvs.size() == 3);
    CHECK(color(done[0]->replies[3].erase().previous.front()) == "blue");
    CHECK(done[1].error().code == error_code::bad_request);
    REQUIRE(store::put(s.objects, object_put{.key = "a", .ignore_value = true}));
    CHECK(color(store::get(s.objects, "a").value()) == "blue");
}

TEST_CASE("a watch tells documents as objects, and deletions by their keys") {
    auto s = scene();
    REQUIRE(store::put(s.objects, "a", red("a")));
    auto w = s.objects.watch({.key = "a", .start = 2, .want_previous = true}).value();
    REQUIRE(store::put(s.objects, "a", blue("a")));
    REQUIRE(store::erase(s.objects, "a"));
    auto const events = w.next().value();
    REQUIRE(events.size() == 3);
    CHECK(color(events[0].kv) == "red");
    CHECK_FALSE(events[0].previous);
    CHECK(color(events[1].previous) == "red");
    CHECK(events[2].type == store::event_type::erase);
    CHECK(events[2].kv.key() == "a");
    CHECK_FALSE(events[2].kv.value());
    CHECK(color(events[2].previous) == "blue");
    CHECK(w.progress() == s.objects.revision());
    CHECK(w.next()->empty());
}

TEST_CASE("a text that is no document is an error where it is read, and only there") {
    auto s = scene();
    REQUIRE(store::put(s.objects, "a", red("a")));
    for (auto const* text : {"no document", "", "{}"}) {
        CAPTURE(text);
        auto w = s.objects.watch({.key = "b"}).value();
        REQUIRE(store::put(s.texts, "b", text));
        CHECK(store::get(s.objects, "b").error().code == error_code::internal);
        CHECK(store::get(s.objects, "b").error().message.starts_with("a stored b: "));
        CHECK(s.objects.range({.key = "a", .range_end = "z"}).error().code == error_code::internal);
        CHECK(w.next().error().code == error_code::internal);
        CHECK(color(store::get(s.objects, "a").value()) == "red");
    }
}
