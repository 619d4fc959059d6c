/// \file
/// Leader election in virtual time, on good days and on bad ones.

#include <berth/core/random.hpp>
#include <berth/core/step.hpp>
#include <berth/sim/run.hpp>
#include <berth/sim/virtual_clock.hpp>
#include <berth/store/by_reference.hpp>
#include <berth/store/election.hpp>
#include <berth/store/election_options.hpp>
#include <berth/store/layer.hpp>
#include <berth/store/lessor.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/with_faults.hpp>
#include <berth/store/with_fence.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace berth;
using text_store = store::memory<std::string>;
using line =
    decltype(store::by_reference(std::declval<text_store&>()) | store::with_faults(store::fault_options{}));
using election = store::election<line>;

static_assert(component<election> && wakeable<election>);

namespace {

/// A store with a clock, and what ends its leases.
struct harbour_office {
    sim::virtual_clock time{};
    text_store store{{.clock = time}};
    store::lessor<text_store> lessor{store};

    auto leader_key() -> store::key_value<std::string> { return store::get(store, "leader").value(); }
};

/// A candidate with a line of its own to the store, and its work, which only the leader does.
struct candidate {
    candidate(harbour_office& o, std::string name, store::fault_options const& bad = {.seed = 1})
        : office(&o),
          faults(bad),
          store(store::by_reference(o.store) | store::with_faults(faults)),
          vote(store, {.key = "leader", .identity = std::move(name), .seed = bad.seed}, listener()) {}

    auto listener() -> store::leadership_listener {
        return {.started =
                    [](void* p, store::revision_number token) {
                        auto& me = *static_cast<candidate*>(p);
                        me.fence.set(token);
                        ++me.started;
                    },
                .stopped =
                    [](void* p) {
                        auto& me = *static_cast<candidate*>(p);
                        me.fence.clear();
                        ++me.stopped;
                    },
                .context = this};
    }

    /// Sleeps through its appointments while it is paused.
    auto step(time_point now) -> wake { return now < paused ? wake::at(paused) : vote.step(now); }
    auto on_wake(waker w) -> void { vote.on_wake(w); }

    /// Writes what only a leader may write: the token, under its key.
    auto work() -> result<store::put_reply<std::string>> {
        auto fenced = store::by_reference(office->store) | store::with_fence("leader", fence);
        return store::put(fenced, "work", std::to_string(fence.token()));
    }

    harbour_office* office;
    store::faults faults;
    line store;
    store::fencing_token fence{};
    int started = 0;
    int stopped = 0;
    time_point paused{};
    election vote;
};

/// A value that is no text.
struct badge {
    std::string name{};
    int number = 0;
    friend auto operator==(badge const&, badge const&) -> bool = default;
};

/// Does not hear the answer to one transaction.
struct deafness : store::is_layer {
    explicit deafness(bool* o) : once(o) {}
    template <class S> auto commit(S& inner, std::span<store::txn<std::string> const> batch) const {
        auto out = inner.commit(batch);
        if (!std::exchange(*once, false)) return out;
        for (auto& r : out) r = fail(error_code::timeout, "no answer came");
        return out;
    }
    bool* once;
};

/// How many lead now.
auto leaders(std::deque<candidate> const& all, time_point now) -> int {
    auto out = 0;
    for (auto const& c : all) out += c.vote.is_leader(now) ? 1 : 0;
    return out;
}

auto run(sim::executor& world, duration d) -> void { static_cast<void>(world.run({.time_limit = d})); }

} // namespace

TEST_CASE("a candidature must leave room for its times", "[store]") {
    using options = store::election_options<>;
    auto const good = options{.key = "k", .identity = "me"};
    CHECK(store::check(good));
    auto const refused = [&](auto change) {
        auto o = good;
        change(o);
        auto const checked = store::check(o);
        return !checked && checked.error().code == error_code::invalid;
    };
    CHECK(refused([](options& o) { o.key = ""; }));
    CHECK(refused([](options& o) { o.identity = ""; }));
    CHECK(refused([](options& o) { o.lease = seconds(10); }));
    CHECK(refused([](options& o) { o.renew_deadline = milliseconds(2400); }));
    CHECK(!refused([](options& o) { o.renew_deadline = milliseconds(2401); }));
    CHECK(refused([](options& o) { o.retry_period = {}; }));
    CHECK(refused([](options& o) { o.lease = seconds(store::greatest_ttl) + nanoseconds(1); }));
    CHECK(store::whole_seconds(milliseconds(14001)) == 15);
    CHECK(store::whole_seconds(seconds(15)) == 15);
}

TEST_CASE("one leads for as long as it lives, and the others know whom", "[store]") {
    auto office = harbour_office{};
    auto all = std::deque<candidate>{};
    auto world = sim::executor{office.time};
    world.add(office.lessor);
    for (auto const* name : {"a", "b", "c"}) world.add(all.emplace_back(office, name));
    run(world, seconds(300));
    REQUIRE(leaders(all, office.time.now()) == 1);
    for (auto& c : all) {
        CHECK(c.vote.leader() == office.leader_key().value());
        CHECK(c.started == (c.vote.is_leader() ? 1 : 0));
        CHECK(c.vote.token() == (c.vote.is_leader() ? office.leader_key().create_revision() : 0));
        CHECK(c.stopped == 0);
    }
    CHECK(office.store.revision() == 2);
    CHECK(office.store.leases()->size() == 1);
}

TEST_CASE("after a crash another one leads when the lease has ended", "[store]") {
    auto office = harbour_office{};
    auto all = std::deque<candidate>{};
    auto world = sim::executor{office.time};
    world.add(office.lessor);
    for (auto const* name : {"a", "b"}) world.add(all.emplace_back(office, name));
    run(world, seconds(60));
    auto& first = all[0].vote.is_leader() ? all[0] : all[1];
    auto& second = all[0].vote.is_leader() ? all[1] : all[0];
    auto const token = first.vote.token();
    world.remove(first);
    run(world, seconds(12));
    CHECK(!second.vote.is_leader());
    CHECK(!first.vote.is_leader(office.time.now()));
    run(world, seconds(4));
    CHECK(second.vote.is_leader(office.time.now()));
    CHECK(second.vote.token() > token);
    CHECK(store::is_fenced(first.work().error()));
    CHECK(second.work());
}

TEST_CASE("whoever resigns hands over at once, and can stand again", "[store]") {
    auto office = harbour_office{};
    auto all = std::deque<candidate>{};
    auto world = sim::executor{office.time};
    world.add(office.lessor);
    for (auto const* name : {"a", "b"}) world.add(all.emplace_back(office, name));
    run(world, seconds(60));
    auto& first = all[0].vote.is_leader() ? all[0] : all[1];
    auto& second = all[0].vote.is_leader() ? all[1] : all[0];
    REQUIRE(first.vote.resign());
    CHECK(!first.vote.is_leader());
    CHECK(first.stopped == 1);
    run(world, duration{});
    CHECK(second.vote.is_leader());
    REQUIRE(first.vote.resign());
    CHECK(first.stopped == 1);
    run(world, seconds(60));
    CHECK(second.vote.is_leader());

    first.vote.campaign();
    run(world, seconds(60));
    CHECK(first.vote.leader() == second.vote.leader());
    CHECK(second.vote.drain(office.time.now()) == std::nullopt);
    run(world, duration{});
    CHECK(first.vote.is_leader());
    CHECK(first.started == 2);
    REQUIRE(first.vote.resign());
    CHECK(office.store.leases()->empty());
    CHECK(first.vote.leader().empty());
}

TEST_CASE("whoever never led is told of the end, too", "[store]") {
    auto office = harbour_office{};
    auto c = candidate{office, "a", {.error_rate = 1}};
    CHECK(c.vote.step(office.time.now()).kind == wake::when::at);
    REQUIRE(c.vote.resign());
    CHECK(c.started == 0);
    CHECK(c.stopped == 1);
}

TEST_CASE("a leader that cannot renew steps down before its lease ends", "[store]") {
    auto office = harbour_office{};
    auto c = candidate{office, "a"};
    auto world = sim::executor{office.time};
    world.add(office.lessor);
    world.add(c);
    c.faults.turn_off();
    run(world, seconds(60));
    REQUIRE(c.vote.is_leader());
    auto const token = c.vote.token();
    world.remove(c);
    auto const cut = office.time.now();
    while (c.vote.is_leader()) {
        auto const next = c.vote.is_leader(office.time.now()) ? milliseconds(500) : duration{};
        office.time.advance(next);
        if (next.nanoseconds == 0) static_cast<void>(c.vote.step(office.time.now()));
        CHECK(office.time.now() - cut <= seconds(10) + milliseconds(500));
    }
    CHECK(c.stopped == 1);
    CHECK(office.leader_key().create_revision() == token);
    static_cast<void>(c.vote.step(office.time.now())); // the line is good again, and the key still its own
    CHECK(c.vote.is_leader());
    CHECK(c.vote.token() == token);
}

TEST_CASE("a store that is out of reach costs the leadership after the deadline", "[store]") {
    auto office = harbour_office{};
    auto c = candidate{office, "a", {.error_rate = 1}};
    c.faults.turn_off();
    REQUIRE(c.vote.step(office.time.now()).kind == wake::when::at);
    REQUIRE(c.vote.is_leader());
    c.faults.turn_on();
    auto const begin = office.time.now();
    auto world = sim::executor{office.time};
    world.add(c);
    static_cast<void>(world.run({.time_limit = seconds(60), .until = [&] { return !c.vote.is_leader(); }}));
    CHECK(office.time.now() - begin == seconds(10));
    CHECK(c.stopped == 1);
    CHECK(office.store.time_to_live(office.store.leases()->front(), false)->ttl >= 4);
}

TEST_CASE("a leader that slept too long is stopped by the fence, and then by itself", "[store]") {
    auto office = harbour_office{};
    auto all = std::deque<candidate>{};
    auto world = sim::executor{office.time};
    world.add(office.lessor);
    for (auto const* name : {"a", "b"}) world.add(all.emplace_back(office, name));
    run(world, seconds(60));
    auto& first = all[0].vote.is_leader() ? all[0] : all[1];
    auto& second = all[0].vote.is_leader() ? all[1] : all[0];
    CHECK(first.work());
    first.paused = office.time.now() + seconds(40);
    run(world, seconds(30));
    CHECK(second.vote.is_leader());
    CHECK(first.vote.is_leader()); // so it believes
    CHECK(!first.vote.is_leader(office.time.now()));
    CHECK(store::is_fenced(first.work().error()));
    CHECK(second.work());
    run(world, seconds(30));
    CHECK(!first.vote.is_leader());
    CHECK(first.stopped == 1);
    CHECK(first.vote.leader() == second.vote.leader());
}

TEST_CASE("the same name is not the same lease", "[store]") {
    auto office = harbour_office{};
    auto c = candidate{office, "a"};
    auto const lease = office.store.grant({.ttl = 15}).value().id;
    REQUIRE(store::put(office.store, {.key = "leader", .value = "a", .lease = lease}));
    static_cast<void>(c.vote.step(office.time.now()));
    CHECK(!c.vote.is_leader());
    CHECK(c.vote.leader() == "a");
    REQUIRE(office.store.revoke(lease));
    static_cast<void>(c.vote.step(office.time.now()));
    CHECK(c.vote.is_leader());
}

TEST_CASE("a key that was made without an answer is recognized as one's own", "[store]") {
    auto office = harbour_office{};
    auto deaf_once = true;
    auto s = store::by_reference(office.store) | deafness{&deaf_once};
    auto vote = store::election{s, {.key = "leader", .identity = std::string{"a"}}};
    auto const next = vote.step(office.time.now());
    CHECK(!vote.is_leader());
    CHECK(office.leader_key().value() == "a");
    REQUIRE(next.kind == wake::when::at);
    CHECK(next.time - office.time.now() >= seconds(2));
    CHECK(next.time - office.time.now() < milliseconds(4'400));
    office.time.advance_to(next.time);
    static_cast<void>(vote.step(office.time.now()));
    CHECK(vote.is_leader());
    CHECK(vote.token() == office.leader_key().create_revision());
    CHECK(office.store.revision() == 2);
    CHECK(office.store.leases()->size() == 1);
}

TEST_CASE("an identity is a value like any other in the store", "[store]") {
    auto s = store::memory<badge>{};
    auto first = store::election{s, {.key = "leader", .identity = badge{"a", 1}}};
    auto second = store::election{s, {.key = "leader", .identity = badge{"a", 2}}};
    static_cast<void>(first.step({}));
    static_cast<void>(second.step({}));
    CHECK(first.is_leader());
    CHECK(!second.is_leader());
    CHECK(second.leader().number == 1);
}

TEST_CASE("a leader whose key is taken away steps down, and the fence was quicker", "[store]") {
    auto office = harbour_office{};
    auto c = candidate{office, "a"};
    static_cast<void>(c.vote.step(office.time.now()));
    REQUIRE(c.vote.is_leader());
    auto const token = c.vote.token();
    REQUIRE(store::erase(office.store, "leader"));
    CHECK(store::is_fenced(c.work().error()));
    CHECK(c.vote.step(office.time.now()) == wake::again());
    CHECK(!c.vote.is_leader());
    static_cast<void>(c.vote.step(office.time.now()));
    CHECK(c.vote.is_leader());
    CHECK(c.vote.token() > token);
    CHECK(c.started == 2);
    CHECK(c.stopped == 1);
}

namespace {

/// Pauses candidates, lets the leaders work, and makes some resign, as a seed says.
struct weather {
    std::deque<candidate>* all;
    berth::random_engine draw;
    int worked = 0;
    int refused = 0;

    auto step(time_point now) -> wake {
        auto& c = (*all)[draw.below(all->size())];
        switch (draw.below(40)) {
        case 0: c.paused = now + seconds(static_cast<std::int64_t>(draw.below(30))); break;
        case 1: static_cast<void>(c.vote.resign()); break;
        case 2: c.vote.campaign(); break;
        default:
            if (c.fence.token() == 0) break;
            if (c.work()) ++worked;
            else ++refused;
        }
        return wake::at(now + milliseconds(static_cast<std::int64_t>(draw.below(1'000))));
    }
};

/// Whether each piece of work was done while the key of its token was there, and the tokens grew.
auto is_orderly(text_store& s) -> bool {
    auto c = s.watch({.key = "leader", .range_end = "x", .start = 1}).value();
    auto token = store::revision_number{0};
    auto greatest = store::revision_number{0};
    for (auto seen = c.next().value(); !seen.empty(); seen = c.next().value()) {
        for (auto const& e : seen) {
            if (e.kv.key() == "work" && e.kv.value() != std::to_string(token)) return false;
            if (e.kv.key() != "leader") continue;
            token = e.kv.create_revision();
            if (token != 0 && token < greatest) return false;
            greatest = std::max(greatest, token);
        }
    }
    return true;
}

auto bad_day(std::uint64_t seed) -> void {
    INFO("seed " << seed);
    auto office = harbour_office{};
    auto all = std::deque<candidate>{};
    auto world = sim::executor{office.time, seed};
    world.add(office.lessor);
    for (auto const* name : {"a", "b", "c"}) {
        auto const bad = store::fault_options{.seed = seed * 10 + all.size(),
                                              .error_rate = 0.15,
                                              .lost_request_rate = 0.1,
                                              .lost_ack_rate = 0.15,
                                              .watch_error_rate = 0.2};
        world.add(all.emplace_back(office, name, bad));
    }
    auto sky = weather{&all, berth::random_engine{seed}};
    world.add(sky);
    auto most = 0;
    auto const how =
        sim::options{.seed = seed, .time_limit = seconds(600), .step_time = milliseconds(20), .until = [&] {
                         most = std::max(most, leaders(all, office.time.now()));
                         return most > 1;
                     }};
    static_cast<void>(world.run(how));
    CHECK(most <= 1);
    CHECK(is_orderly(office.store));
    CHECK(sky.worked > 0);

    world.remove(sky);
    for (auto& c : all) {
        c.faults.turn_off();
        c.vote.campaign();
    }
    run(world, seconds(60));
    CHECK(leaders(all, office.time.now()) == 1);
    for (auto& c : all) {
        CHECK(c.vote.leader() == office.leader_key().value());
        CHECK(c.started - c.stopped <= (c.vote.is_leader() ? 1 : 0));
    }
    for (auto& c : all) world.remove(c);
}

} // namespace

TEST_CASE("on bad days there is one leader at most, its work is fenced, and in the end there is one",
          "[store]") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) bad_day(seed);
}

TEST_CASE("candidates step, resign and are asked on different threads", "[store][threads]") {
    auto office = harbour_office{};
    auto all = std::deque<candidate>{};
    for (auto const* name : {"a", "b", "c"})
        all.emplace_back(office, name, store::fault_options{.error_rate = 0.1});
    auto stop = std::atomic<bool>{false};
    {
        auto threads = std::vector<std::jthread>{};
        for (auto& c : all) {
            threads.emplace_back([&] {
                while (!stop.load()) {
                    static_cast<void>(c.vote.step(office.time.now()));
                    std::this_thread::yield();
                }
            });
        }
        threads.emplace_back([&] {
            while (!stop.load()) {
                static_cast<void>(office.lessor.step(office.time.now()));
                std::this_thread::yield();
            }
        });
        // Until somebody has stood for it too, which takes until the threads are there.
        for (auto i = 0; i < 200 || (office.store.revision() <= 2 && i < 1'000'000); ++i) {
            office.time.advance(milliseconds(700));
            auto& c = all[static_cast<std::size_t>(i % 3)];
            static_cast<void>(c.vote.is_leader(office.time.now()));
            static_cast<void>(c.vote.leader());
            if (i % 20 == 0) static_cast<void>(c.vote.resign());
            if (i % 20 == 10) {
                for (auto& each : all) each.vote.campaign();
            }
            std::this_thread::yield();
        }
        stop = true;
    }
    CHECK(office.store.revision() > 2);
    for (auto& c : all) {
        c.faults.turn_off();
        c.vote.campaign();
    }
    for (auto i = 0; i < 60; ++i) {
        office.time.advance(seconds(1));
        static_cast<void>(office.lessor.step(office.time.now()));
        for (auto& c : all) static_cast<void>(c.vote.step(office.time.now()));
    }
    CHECK(leaders(all, office.time.now()) == 1);
}
