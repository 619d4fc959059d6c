/// \file
/// What every client can do because it commits batches: single writes, collections, and the other way round.

#include "kinds.hpp"

#include <berth/api/client.hpp>

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <string>
#include <variant>
#include <vector>

using namespace yard;

namespace {

auto ref(std::string const& name, object::revision at = 5) -> object::object_ref {
    return {object::any_object(make_boat(name)), at};
}

/// Notes what it is told, and answers as it is told to.
struct scribe : api::single_writes<scribe> {
    struct watch_type {
        auto next() -> result<std::optional<api::watch_event>> { return std::nullopt; }
        auto on_wake(waker) -> void {}
    };

    std::vector<api::write> told{};
    std::vector<result<api::written>> answers{}; ///< of the next batch
    result<api::object_list> listed{};
    wake_signal news{};

    auto get(object::resource_name const&, object::key const&, api::get_options const&)
        -> result<object::object_ref> {
        return ref("got");
    }
    auto list(object::resource_name const&, api::list_options const&) -> result<api::object_list> {
        return listed;
    }
    auto watch(object::resource_name const&, api::watch_options const&) -> result<watch_type> { return {}; }
    auto commit(std::span<api::write const> batch) -> std::vector<result<api::written>> {
        told.insert(told.end(), batch.begin(), batch.end());
        return answers;
    }
    auto changed() -> wake_signal& { return news; }
};
static_assert(api::client<scribe>);

/// Only knows single writes.
struct simple {
    std::string log{};
    auto create(object::any_object const& x, api::create_options const&) -> result<object::object_ref> {
        log += "create " + x.metadata().name + ";";
        return ref("created");
    }
    auto update(object::any_object const& x, api::update_options const&) -> result<object::object_ref> {
        log += "update " + x.metadata().name + ";";
        return fail(error_code::conflict, "changed meanwhile");
    }
    auto patch(object::resource_name const&, object::key const& k, api::patch const& p,
               api::patch_options const&) -> result<object::object_ref> {
        log += "patch " + k.name + " " + p.body + ";";
        return ref("patched");
    }
    auto remove(object::resource_name const&, object::key const& k, api::delete_options const&)
        -> result<api::deletion> {
        log += "remove " + k.name + ";";
        return api::deletion{true, ref(k.name)};
    }
    auto act(object::resource_name const&, object::key const& k, std::string_view what,
             object::any_object const&, api::create_options const&) -> result<object::object_ref> {
        log += std::string(what) + " " + k.name + ";";
        return object::object_ref();
    }
};

} // namespace

TEST_CASE("a single write is a batch of one") {
    auto c = scribe();
    c.answers = {api::written{.object = ref("a", 7), .created = true}};
    auto o = api::create_options();
    o.field_manager = "me";
    auto const made = api::create(c, make_boat("a"), o);
    REQUIRE(made);
    CHECK(made->revision_of() == 7);
    REQUIRE(api::update(c, make_boat("a"), 7, "status"));
    REQUIRE(c.patch(boat::resource, {"bay", "a"}, {api::patch_type::json, "[]"}, {}));
    REQUIRE(c.act(boat::resource, {"bay", "a"}, "mooring", {}, {}));
    REQUIRE(api::apply(c, boat::resource, {"bay", "a"}, "{}"));
    REQUIRE(c.told.size() == 5);
    CHECK(std::get<api::create_request>(c.told[0]).options.field_manager == "me");
    auto const& update = std::get<api::update_request>(c.told[1]);
    CHECK(update.options.expected == 7);
    CHECK(update.options.subresource == "status");
    CHECK(std::get<api::patch_request>(c.told[2]).patch.type == api::patch_type::json);
    CHECK(std::get<api::act_request>(c.told[3]).subresource == "mooring");
    CHECK(std::get<api::apply_request>(c.told[4]).body == "{}");
}

TEST_CASE("errors of a write pass through whole") {
    auto c = scribe();
    auto why = error{error_code::invalid, "no", {}};
    why.details.name = "a";
    c.answers = {std::unexpected(why)};
    CHECK(api::create(c, make_boat("a")).error() == why);
    CHECK(api::remove<boat>(c, {"bay", "a"}).error() == why);
}

TEST_CASE("a deletion tells whether the object is gone") {
    auto c = scribe();
    for (auto const gone : {true, false}) {
        c.answers = {api::written{.object = ref("a"), .gone = gone}};
        auto const done = api::remove<boat>(c, {"bay", "a"});
        REQUIRE(done);
        CHECK(done->gone == gone);
        CHECK(done->object.object.metadata().name == "a");
    }
}

TEST_CASE("a collection is deleted in one batch, and who vanished meanwhile does not matter") {
    auto c = scribe();
    c.listed->items = {ref("a"), ref("b")};
    c.answers = {api::written{.gone = true}, fail(error_code::not_found, "gone already")};
    auto const o = [] {
        auto out = api::delete_options();
        out.grace_period_seconds = 3;
        return out;
    }();
    auto const done = api::remove_collection(c, boat::resource, {}, o);
    REQUIRE(done);
    CHECK(names(*done) == texts{"a", "b"});
    REQUIRE(c.told.size() == 2);
    auto const& second = std::get<api::remove_request>(c.told[1]);
    CHECK(second.where == object::key{"bay", "b"});
    CHECK(second.options.grace_period_seconds == 3);
    c.answers[0] = fail(error_code::forbidden, "not yours");
    CHECK(api::remove_collection(c, boat::resource, {}, o).error().code == error_code::forbidden);
    c.listed = fail(error_code::unavailable, "away");
    CHECK(api::remove_collection(c, boat::resource, {}, o).error().code == error_code::unavailable);
    CHECK(c.told.size() == 4);
}

TEST_CASE("a typed list tells every object with its revision") {
    auto c = scribe();
    c.listed->items = {ref("a", 3), ref("b", 4)};
    auto const all = api::list<boat>(c).value();
    REQUIRE(all.size() == 2);
    CHECK(all[1]->metadata.name == "b");
    CHECK(all[1].revision_of() == 4);
    CHECK(api::get<boat>(c, {"bay", "x"}).value()->metadata.name == "got");
}

TEST_CASE("who knows single writes only does a batch in order, each on its own") {
    auto s = simple();
    auto const& r = boat::resource;
    auto const batch =
        std::vector<api::write>{api::create_request{object::any_object(make_boat("a"))},
                                api::update_request{object::any_object(make_boat("b"))},
                                api::patch_request{&r, {"bay", "c"}, {api::patch_type::merge, "{}"}},
                                api::apply_request{&r, {"bay", "d"}, "{}"},
                                api::remove_request{&r, {"bay", "e"}},
                                api::act_request{&r, {"bay", "f"}, "mooring"}};
    auto const done = api::one_by_one(s, batch);
    CHECK(s.log == "create a;update b;patch c {};remove e;mooring f;");
    REQUIRE(done.size() == 6);
    CHECK(done[0]->created);
    CHECK(done[1].error().code == error_code::conflict);
    CHECK_FALSE(done[2]->created);
    CHECK(done[3].error().code == error_code::unsupported_media_type);
    CHECK(done[4]->gone);
    CHECK(done[4]->object.object.metadata().name == "e");
    CHECK_FALSE(done[5]->gone);
}
