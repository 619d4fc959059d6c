/// \file
/// Objects that are kept at hand are as recent as the store, and cost it no reads.

#include "kinds.hpp"

#include <berth/api/kept_objects.hpp>
#include <berth/api/memory_store.hpp>
#include <berth/store/metrics.hpp>
#include <berth/store/with_metrics.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>

using namespace yard;
using store::operation_kind;

namespace {

constexpr auto piers = std::array{&pier::resource};

auto make_pier(std::string name, std::string place) -> pier {
    auto p = pier();
    p.metadata.name = std::move(name);
    p.place = std::move(place);
    p.wood = "oak";
    return p;
}

/// A desk and what looks at its store from beside.
struct harbour {
    desk d;
    api::storage look{api::objects_in(d.objects, api::shared_registry(d.known))};
    std::shared_ptr<api::kind const> kind = d.known.share(*d.of(pier::resource));
    api::kept_objects kept{piers};

    auto place_of(std::string const& name) -> std::string {
        auto const found = kept.find(look, kind, {{}, name}).value();
        return found ? found.object.as<pier>().place : "nowhere";
    }
    auto names() -> std::vector<std::string> {
        auto out = std::vector<std::string>();
        auto const all = kept.all(look, kind);
        for (auto const& o : *all) out.push_back(o->metadata().name);
        return out;
    }
};

} // namespace

TEST_CASE("what is kept follows what is written") {
    auto h = harbour();
    REQUIRE(api::create(h.d.server, make_pier("old", "west")));
    CHECK(h.place_of("old") == "west");
    CHECK(h.place_of("new") == "nowhere");
    auto const made = api::create(h.d.server, make_pier("new", "east")).value();
    CHECK(h.place_of("new") == "east");
    auto moved = *made;
    moved.place = "south";
    REQUIRE(api::update(h.d.server, std::move(moved), made.revision_of()));
    CHECK(h.place_of("new") == "south");
    CHECK(h.names() == std::vector<std::string>{"new", "old"});
    REQUIRE(api::remove<pier>(h.d.server, {{}, "old"}));
    CHECK(h.place_of("old") == "nowhere");
    CHECK(h.names() == std::vector<std::string>{"new"});
    CHECK(h.kept.keeps(pier::resource));
    CHECK_FALSE(h.kept.keeps(boat::resource));
}

TEST_CASE("when history is forgotten, all is read again") {
    auto h = harbour();
    REQUIRE(api::create(h.d.server, make_pier("first", "west")));
    CHECK(h.place_of("first") == "west");
    REQUIRE(api::remove<pier>(h.d.server, {{}, "first"}));
    REQUIRE(api::create(h.d.server, make_pier("second", "east")));
    REQUIRE(h.d.objects.compact(h.d.objects.revision()));
    CHECK(h.place_of("first") == "nowhere");
    CHECK(h.place_of("second") == "east");
}

TEST_CASE("a step of admission looks things up without reads, and sees what has just come") {
    auto figures = store::metrics{};
    auto const time = sim::virtual_clock{};
    auto objects = api::memory_store() | store::with_metrics(figures, time);
    auto needs_pier = [](api::admission_request& r, api::admission_world const& world) -> result<void> {
        if (r.of.type != &object::type_of<boat>()) return {};
        if (auto const p = world.find_as<pier>({{}, "main"}); !p) return std::unexpected(p.error());
        return {};
    };
    auto const chain = api::admission_chain{{"NeedsPier", needs_pier, {}, {&pier::resource}}};
    auto server = api::server(objects, kinds(), {[&] { return time.now(); }, 1, chain});
    CHECK(api::create(server, make_boat("early")).error().code == error_code::not_found);
    REQUIRE(api::create(server, make_pier("main", "west")));
    REQUIRE(api::create(server, make_boat("first")));
    auto const reads = figures.count_of(operation_kind::range, store::succeeded);
    for (auto n = 0; n < 10; ++n) REQUIRE(api::create(server, make_boat("b" + std::to_string(n))));
    CHECK(figures.count_of(operation_kind::range, store::succeeded) == reads);
    REQUIRE(api::remove<pier>(server, {{}, "main"}));
    CHECK(api::create(server, make_boat("late")).error().code == error_code::not_found);
}
