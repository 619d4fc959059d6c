/// \file
/// Controllers under a real API server: keys are reconciled when they should be, never from a world that
/// lacks the key's own writes, and what is refused is met as it should be.

#include "desk.hpp"
#include "flaky.hpp"

#include <berth/core/threads.hpp>
#include <berth/reconcile/loop.hpp>
#include <berth/reconcile/loop_queue.hpp>
#include <berth/sim/run.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <map>
#include <set>
#include <string>
#include <thread>

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
    berth::random_engine draw;
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

/// Counts the groups that it looks at; those of no size do not matter.
struct picky {
    static constexpr std::string_view name = "picky";
    using reconciles = group;
    std::vector<std::string>* seen;

    auto matters(snapshot const&, group const& g) const -> bool { return g.spec.size > 0; }
    auto reconcile(snapshot const& world, key const& k) const -> plan {
        seen->push_back(k.name + (world.get<group>(k) ? "" : " gone"));
        return {};
    }
};

/// Does what a test says.
struct told_what {
    static constexpr std::string_view name = "told-what";
    using reconciles = group;
    using owns = reconcile::kinds<item>;
    std::function<plan(snapshot const&, reconcile::seen<group>)> what;

    auto reconcile(snapshot const& world, key const& k) const -> plan {
        auto const g = world.get<group>(k);
        return g ? what(world, g) : plan();
    }
};

/// Steps a loop and its caches until nothing is due.
auto go_on(auto& loop, time_point now) -> void {
    for (auto n = 0; n < 100 && loop.step(now) == wake::again(); ++n) {}
}

auto const web = key{"default", "web"};

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
        auto m = meddler{&d.server(), berth::random_engine(seed)};
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
        auto m = meddler{&d.server(), berth::random_engine(seed)};
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
        auto m = meddler{&d.server(), berth::random_engine(7)};
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

TEST_CASE("what does not matter is not looked at until it does, or goes") {
    using names = std::vector<std::string>;
    auto d = desk();
    auto seen = names();
    REQUIRE(api::create(d.server(), make_group("found", 0)));
    auto l = loop<picky>(d.server(), {&seen});
    settle(d, l);
    REQUIRE(api::create(d.server(), make_group("a", 0)));
    REQUIRE(api::create(d.server(), make_group("b", 1)));
    settle(d, l);
    CHECK(std::exchange(seen, {}) == names{"b"});
    auto const resize = [&](std::string const& name, std::int32_t size) {
        auto g = **api::get<group>(d.server(), {"default", name});
        g.spec.size = size;
        REQUIRE(api::update(d.server(), std::move(g), 0));
        settle(d, l);
        return std::exchange(seen, {});
    };
    CHECK(resize("a", 2) == names{"a"});
    CHECK(resize("b", 0) == names{"b"}); // it mattered until then
    REQUIRE(api::remove<group>(d.server(), {"default", "found"}));
    settle(d, l);
    CHECK(seen == names{"found gone"}); // something might be remembered of it
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

TEST_CASE("what happens comes before what was found when the caches began, and the rest follows") {
    auto d = desk();
    for (auto n = 0; n < 5; ++n) REQUIRE(api::create(d.server(), make_group("g" + std::to_string(n), 0)));
    auto order = std::vector<std::string>();
    auto shared = reconcile::caches(d.server());
    auto l = loop(d.server(), shared, told_what{[&](snapshot const&, auto g) {
                      order.push_back(g->metadata.name);
                      return plan();
                  }});
    auto const now = d.clock().now();
    while (!shared.synced()) shared.step(now);
    auto g = *d.groups()[3];
    g.spec.size = 1;
    REQUIRE(api::update(d.server(), std::move(g), 0));
    while (shared.step(now) == wake::again()) {}
    go_on(l, now);
    CHECK(order == std::vector<std::string>{"g3", "g0", "g1", "g2", "g4"});
}

TEST_CASE("a controller's own priorities count instead, if it has any") {
    auto d = desk();
    for (auto n = 0; n < 4; ++n) REQUIRE(api::create(d.server(), make_group("g" + std::to_string(n), 0)));
    auto order = std::vector<std::string>();
    auto const nothing = [&](snapshot const&, auto g) {
        order.push_back(g->metadata.name);
        return plan();
    };
    auto l =
        loop(d.server(), told_what{nothing},
             {.priority = [](key const& k, reconcile::causes const&) { return k.name == "g2" ? 3 : 1; }});
    go_on(l, d.clock().now());
    CHECK(order == std::vector<std::string>{"g2", "g0", "g1", "g3"});
}

TEST_CASE("looks are kept when that is asked for: causes, steps, ends") {
    auto d = desk();
    REQUIRE(api::create(d.server(), make_group("web", 1)));
    auto heard = 0;
    auto l = loop(d.server(), group_controller(),
                  {.history = 4, .looked = [&](reconcile::look const&) { ++heard; }});
    settle(d, l);
    auto const looks = l.looks(web);
    REQUIRE(looks.size() >= 2);
    CHECK(looks[0].end == reconcile::look_outcome::carried_out);
    CHECK(looks[0].why.has(reconcile::cause::created));
    CHECK_FALSE(looks[0].why.news);
    REQUIRE(looks[0].steps.size() == 1);
    CHECK(looks[0].steps[0] ==
          reconcile::step_report{"create items default/web-", reconcile::step_outcome::done, ""});
    CHECK(looks.back().end == reconcile::look_outcome::nothing_to_do);
    CHECK_FALSE(looks.back().why.empty());
    CHECK(heard >= static_cast<int>(looks.size()));
    auto g = *d.groups()[0];
    g.spec.color = "blue";
    REQUIRE(api::update(d.server(), std::move(g), 0));
    settle(d, l);
    auto repainted = std::string();
    for (auto const& look : l.looks(web))
        for (auto const& o : look.why.what)
            if (o.as == reconcile::cause::updated && o.to_string().find("spec.color") != std::string::npos)
                repainted = look.to_string();
    CHECK(repainted.find("update items default/web-") != std::string::npos);
    for (auto n = 0; n < 10; ++n) {
        l.ask(web);
        settle(d, l);
    }
    CHECK(l.looks().size() == 4);
    CHECK(l.status_of(web).last->why.has(reconcile::cause::asked));
}

TEST_CASE("why nothing happens to a key can be asked") {
    auto d = desk();
    REQUIRE(api::create(d.server(), make_group("web", 1)));
    auto shared = reconcile::caches(d.server());
    auto l = loop(d.server(), shared, group_controller(), {.history = 10});
    auto const now = d.clock().now();
    CHECK_FALSE(l.status_of(web).synced);
    while (!shared.synced()) shared.step(now);
    CHECK(l.status_of(web).queue.waiting);
    l.step(now);
    l.ask(web);
    l.step(now); // held back
    auto const held = l.status_of(web);
    REQUIRE_FALSE(held.waits_for.empty());
    CHECK(held.waits_for[0].what.resource->plural == "items");
    REQUIRE(held.last);
    CHECK(held.last->end == reconcile::look_outcome::held_back);
    CHECK(held.last->waits_for == held.waits_for);
    CHECK(held.to_string().starts_with("it is held back until the caches show its own writes\n"
                                       "  waits to see items default/web-"));
    CHECK(l.status_of({"default", "nobody"}).to_string() == "nobody has asked for it\n");
}

TEST_CASE("a plan that is longer than its budget is cut, and decided anew until all is done") {
    auto d = desk();
    REQUIRE(api::create(d.server(), make_group("web", 10)));
    auto l = loop(d.server(), group_controller(), {.budget = {.steps = 3}, .history = 100});
    CHECK(settle(d, l).why == sim::ending::quiescent);
    CHECK(d.items().size() == 10);
    CHECK(d.groups()[0]->status.count == 10);
    CHECK(l.counters().cut == 4); // a step of each look but the first counts the items
    CHECK(l.counters().failures == 0);
    CHECK(l.looks(web)[0].end == reconcile::look_outcome::cut);
    auto most = std::size_t{0};
    for (auto const& look : l.looks(web))
        most = std::max(most, static_cast<std::size_t>(
                                  std::count_if(look.steps.begin(), look.steps.end(), [](auto const& s) {
                                      return s.outcome == reconcile::step_outcome::done;
                                  })));
    CHECK(most == 3);
}

TEST_CASE("a controller that cannot decide backs off, and one that gives up is left alone until a change") {
    auto d = desk();
    REQUIRE(api::create(d.server(), make_group("web", 1)));
    auto terminal = GENERATE(false, true);
    auto calls = 0;
    auto seen = std::string();
    auto const undecided = [&](snapshot const& world, auto const&) {
        if (!world.failures().empty()) seen = world.failures()[0].why.message;
        auto p = plan();
        if (++calls == 4) return p;
        return terminal ? p.give_up("size and color contradict each other") : p.retry("the moon is not up");
    };
    auto l = loop(d.server(), told_what{undecided}, {.history = 10});
    auto const begin = d.clock().now();
    settle(d, l);
    CHECK(calls == (terminal ? 1 : 4));
    CHECK(l.counters().failures == (terminal ? 1 : 3));
    CHECK(l.looks()[0].end ==
          (terminal ? reconcile::look_outcome::gave_up : reconcile::look_outcome::failed));
    if (!terminal) {
        CHECK(seen == "the moon is not up");
        CHECK(d.clock().now() == begin + milliseconds(5 + 10 + 20));
        return;
    }
    CHECK(l.looks()[0].reason == "size and color contradict each other");
    CHECK(l.queue().where_is(web) == reconcile::queue_state());
    auto g = *d.groups()[0];
    g.spec.size = 2;
    REQUIRE(api::update(d.server(), std::move(g), 0));
    settle(d, l);
    CHECK(calls == 2);
    CHECK(seen == "size and color contradict each other");
}

TEST_CASE("a look that only wishes to look again neither counts as a failure nor makes up for one") {
    auto d = desk();
    REQUIRE(api::create(d.server(), make_group("web", 1)));
    auto calls = 0;
    auto const polls = [&](snapshot const&, auto const&) {
        auto p = plan();
        ++calls;
        if (calls <= 3) return p.retry("not yet");
        if (calls <= 6) return p.look_again(seconds(10));
        return p;
    };
    auto l = loop(d.server(), told_what{polls});
    sim::run(d.clock(), {.seed = 1, .time_limit = seconds(15)}, l);
    CHECK(calls == 5);
    CHECK(l.queue().where_is(web).failures == 3);
    CHECK(l.counters().failures == 3);
    settle(d, l);
    CHECK(calls == 7);
    CHECK(l.queue().where_is(web) == reconcile::queue_state());
}

namespace {

/// A client whose creations are put off so many times.
class busy : public api::single_writes<busy> {
public:
    using watch_type = api::any_watch;

    busy(api::any_client to, int times, int retry_after)
        : to_(std::move(to)), left_(times), after_(retry_after) {}

    auto get(object::resource_name const& r, key const& k, api::get_options const& o) const {
        return to_.get(r, k, o);
    }
    auto list(object::resource_name const& r, api::list_options const& o) const { return to_.list(r, o); }
    auto watch(object::resource_name const& r, api::watch_options const& o) const { return to_.watch(r, o); }
    auto changed() const -> wake_signal& { return to_.changed(); }
    auto commit(std::span<api::write const> batch) const -> std::vector<result<api::written>> {
        if (left_ == 0) return to_.commit(batch);
        --left_;
        auto details = error_details{};
        details.retry_after_seconds = after_;
        auto const refused = fail(error_code::too_many_requests, "come back later", std::move(details));
        return std::vector<result<api::written>>(batch.size(), result<api::written>(refused));
    }

private:
    api::any_client to_;
    mutable int left_;
    int after_;
};

} // namespace

TEST_CASE("what the API puts off is done as soon as it says, or soon, and is no failure") {
    auto d = desk();
    REQUIRE(api::create(d.server(), make_group("web", 2)));
    auto const said = GENERATE(0, 7);
    auto line = busy(d.server(), 3, said);
    auto l = loop(line, group_controller(), {.history = 20});
    auto const begin = d.clock().now();
    settle(d, l);
    CHECK(d.items().size() == 2);
    CHECK(l.counters().put_off == 3);
    CHECK(l.counters().failures == 0);
    CHECK(l.queue().counters().retries == 0);
    CHECK(d.clock().now() - begin == seconds(said == 0 ? 3 : 21));
    CHECK(l.looks(web)[0].end == reconcile::look_outcome::put_off);
    CHECK(l.looks(web)[0].next == begin + seconds(said == 0 ? 1 : 7));
    CHECK(l.looks(web)[1].why.has(reconcile::cause::put_off));
}

TEST_CASE("a controller may apply what it wants, in its own name, whether it is there or not") {
    auto d = desk();
    REQUIRE(api::create(d.server(), make_group("web", 1)));
    auto const applies = [](snapshot const& world, reconcile::seen<group> g) {
        auto p = plan();
        auto const there = world.get<item>({"default", "one"});
        if (there && there->color == g->spec.color) return p;
        return p.apply(reconcile::reference(item::resource, {"default", "one"}),
                       R"({"apiVersion":"test/v1","kind":"Item","metadata":{"name":"one"},"color":")" +
                           g->spec.color + "\"}");
    };
    auto l = loop(d.server(), told_what{applies});
    settle(d, l);
    REQUIRE(d.items().size() == 1);
    CHECK(d.items()[0]->color == "red");
    REQUIRE(d.items()[0]->metadata.managed_fields.size() == 1);
    CHECK(d.items()[0]->metadata.managed_fields[0].manager == "told-what");
    CHECK(d.items()[0]->metadata.managed_fields[0].operation == "Apply");
    auto g = *d.groups()[0];
    g.spec.color = "blue";
    REQUIRE(api::update(d.server(), std::move(g), 0));
    l.ask(web);
    settle(d, l);
    CHECK(d.items()[0]->color == "blue");
    CHECK(l.counters().failures == 0);
}

TEST_CASE("a loop that finishes its work looks at what waits, and takes nothing more") {
    auto d = desk();
    for (auto n = 0; n < 10; ++n) REQUIRE(api::create(d.server(), make_group("g" + std::to_string(n), 1)));
    auto const finish = GENERATE(false, true);
    auto shared = reconcile::caches(d.server());
    auto l = loop(d.server(), shared, group_controller(), {.batch = 2, .finish = finish});
    auto const now = d.clock().now();
    while (!shared.synced()) shared.step(now);
    l.step(now);
    CHECK(l.counters().reconciles == 2);
    for (auto n = 0; n < 20 && l.drain(now); ++n) {}
    CHECK_FALSE(l.drain(now));
    CHECK(l.counters().reconciles == (finish ? 10 : 2));
    l.ask(web);
    l.step(now);
    CHECK(l.queue().size() == 0 + (finish ? 0U : 7U));
}

TEST_CASE("nothing is looked at while nobody leads") {
    auto d = desk();
    REQUIRE(api::create(d.server(), make_group("web", 1)));
    auto leads = api::shared_fence();
    auto l = loop(d.server(), group_controller(), {.history = 5, .leadership = [&] { return leads; }});
    sim::run(d.clock(), {.seed = 1, .time_limit = seconds(5)}, l);
    CHECK(l.counters().reconciles == 0);
    CHECK(l.looks().back().end == reconcile::look_outcome::not_leading);
    CHECK(l.looks().back().why.has(reconcile::cause::created));
}

TEST_CASE("several workers look at several keys at once, and never at one key twice") {
    auto d = desk();
    for (auto n = 0; n < 8; ++n) REQUIRE(api::create(d.server(), make_group("g" + std::to_string(n), 0)));
    auto busy_with = std::map<std::string, std::atomic<int>>();
    for (auto n = 0; n < 8; ++n) busy_with["g" + std::to_string(n)] = 0;
    auto twice = std::atomic<int>(0);
    auto at_once = std::atomic<int>(0);
    auto most = std::atomic<int>(0);
    auto looks = std::atomic<int>(0);
    auto const slow = [&](snapshot const&, reconcile::seen<group> g) {
        auto& mine = busy_with.at(g->metadata.name);
        if (mine.fetch_add(1) != 0) ++twice;
        auto const now = ++at_once;
        for (auto seen = most.load(); seen < now && !most.compare_exchange_weak(seen, now);) {}
        for (auto n = 0; n < 200 && most < 2; ++n) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        --at_once;
        mine.fetch_sub(1);
        ++looks;
        return plan();
    };
    auto shared = reconcile::caches(d.server());
    auto l = loop(d.server(), shared, told_what{slow});
    auto helpers = std::array{reconcile::any_loop::worker(l), reconcile::any_loop::worker(l)};
    auto stop = std::stop_source();
    auto running = std::jthread([&] { run_on_threads(stop.get_token(), shared, l, helpers[0], helpers[1]); });
    for (auto round = 0; round < 20; ++round) {
        for (auto n = 0; n < 8; ++n) l.ask({"default", "g" + std::to_string(n)});
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    for (auto n = 0; n < 2000 && (l.queue().size() + l.queue().processing() != 0 || looks < 8); ++n)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    stop.request_stop();
    running.join();
    CHECK(twice == 0);
    CHECK(most >= 2);
    CHECK(looks >= 8);
}

TEST_CASE("a reconcile that takes long does not keep the caches from going on, and sees one world") {
    auto d = desk();
    REQUIRE(api::create(d.server(), make_group("g", 3)));
    auto shared = reconcile::caches(d.server());
    auto went_on = false;
    auto as_before = false;
    auto const slow = [&](snapshot const& world, reconcile::seen<group> g) {
        if (went_on) return plan();
        REQUIRE(api::create(d.server(), make_group("h", 1)));
        auto const now = world.now();
        auto stepping = std::async(std::launch::async, [&] {
            while (shared.revision(object::type_of<group>()) <= g.revision_of()) (void)shared.step(now);
        });
        // A step that waited for this look would do so until it is over.
        went_on = stepping.wait_for(std::chrono::seconds(20)) == std::future_status::ready;
        as_before = world.all<group>().size() == 1 && g->spec.size == 3;
        return plan();
    };
    auto l = loop(d.server(), shared, told_what{slow});
    go_on(shared, d.clock().now());
    go_on(l, d.clock().now());
    CHECK(went_on);
    CHECK(as_before);
    CHECK(shared.at({}).all<group>().size() == 2);
}
