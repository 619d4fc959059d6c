/// \file
/// Kinds that are more than one struct in a store: several versions, reviews, what is only shown, and kinds
/// that come while the server runs.

#include "kinds.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>

using namespace yard;
using enum error_code;

namespace {

auto const red = object::key{"bay", "red"};

/// A boat as it was before it had a spec.
struct old_boat {
    static constexpr object::resource_name resource{"test", "v0", "Boat", "boats", "boat", true};
    object::meta metadata;
    std::string color;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(old_boat, "test.v0.Boat", (metadata, .number = 1), (color, .number = 2))
};

auto newer(old_boat const& o) -> boat {
    auto b = boat();
    b.metadata = o.metadata;
    b.spec.color = o.color;
    return b;
}
auto older(boat const& b) -> old_boat {
    auto o = old_boat();
    o.metadata = b.metadata;
    o.color = b.spec.color;
    return o;
}

auto old_boat_kind() -> api::kind_of<old_boat> {
    auto k = api::kind_of<old_boat>{};
    k.storage = api::stored_as<old_boat, boat>(&newer, &older);
    return k;
}

/// A question: is there room for so many?
struct room {
    static constexpr object::resource_name resource{"test", "v1", "Room", "rooms", "room", false};
    object::meta metadata;
    std::int32_t wanted = 0;
    bool there = false;
    std::string asked_by;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(room, "test.v1.Room", (metadata), (wanted), (there), (asked_by))
};

auto room_kind() -> api::kind_of<room> {
    auto k = api::kind_of<room>{};
    k.verbs = {api::verb::create};
    k.validate = [](room const& r, api::field_errors& errors) {
        if (r.wanted < 0) errors.invalid(api::field_path("wanted"), r.wanted, "must not be negative");
    };
    k.review = [](room const& r, api::action_context const& about) -> result<object::any_object> {
        auto const all = about.world.list(boat::resource);
        if (!all) return std::unexpected(all.error());
        auto out = r;
        for (auto const& b : *all) out.there = out.there || b->as<boat>().spec.seats >= r.wanted;
        out.asked_by = about.who.user;
        return object::any_object(std::move(out));
    };
    return k;
}

/// What the weather is now: nobody keeps it.
struct weather {
    static constexpr object::resource_name resource{"test", "v1", "Weather", "weathers", "weather", false};
    object::meta metadata;
    std::string wind;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(weather, "test.v1.Weather", (metadata), (wind))
};

auto weather_kind() -> api::kind_of<weather> {
    auto k = api::kind_of<weather>{};
    k.verbs = {api::verb::get, api::verb::list};
    k.present = [](api::action_context const&) -> result<std::vector<object::any_object>> {
        auto out = std::vector<object::any_object>();
        for (auto const* const name : {"bay", "sea"}) {
            auto w = weather();
            w.metadata.name = name;
            w.wind = "west";
            out.emplace_back(std::move(w));
        }
        return out;
    };
    return k;
}

struct harbour {
    desk d;

    harbour() {
        d.server.kinds().change(
            [](api::registry& k) { k.add(old_boat_kind()).add(room_kind()).add(weather_kind()); });
    }
};

} // namespace

TEST_CASE("of a kind of which only the type is said objects are kept and the status is written by itself") {
    auto const k = api::kind(object::type_of<boat>());
    CHECK(k.resource == &boat::resource);
    CHECK(k.stored());
    CHECK_FALSE(k.validate);
    REQUIRE(k.subresources.size() == 1);
    CHECK(k.subresources[0].name == "status");
    CHECK(k.find<api::part>("status")->member == k.type->field("status"));
    CHECK(k.knows_field("metadata.namespace"));
    CHECK_FALSE(k.own_labels);
}

TEST_CASE("an object is read, written and watched in each of its versions") {
    auto h = harbour();
    auto& server = h.d.server;
    auto o = old_boat();
    o.metadata.namespace_ = "bay";
    o.metadata.name = "red";
    o.color = "blue";
    auto watched = server.watch(old_boat::resource, {});
    REQUIRE(watched);
    auto const made = api::create(server, o);
    REQUIRE(made);
    CHECK((*made)->color == "blue");
    auto const seen = api::get<boat>(server, red);
    REQUIRE(seen);
    CHECK((*seen)->spec.color == "blue");
    CHECK(seen->revision_of() == made->revision_of());
    CHECK((*seen)->metadata.uid == (*made)->metadata.uid);
    auto next = **seen;
    next.spec.color = "green";
    REQUIRE(api::update(server, next, seen->revision_of()));
    CHECK((*api::get<old_boat>(server, red))->color == "green");
    CHECK(api::create(server, make_boat("red")).error().code == already_exists);
    CHECK(told(*watched) == texts{"ADDED red", "MODIFIED red"});
    CHECK(api::list<old_boat>(server)->size() == 1);
    CHECK(api::remove<old_boat>(server, red)->gone);
    CHECK(api::get<boat>(server, red).error().code == not_found);
}

TEST_CASE("a review is answered and not kept") {
    auto h = harbour();
    REQUIRE(api::create(h.d.server, make_boat("red", "red", 4)));
    auto const before = h.d.server.revision();
    auto ann = h.d.server.as({.user = "ann"});
    auto r = room();
    r.wanted = 3;
    auto const said = api::create(ann, r);
    REQUIRE(said);
    CHECK((*said)->there);
    CHECK((*said)->asked_by == "ann");
    r.wanted = 5;
    CHECK_FALSE((*api::create(ann, r))->there);
    r.wanted = -1;
    CHECK(api::create(ann, r).error().code == invalid);
    CHECK(h.d.server.revision() == before);
    CHECK(h.d.server.get(room::resource, {{}, "x"}, {}).error().code == not_found);
    CHECK(h.d.server.watch(room::resource, {}).error().code == not_found);
    CHECK(api::update(h.d.server, r, 0).error().code == method_not_allowed);
}

TEST_CASE("what is only shown can be read and listed, and not written") {
    auto h = harbour();
    auto& server = h.d.server;
    CHECK(names(*server.list(weather::resource, {})) == texts{"bay", "sea"});
    auto o = api::list_options{};
    o.field_selector = "metadata.name=sea";
    CHECK(names(*server.list(weather::resource, o)) == texts{"sea"});
    CHECK((*api::get<weather>(server, {{}, "bay"}))->wind == "west");
    CHECK(api::get<weather>(server, {{}, "moon"}).error().code == not_found);
    CHECK(api::remove<weather>(server, {{}, "bay"}).error().code == method_not_allowed);
    CHECK(api::create(server, weather()).error().code == method_not_allowed);
}

TEST_CASE("a kind that comes while the server runs is served, and one that goes is not") {
    auto d = desk();
    auto m = mooring();
    m.metadata.namespace_ = "bay";
    m.metadata.name = "m";
    CHECK(api::create(d.server, m).error().code == not_found);
    d.server.kinds().change([](api::registry& k) { k.add(api::kind_of<mooring>{}); });
    REQUIRE(api::create(d.server, m));
    auto watched = d.server.watch(mooring::resource, {});
    REQUIRE(watched);
    d.server.kinds().change([](api::registry& k) { k.remove(mooring::resource); });
    CHECK(api::get<mooring>(d.server, {"bay", "m"}).error().code == not_found);
    CHECK(told(*watched) == texts{"ADDED m"});
}
