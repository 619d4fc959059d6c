/// \file
/// A bad line loses what it was told to lose, and nothing else.

#include "../api/kinds.hpp"

#include <berth/sim/faulty_link.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace yard;
using enum error_code;

namespace {

using bad_line = sim::faulty_link<api::server>;
static_assert(api::client<bad_line>);

auto const red = object::key{"bay", "red"};

} // namespace

TEST_CASE("a good line changes nothing") {
    auto d = desk();
    auto c = bad_line(d.server, {});
    REQUIRE(api::create(c, make_boat("red")));
    CHECK(api::get<boat>(c, red)->ref() == api::get<boat>(d.server, red)->ref());
    CHECK(names(*c.list(boat::resource, {})) == texts{"red"});
}

TEST_CASE("of a request that is lost, nothing was done") {
    auto d = desk();
    auto c = bad_line(d.server, {.lost_requests = 1});
    CHECK(api::create(c, make_boat("red")).error().code == unavailable);
    CHECK(c.get(boat::resource, red, {}).error().code == unavailable);
    CHECK(c.list(boat::resource, {}).error().code == unavailable);
    CHECK(c.watch(boat::resource, {}).error().code == unavailable);
    CHECK(api::get<boat>(d.server, red).error().code == not_found);
}

TEST_CASE("of an answer that is lost, all was done") {
    auto d = desk();
    auto c = bad_line(d.server, {.lost_answers = 1});
    CHECK(api::create(c, make_boat("red")).error().code == timeout);
    CHECK(api::get<boat>(d.server, red).has_value());
    CHECK(api::remove<boat>(c, red).error().code == timeout);
    CHECK(api::get<boat>(d.server, red).error().code == not_found);
}

TEST_CASE("a watch that breaks stays broken, one that dawdles tells it in the end") {
    auto d = desk();
    REQUIRE(api::create(d.server, make_boat("red")));
    auto breaks = bad_line(d.server, {.broken_watches = 1});
    auto broken = breaks.watch(boat::resource, {});
    REQUIRE(broken);
    for (auto i = 0; i < 3; ++i) CHECK(broken->next().error().code == unavailable);

    auto dawdles = bad_line(d.server, {.seed = 3, .late_events = 2});
    auto slow = dawdles.watch(boat::resource, {});
    REQUIRE(slow);
    auto waited = 0;
    auto event = slow->next();
    for (; event && !*event && waited < 1'000; ++waited) event = slow->next();
    REQUIRE(event);
    REQUIRE(*event);
    CHECK((**event).object->metadata().name == "red");
}
