/// \file
/// Elections through Leases: one leads at a time, whatever the line to the API does, and somebody always
/// will.

#include <berth/api/fenced_client.hpp>
#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/coordination/lease/election.hpp>
#include <berth/kube/registry.hpp>
#include <berth/sim/faulty_link.hpp>
#include <berth/sim/run.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace berth;
using kube::lease_election;

namespace {

/// An API in virtual time.
struct desk {
    sim::virtual_clock clock;
    api::memory_store store;
    api::server server{
        store, kube::registry(), {.now = [this] { return clock.now(); }, .seed = 1, .admission = {}}};

    [[nodiscard]] auto held() -> kube::lease {
        return **api::get<kube::lease>(server, {"kube-system", "boss"});
    }
};

auto options_of(std::string identity, std::uint64_t seed = 0) -> kube::lease_election_options {
    auto o = kube::lease_election_options{};
    o.lease_name = {"kube-system", "boss"};
    o.identity = std::move(identity);
    o.seed = seed;
    return o;
}

auto dates_of(desk const& d) -> std::function<time_point()> {
    return [&d] { return d.clock.now(); };
}

/// Steps candidates in turn for a time.
auto pass(desk& d, duration time, std::vector<lease_election*> const& all) -> void {
    auto const end = d.clock.now() + time;
    for (; d.clock.now() < end; d.clock.advance(milliseconds(100)))
        for (auto* const e : all) e->step(d.clock.now());
}

} // namespace

TEST_CASE("the first that asks leads, and the others wait until its time is over") {
    auto d = desk();
    auto a = lease_election(d.server, options_of("a"), dates_of(d));
    auto b = lease_election(d.server, options_of("b"), dates_of(d));
    pass(d, seconds(30), {&a, &b});
    CHECK(a.leads());
    CHECK(a.token() == 0);
    CHECK_FALSE(b.leads());
    CHECK(b.leader() == "a");
    CHECK_FALSE(b.token());
    pass(d, seconds(14), {&b}); // a is paused
    CHECK_FALSE(b.leads());
    CHECK_FALSE(a.leads(d.clock.now()));
    pass(d, seconds(6), {&b});
    CHECK(b.leads());
    CHECK(b.token() == 1);
    a.step(d.clock.now());
    CHECK_FALSE(a.leads());
    auto const l = d.held();
    CHECK(*l.spec.holder_identity == "b");
    CHECK(l.spec.lease_duration_seconds == 15);
    CHECK(l.spec.lease_transitions == 1);
}

TEST_CASE("whoever goes hands over at once, and both are told") {
    auto d = desk();
    auto told = std::vector<std::string>();
    auto of_a = options_of("a");
    of_a.changed = [&](bool leads) { told.push_back(leads ? "a leads" : "a leads no more"); };
    auto of_b = options_of("b");
    of_b.changed = [&](bool leads) { told.push_back(leads ? "b leads" : "b leads no more"); };
    auto a = lease_election(d.server, of_a, dates_of(d));
    auto b = lease_election(d.server, of_b, dates_of(d));
    pass(d, seconds(5), {&a, &b});
    CHECK_FALSE(a.drain(d.clock.now()));
    CHECK(d.held().spec.holder_identity->empty());
    pass(d, seconds(4), {&b});
    CHECK(told == std::vector<std::string>{"a leads", "a leads no more", "b leads"});
}

TEST_CASE("a leader that is not heard steps down before anybody else may lead") {
    auto d = desk();
    auto line = sim::faulty_link<api::server>(d.server, {.seed = 1, .lost_requests = 1});
    auto cut = false;
    struct maybe_cut : api::single_writes<maybe_cut> {
        api::server* good;
        sim::faulty_link<api::server>* bad;
        bool* cut;
        using watch_type = api::any_watch;
        maybe_cut(api::server& g, sim::faulty_link<api::server>& b, bool& c) : good(&g), bad(&b), cut(&c) {}
        auto get(object::resource_name const& r, object::key const& k, api::get_options const& o) {
            return *cut ? bad->get(r, k, o) : good->get(r, k, o);
        }
        auto list(object::resource_name const& r, api::list_options const& o) { return good->list(r, o); }
        auto watch(object::resource_name const& r, api::watch_options const& o) -> result<watch_type> {
            auto w = good->watch(r, o);
            if (!w) return std::unexpected(w.error());
            return api::any_watch(*std::move(w));
        }
        auto commit(std::span<api::write const> batch) {
            return *cut ? bad->commit(batch) : good->commit(batch);
        }
        auto changed() -> wake_signal& { return good->changed(); }
    };
    auto way = maybe_cut(d.server, line, cut);
    auto a = lease_election(way, options_of("a"), dates_of(d));
    auto b = lease_election(d.server, options_of("b"), dates_of(d));
    pass(d, seconds(5), {&a, &b});
    REQUIRE(a.leads());
    cut = true;
    for (auto n = 0; n < 400; ++n) {
        d.clock.advance(milliseconds(100));
        a.step(d.clock.now());
        b.step(d.clock.now());
        CHECK_FALSE((a.leads() && b.leads()));
    }
    CHECK_FALSE(a.leads());
    CHECK(b.leads());
}

TEST_CASE("never do two lead, and somebody does, at the end of bad lines") {
    for (auto seed = std::uint64_t{1}; seed <= 30; ++seed) {
        INFO("seed " << seed);
        auto d = desk();
        auto line =
            sim::faulty_link<api::server>(d.server, {.seed = seed, .lost_requests = 4, .lost_answers = 5});
        auto all = std::vector<std::unique_ptr<lease_election>>();
        for (auto n = 0; n < 4; ++n)
            all.push_back(std::make_unique<lease_election>(
                line, options_of("c" + std::to_string(n), seed * 10 + static_cast<std::uint64_t>(n)),
                dates_of(d)));
        auto draw = berth::random_engine(seed);
        auto led = 0;
        auto last_token = std::int64_t{-1};
        auto paused = std::size_t{9};
        for (auto n = 0; n < 3000; ++n) {
            d.clock.advance(milliseconds(100));
            if (n % 200 == 0) paused = draw.below(6); // one of them stands still for a while, or none
            for (std::size_t i = 0; i < all.size(); ++i)
                if (i != paused) all[i]->step(d.clock.now());
            auto leaders = 0;
            for (auto const& e : all) {
                if (!e->leads(d.clock.now())) continue;
                ++leaders;
                CHECK(*e->token() >= last_token);
                last_token = *e->token();
            }
            CHECK(leaders <= 1);
            led += leaders;
        }
        CHECK(led > 1500);
    }
}

TEST_CASE("times that leave no room for each other are refused") {
    auto d = desk();
    auto o = options_of("a");
    o.lease = seconds(10);
    CHECK_THROWS_AS(lease_election(d.server, o), std::invalid_argument);
    o = options_of("a");
    o.retry_period = seconds(9);
    CHECK_THROWS_AS(lease_election(d.server, o), std::invalid_argument);
    CHECK_THROWS_AS(lease_election(d.server, options_of("")), std::invalid_argument);
}

TEST_CASE(
    "a leadership may be a precondition of writes, and those of a leader that was replaced are refused") {
    auto d = desk();
    auto a = lease_election(d.server, options_of("a"), dates_of(d));
    auto b = lease_election(d.server, options_of("b"), dates_of(d));
    CHECK_FALSE(a.fence());
    pass(d, seconds(5), {&a, &b});
    REQUIRE(a.fence());
    CHECK(*a.fence() == api::fence{{"kube-system", "boss"}, "a", 0});
    CHECK_FALSE(b.fence());
    auto const decided_under = a.fence(); // and then a is paused
    pass(d, seconds(20), {&b});
    REQUIRE(b.fence());
    CHECK(b.fence()->transitions == 1);
    auto late = api::fenced_client(d.server, decided_under);
    auto l = kube::lease();
    l.metadata.namespace_ = "kube-system";
    l.metadata.name = "late";
    auto const done = api::create(late, l);
    REQUIRE_FALSE(done);
    CHECK(api::is_leadership_over(done.error()));
    auto now = api::fenced_client(d.server, [&] { return b.fence(); });
    CHECK(api::create(now, l));
    CHECK(a.fence() == decided_under); // it does not know yet
    a.step(d.clock.now());
    CHECK_FALSE(a.fence());
    b.drain(d.clock.now());
    CHECK_FALSE(b.fence());
    CHECK_FALSE(api::create(now, l));
}

namespace {

/// Decides, is paused, and writes which leadership it decided under: over the last one, without looking.
struct sleepy_writer {
    desk* d;
    lease_election* election;
    berth::random_engine draw;
    bool fenced;
    api::shared_fence decided_under = {};
    time_point writes_at = {};

    auto step(time_point now, std::vector<std::int64_t>& written) -> void {
        if (!decided_under) {
            decided_under = election->fence();
            writes_at =
                now + milliseconds(static_cast<std::int64_t>(draw.below(draw.below(4) == 0 ? 60'000 : 300)));
        }
        if (!decided_under || now < writes_at) return;
        auto const under = std::exchange(decided_under, nullptr);
        auto client = api::fenced_client(d->server, fenced ? under : nullptr);
        auto l = kube::lease();
        l.metadata.namespace_ = "default";
        l.metadata.generate_name = "mark-";
        if (api::create(client, l)) written.push_back(under->transitions);
    }
};

/// Whether the marks of two candidates that are paused now and then, and decide and write with pauses
/// between, come in the order of the leaderships.
auto in_order(std::uint64_t seed, bool fenced) -> bool {
    auto d = desk();
    auto draw = berth::random_engine(seed);
    auto a = lease_election(d.server, options_of("a", 1), dates_of(d));
    auto b = lease_election(d.server, options_of("b", 2), dates_of(d));
    auto writers = std::vector<sleepy_writer>{{&d, &a, berth::random_engine(seed + 1), fenced},
                                              {&d, &b, berth::random_engine(seed + 2), fenced}};
    auto written = std::vector<std::int64_t>();
    auto paused = std::vector<time_point>(2);
    for (auto n = 0; n < 3000; ++n, d.clock.advance(milliseconds(100))) {
        auto const now = d.clock.now();
        for (std::size_t i = 0; i < 2; ++i) {
            if (now >= paused[i]) (i == 0 ? a : b).step(now);
            if (draw.below(200) == 0) paused[i] = now + seconds(static_cast<std::int64_t>(draw.below(40)));
            writers[i].step(now, written);
        }
    }
    return written.size() > 20 && std::is_sorted(written.begin(), written.end());
}

} // namespace

TEST_CASE("whatever the pauses, writes under leaderships come in the order of the leaderships") {
    auto without = 0;
    for (auto seed = std::uint64_t{1}; seed <= 10; ++seed) {
        INFO("seed " << seed);
        CHECK(in_order(seed, true));
        without += in_order(seed, false) ? 0 : 1;
    }
    CHECK(without > 0); // which it takes a fence for
}
