/// \file
/// Controllers under a real API server: keys are reconciled when they should be, never from a world that
/// lacks the key's own writes, and what is refused is met as it should be.

#include "desk.hpp"
#include "flaky.hpp"

#include <berth/core/threads.hpp>
#include <berth/reconcile/loop.hpp>
#include <berth/sim/run.hpp>

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <set>
#include <string>

using namespace things;
using reconcile::loop;
using reconcile::note;

namespace {

using api_server = desk::server_type;

/// How many items of which color each group has.
auto census(desk& d) -> std::map<std::string, std::multiset<std::string>> {
    auto out = std::map<std::string, std::multiset<std::string>>();
    for (auto const& g : d.groups()) out[g->metadata.name];
    for (auto const& i : d.items()) out[object::controller_of(i->metadata)->name].insert(i->color);
    return out;
}

auto settle(desk& d, auto&... components) -> sim::report {
    return sim::run(d.clock(), {.seed = 1}, components...);
}

/// Somebody who changes the groups from time to time, and at last leaves them as `wanted` says.
struct meddler {
    api_server* api;
    berth::random draw;
    int left = 30;

    auto step(time_point now) -> wake {
        auto const name = "g" + std::to_string(draw.below(3));
        auto const size = static_cast<std::int32_t>(draw.below(6));
        auto const there = api::get<group>(*api, {"default", name});
        if (!there) {
            (void)api::create(*api, make_group(name, size));
        } else if (draw.below(3) == 0) {
            auto const items = api::list<item>(*api).value();
            if (!items.empty())
                (void)api::remove<item>(*api, items[draw.below(items.size())]->metadata.where());
        } else {
            auto g = **there;
            g.spec = {size, draw.below(2) == 0 ? "red" : "blue", {}};
            (void)api::update(*api, std::move(g), 0);
        }
        if (--left > 0) return wake::at(now + milliseconds(static_cast<std::int64_t>(draw.below(3))));
        for (auto n = 0; n < 3; ++n) finish("g" + std::to_string(n), n * 2);
        return wake::signalled();
    }
    auto finish(std::string const& name, std::int32_t size) -> void {
        auto const there = api::get<group>(*api, {"default", name});
        if (!there) {
            (void)api::create(*api, make_group(name, size, "green"));
            return;
        }
        auto g = **there;
        g.spec = {size, "green", {}};
        (void)api::update(*api, std::move(g), 0);
    }
};

/// Wants something that the server refuses, once; looks at what it does not declare when told to.
struct clumsy {
    static constexpr std::string_view name = "clumsy";
    using reconciles = group;
    std::string what;

    auto reconcile(snapshot const& world, key const& k) const -> plan {
        auto p = plan();
        auto const g = world.get<group>(k);
        if (!g || !world.failures().empty()) {
            if (g) p.tell(g, "Saw", world.failures()[0].why.message);
            return p;
        }
        if (what == "reads items") (void)world.all<item>().size();
        if (what == "uses an index") (void)world.where<group>("color", "red").size();
        if (what == "writes items") return p.create(make_item("stray"));
        auto bad = *g;
        bad.metadata.resource_version = "5";
        p.create(bad);
        p.warn(g, "Failed", "could not: {error}", note::when::failed);
        p.tell(g, "Done", "never told");
        return p;
    }
};

/// Follows items by color: a change of an item concerns the group of that name.
struct painter {
    static constexpr std::string_view name = "painter";
    using reconciles = group;
    using watches = reconcile::kinds<item>;

    static auto indexes() -> std::vector<reconcile::index> {
        return {reconcile::index_of<item>("color", [](item const& i) { return i.color; })};
    }
    auto keys_for(snapshot const&, item const& i) const -> std::vector<key> { return {{"default", i.color}}; }
    auto matters(group const& before, group const& after) const -> bool { return before.spec != after.spec; }
    auto reconcile(snapshot const& world, key const& k) const -> plan {
        auto p = plan();
        if (auto const g = world.get<group>(k)) {
            auto counted = *g;
            counted.status.count = static_cast<std::int32_t>(world.where<item>("color", k.name).size());
            p.update_status(g, std::move(counted));
        }
        return p;
    }
};

} // namespace

TEST_CASE("a controller drives what is to what should be") {
    auto d = desk();
    REQUIRE(api::create(d.server(), make_group("web", 3)));
    auto l = loop<group_controller>(d.server(), {});
    CHECK(settle(d, l).why == sim::ending::quiescent);
    CHECK(census(d) == std::map<std::string, std::multiset<std::string>>{{"web", {"red", "red", "red"}}});
    CHECK(d.groups()[0]->status.count == 3);
    CHECK(l.counters().conflicts == 0);
    CHECK(l.counters().failures == 0);
    auto g = *d.groups()[0];
    g.spec = {1, "blue", {}};
    REQUIRE(api::update(d.server(), std::move(g), 0));
    settle(d, l);
    CHECK(census(d) == std::map<std::string, std::multiset<std::string>>{{"web", {"blue"}}});
}

TEST_CASE("under a hundred seeds, two controllers and a meddler come to the same end") {
    auto const complaint = sim::try_seeds(1, 100, [](std::uint64_t seed) -> std::string {
        auto d = desk(seed);
        auto shared = reconcile::caches(d.server(), {.page = 2, .batch = 1 + seed % 3});
        auto own = loop<group_controller>(d.server(), {}, {.batch = 1});
        auto sharing = loop<painter>(d.server(), shared, {}, {.batch = 1});
        auto m = meddler{&d.server(), berth::random(seed)};
        auto const report =
            sim::run(d.clock(), {.seed = seed, .step_time = microseconds(500)}, shared, own, sharing, m);
        if (report.why != sim::ending::quiescent) return "it does not come to rest: " + report.to_string();
        auto wanted = std::map<std::string, std::multiset<std::string>>();
        for (auto n = 0; n < 3; ++n)
            for (auto i = 0; i < n * 2; ++i) wanted["g" + std::to_string(n)].insert("green");
        wanted["g0"];
        if (census(d) != wanted) return "another end than the other seeds";
        if (own.counters().failures != 0) return "a failure: " + own.recent_failures()[0].what.why.message;
        return {};
    });
    INFO(complaint.value_or(""));
    CHECK_FALSE(complaint);
}

TEST_CASE("over a bad line, the end is the same, and never is there an item too many") {
    using line = flaky<api_server>;
    auto const complaint = sim::try_seeds(1, 100, [](std::uint64_t seed) -> std::string {
        auto d = desk(seed);
        for (auto n = 0; n < 3; ++n)
            (void)api::create(d.server(), make_group("g" + std::to_string(n), n * 2));
        auto bad = line(d.server(), seed, 2 + seed % 7);
        auto l = loop<group_controller>(bad, {}, {.batch = 1});
        auto too_many = false;
        auto const watched = [&] {
            too_many = too_many || d.items().size() > 6;
            return too_many;
        };
        sim::run(d.clock(), {.seed = seed, .time_limit = seconds(300), .until = watched}, l);
        bad.repair();
        auto const report = sim::run(d.clock(), {.seed = seed, .until = watched}, l);
        if (too_many) return "an item too many";
        if (report.why != sim::ending::quiescent) return "it does not come to rest: " + report.to_string();
        for (auto const& g : d.groups())
            if (g->status.count != g->spec.size) return "the count is wrong";
        return d.items().size() == 6 ? "" : "an item is missing";
    });
    INFO(complaint.value_or(""));
    CHECK_FALSE(complaint);
}

TEST_CASE("a controller that is replaced in the midst of its work comes to the same end") {
    auto const complaint = sim::try_seeds(1, 50, [](std::uint64_t seed) -> std::string {
        auto d = desk(seed);
        auto m = meddler{&d.server(), berth::random(seed)};
        auto time = sim::executor(d.clock(), seed);
        time.add(m);
        for (auto life = std::uint64_t{0}; life < 5; ++life) {
            auto l = loop<group_controller>(d.server(), {}, {.batch = 1});
            time.add(l);
            auto const steps = life == 4 ? 1'000'000 : 5 + (seed + life) % 20;
            time.run({.seed = seed, .step_limit = steps, .step_time = microseconds(500)});
            time.remove(l);
        }
        for (auto const& g : d.groups())
            if (g->status.count != g->spec.size) return "the count is wrong";
        return d.items().size() == 6 ? "" : "there are " + std::to_string(d.items().size()) + " items";
    });
    INFO(complaint.value_or(""));
    CHECK_FALSE(complaint);
}

TEST_CASE("the same seed gives the same history") {
    auto const history = [] {
        auto d = desk(7);
        auto l = loop<group_controller>(d.server(), {}, {.batch = 1});
        auto m = meddler{&d.server(), berth::random(7)};
        auto const report = sim::run(d.clock(), {.seed = 7, .step_time = milliseconds(1)}, l, m);
        auto names = std::string();
        for (auto const& i : d.items()) names += i->metadata.name + " ";
        return std::pair(report, names);
    };
    CHECK(history() == history());
}

TEST_CASE("a key is held back until its own writes are seen") {
    auto d = desk();
    REQUIRE(api::create(d.server(), make_group("web", 3)));
    auto shared = reconcile::caches(d.server());
    auto l = loop<group_controller>(d.server(), shared, {});
    auto const now = d.clock().now();
    while (!shared.synced()) shared.step(now);
    l.step(now);
    CHECK(d.items().size() == 3);
    l.ask({"default", "web"});
    for (auto i = 0; i < 3; ++i) l.step(now);
    CHECK(d.items().size() == 3);
    CHECK(l.counters().reconciles == 1);
    CHECK(l.counters().held_back >= 1);
    SECTION("which then lets it go") {
        while (shared.step(now) == wake::again()) {}
        l.step(now);
        CHECK(l.counters().reconciles == 2);
    }
    SECTION("or until its patience ends") {
        CHECK(l.step(now).kind == wake::when::at);
        l.step(now + minutes(5));
        CHECK(l.counters().reconciles == 2);
    }
}

TEST_CASE("a conflict is looked at again soon, and is no failure") {
    auto d = desk();
    auto const g = api::create(d.server(), make_group("web", 1)).value();
    auto shared = reconcile::caches(d.server());
    auto l = loop<group_controller>(d.server(), shared, {});
    auto const now = d.clock().now();
    while (!shared.synced()) shared.step(now);
    l.step(now);
    while (shared.step(now) == wake::again()) {}
    auto changed = **api::get<group>(d.server(), {"default", "web"});
    changed.spec.color = "blue";
    REQUIRE(api::update(d.server(), std::move(changed), 0));
    l.step(now); // decides from the world before the change
    CHECK(l.counters().conflicts == 1);
    CHECK(l.counters().failures == 0);
    CHECK(l.queue().next() == wake::at(now + milliseconds(5)));
    CHECK(sim::run(d.clock(), {}, shared, l).why == sim::ending::quiescent);
    CHECK(d.items()[0]->color == "blue");
    CHECK(d.groups()[0]->status.count == 1);
}

TEST_CASE("a failure is recorded, told, backed off from, and seen by the next reconcile") {
    auto d = desk();
    REQUIRE(api::create(d.server(), make_group("web", 1)));
    auto told = std::vector<std::string>();
    auto l = loop<clumsy>(d.server(), {}, {.record = [&](note const& n, time_point) {
                              told.push_back(n.reason + " " + n.message.substr(0, 12));
                          }});
    CHECK(settle(d, l).why == sim::ending::quiescent);
    CHECK(l.counters().failures == 1);
    REQUIRE(l.recent_failures().size() == 1);
    CHECK(l.recent_failures()[0].what.why.code == error_code::bad_request);
    REQUIRE(told.size() == 2);
    CHECK(told[0].substr(0, 17) == "Failed could not:");
    CHECK(told[1].substr(0, 4) == "Saw ");
}

TEST_CASE("a mistake in the controller is told once and loudly, counted, and not tried again") {
    auto d = desk();
    REQUIRE(api::create(d.server(), make_group("web", 1)));
    REQUIRE(api::create(d.server(), make_group("other", 1)));
    auto const [what, sentence] =
        GENERATE(table<std::string, std::string>({{"reads items", "controller clumsy reads items"},
                                                  {"uses an index", "controller clumsy uses the index color"},
                                                  {"writes items", "controller clumsy writes items"}}));
    auto told = std::vector<std::string>();
    auto l = loop<clumsy>(d.server(), clumsy{what},
                          {.complain = [&](std::string const& words) { told.push_back(words); }});
    auto const report = settle(d, l);
    CHECK(report.why == sim::ending::quiescent);
    CHECK(l.counters().reconciles == 2);
    CHECK(l.counters().steps == 0);
    CHECK(l.counters().failures == 2);
    CHECK(d.items().empty());
    REQUIRE(told.size() == 1);
    CHECK(told[0].find(sentence + ", which it does not declare") == 0);
    REQUIRE(l.recent_failures().size() == 2);
    CHECK(l.recent_failures()[0].what.why.message == told[0]);
    l.ask({"default", "web"});
    settle(d, l);
    CHECK(l.counters().reconciles == 3);
    CHECK(told.size() == 1);
}

TEST_CASE("what a controller remembers of a key comes back with its next look, and a restart forgets it") {
    auto d = desk();
    auto const begin = d.clock().now();
    REQUIRE(api::create(d.server(), make_group("web", 3)));
    {
        auto l = loop(d.server(), patient());
        CHECK(l.controller_of().name == "patient");
        sim::run(d.clock(), {.seed = 1, .time_limit = seconds(4)}, l);
        l.ask({"default", "web"}); // does not begin anew
        sim::run(d.clock(), {.seed = 1, .time_limit = seconds(4)}, l);
        CHECK(d.groups()[0]->status.count == 0);
        CHECK(l.counters().reconciles == 2);
    }
    auto const reborn = d.clock().now();
    CHECK(reborn < begin + seconds(9));
    auto l = loop(d.server(), patient());
    settle(d, l);
    CHECK(d.groups()[0]->status.count == 3);
    CHECK(d.clock().now() >= reborn + seconds(10));
    CHECK(d.clock().now() < reborn + seconds(11));
}

TEST_CASE("mapping functions say which keys a watched object concerns, before and after a change") {
    auto d = desk();
    REQUIRE(api::create(d.server(), make_group("red", 0)));
    REQUIRE(api::create(d.server(), make_group("blue", 0)));
    auto l = loop<painter>(d.server(), {});
    REQUIRE(api::create(d.server(), make_item("i", nullptr, "red")));
    settle(d, l);
    CHECK(api::get<group>(d.server(), {"default", "red"}).value()->status.count == 1);
    auto i = *d.items()[0];
    i.color = "blue";
    REQUIRE(api::update(d.server(), std::move(i), 0));
    settle(d, l);
    CHECK(api::get<group>(d.server(), {"default", "red"}).value()->status.count == 0);
    CHECK(api::get<group>(d.server(), {"default", "blue"}).value()->status.count == 1);
}

TEST_CASE("on threads, with workers that share a queue, the end is the same") {
    auto d = desk();
    auto shared = reconcile::caches(d.server());
    auto l = loop<group_controller>(d.server(), shared, {});
    auto helper = loop<group_controller>::worker(l);
    auto stop = std::stop_source();
    auto running = std::jthread([&] { run_on_threads(stop.get_token(), shared, l, helper); });
    for (auto n = 0; n < 20; ++n)
        REQUIRE(api::create(d.server(), make_group("g" + std::to_string(n), n % 5)));
    auto const complete = [&] {
        auto all = true;
        for (auto const& g : d.groups()) all = all && g->status.count == g->spec.size;
        return all;
    };
    for (auto i = 0; i < 3000 && !complete(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    stop.request_stop();
    running.join();
    CHECK(complete());
    CHECK(d.items().size() == 40);
    CHECK(l.counters().failures == 0);
}
