/// \file
/// Objects that go by themselves when nobody writes them any more.

#include "kinds.hpp"

#include <berth/api/expiry.hpp>
#include <berth/api/memory_store.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace yard;

namespace {

/// A server whose boats stay for ten minutes, over a store that keeps the same time.
struct passing {
    sim::virtual_clock clock;
    api::memory_store objects{{.clock = clock}};
    api::registry known = kinds();
    api::server server{objects,
                       known,
                       {.now = [this] { return clock.now(); },
                        .seed = 1,
                        .admission = {},
                        .lifetimes = {{&boat::resource, minutes(10)}}}};

    auto pass(duration d) -> void {
        clock.advance(d);
        REQUIRE(objects.expire());
    }
    auto boats() const -> std::vector<std::string> { return names(*server.list(boat::resource, {})); }
};

} // namespace

TEST_CASE("an object goes when nobody has written it for its time, and watches are told") {
    auto p = passing();
    REQUIRE(api::create(p.server, make_boat("a")));
    auto const ferry = api::create(p.server, make_ferry("f"));
    auto watch = p.server.watch(boat::resource, {}).value();
    CHECK(told(watch) == std::vector<std::string>{"ADDED a"});
    p.pass(minutes(10) - seconds(1));
    CHECK(p.boats() == std::vector<std::string>{"a"});
    p.pass(seconds(1 + 31)); // a twentieth more at most
    CHECK(p.boats().empty());
    CHECK(told(watch) == std::vector<std::string>{"DELETED a"});
    CHECK(p.server.list(ferry::resource, {})->items.size() == (ferry ? 1U : 0U));
}

TEST_CASE("a write begins its time anew") {
    auto p = passing();
    auto const made = api::create(p.server, make_boat("a")).value();
    REQUIRE(api::create(p.server, make_boat("b")));
    p.pass(minutes(9));
    auto changed = *made;
    changed.spec.color = "green";
    REQUIRE(api::update(p.server, std::move(changed), made.revision_of()));
    p.pass(minutes(9));
    CHECK(p.boats() == std::vector<std::string>{"a"});
    p.pass(minutes(2));
    CHECK(p.boats().empty());
}

TEST_CASE("objects that are written together share a lease, up to a number") {
    auto p = passing();
    for (auto i = 0; i < 50; ++i) REQUIRE(api::create(p.server, make_boat("b" + std::to_string(i))));
    CHECK(p.objects.leases()->size() == 1);
    p.pass(seconds(31));
    for (auto i = 50; i < 1051; ++i) REQUIRE(api::create(p.server, make_boat("b" + std::to_string(i))));
    CHECK(p.objects.leases()->size() == 3);
    CHECK(p.boats().size() == 1051);
}

TEST_CASE("a lease that the store has lost is replaced") {
    auto p = passing();
    REQUIRE(api::create(p.server, make_boat("a")));
    REQUIRE(p.objects.revoke(p.objects.leases()->front()));
    CHECK(p.boats().empty());
    REQUIRE(api::create(p.server, make_boat("b")));
    CHECK(p.boats() == std::vector<std::string>{"b"});
    CHECK(p.objects.leases()->size() == 1);
}

TEST_CASE("a kind without a lifetime, or with none worth the name, stays") {
    auto clock = sim::virtual_clock();
    auto leases = api::expiry_leases({{&boat::resource, milliseconds(999)}, {&ferry::resource, seconds(1)}},
                                     [&] { return clock.now(); });
    CHECK(!leases.governs(boat::resource));
    CHECK(!leases.governs(pier::resource));
    CHECK(leases.governs(ferry::resource));
    auto memory = api::memory_store();
    auto into = api::objects_in(memory, api::shared_registry(kinds()));
    CHECK(leases.lease_for(into, boat::resource).value() == 0);
    auto const first = leases.lease_for(into, ferry::resource).value();
    CHECK(first != 0);
    CHECK(leases.lease_for(into, ferry::resource).value() == first);
    leases.forget(first);
    CHECK(leases.lease_for(into, ferry::resource).value() != first);
}
