/// \file
/// The lessor ends leases when their time is up, and not before.

#include <berth/sim/virtual_clock.hpp>
#include <berth/store/lessor.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/operations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;

namespace {

auto hold(store::memory<std::string>& s, std::string const& key, store::lease_id lease) -> void {
    REQUIRE(store::put(s, store::put_request<std::string>{.key = key, .value = "1", .lease = lease}));
}

} // namespace

TEST_CASE("a lessor wakes when the next lease ends, and takes its keys away in one revision", "[store]") {
    auto const clock = sim::virtual_clock{};
    auto s = store::memory<std::string>{{.clock = clock}};
    auto ender = store::lessor{s};
    CHECK(ender.step({}) == wake::signalled());
    REQUIRE(s.grant({.ttl = 10, .id = 1}));
    REQUIRE(s.grant({.ttl = 5, .id = 2}));
    for (auto const* key : {"c", "a", "b"}) hold(s, key, 2);
    hold(s, "d", 1);
    auto c = s.watch({.range_end = std::string{store::unbounded}}).value();

    auto const start = time_point::from_unix_seconds(1'000); // the driver's clock may be another one
    CHECK(ender.step(start) == wake::at(start + seconds(5)));
    CHECK(s.range({.key = "a", .range_end = "z"})->count == 4);
    clock.advance(seconds(5));
    CHECK(ender.step(start + seconds(5)) == wake::at(start + seconds(10)));
    auto const seen = c.next().value();
    REQUIRE(seen.size() == 3);
    CHECK(seen[0].kv.key() == "a");
    CHECK(seen[2].kv.mod_revision() == seen[0].kv.mod_revision());
    CHECK(s.keep_alive(2).error().code == error_code::not_found);

    clock.advance(seconds(4));
    REQUIRE(s.keep_alive(1));
    clock.advance(seconds(9));
    static_cast<void>(ender.step(start));
    CHECK(store::get(s, "d").value());
    clock.advance(seconds(1));
    CHECK(ender.step(start) == wake::signalled());
    CHECK(!store::get(s, "d").value());
}

TEST_CASE("a lease cannot be kept alive once its time is up, though nobody has removed it yet", "[store]") {
    auto const clock = sim::virtual_clock{};
    auto s = store::memory<std::string>{{.clock = clock}};
    REQUIRE(s.grant({.ttl = 5, .id = 2}));
    hold(s, "a", 2);
    clock.advance(seconds(5));
    CHECK(s.keep_alive(2).error().message == "etcdserver: requested lease not found");
    CHECK(s.time_to_live(2)->ttl == 0);
    CHECK(store::get(s, "a").value());
}

TEST_CASE("a grant wakes a lessor that sleeps longer", "[store]") {
    auto const clock = sim::virtual_clock{};
    auto s = store::memory<std::string>{{.clock = clock}};
    auto ender = store::lessor{s};
    auto calls = 0;
    ender.on_wake({[](void* p) { ++*static_cast<int*>(p); }, &calls});
    REQUIRE(s.grant({.ttl = 5}));
    CHECK(calls == 1);
    ender.on_wake({});
    REQUIRE(s.grant({.ttl = 5}));
    CHECK(calls == 1);
}

TEST_CASE("the longest lease ends at the end of time", "[store]") {
    auto const clock = sim::virtual_clock{time_point::from_unix_seconds(1'800'000'000)};
    auto s = store::memory<std::string>{{.clock = clock}};
    REQUIRE(s.grant({.ttl = store::greatest_ttl, .id = 1}));
    CHECK(s.time_to_live(1)->granted_ttl == store::greatest_ttl);
    CHECK(s.time_to_live(1)->ttl > 7'000'000'000);
    REQUIRE(s.keep_alive(1));
    CHECK(s.expire().value() > seconds(7'000'000'000));
}

TEST_CASE("of a put that is wrong in two ways the lease is spoken of, in a transaction the key", "[store]") {
    auto s = store::memory<std::string>{};
    auto const wrong = store::put_request<std::string>{.key = "none", .lease = 5, .ignore_value = true};
    CHECK(s.put(wrong).error().message == "etcdserver: requested lease not found");
    auto t = store::txn<std::string>{};
    t.then.emplace_back(wrong);
    CHECK(store::commit_one(s, t).error().message == "etcdserver: key not found");
}
