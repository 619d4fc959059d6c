#include <berth/bench/decisions.hpp>
#include <berth/schedule/filter.hpp>
#include <berth/schedule/score.hpp>

#include <catch2/catch_all.hpp>

#include <cstdint>
#include <vector>

namespace {

using namespace berth;

struct job {
    std::int64_t cores = 1;

    friend auto operator==(job const&, job const&) -> bool = default;
};
struct host {
    std::int64_t free = 8;
};
constexpr auto fits = schedule::filter<"fits", schedule::reads<&host::free>>([](job const& j, host const& h) {
    return j.cores <= h.free ? schedule::accept : schedule::reject("full");
});
constexpr auto fullest = schedule::score<"fullest", schedule::reads<&host::free>>(
    [](job const&, host const& h) { return -h.free; });
constexpr auto enter = [](job const& j, host& h) { h.free -= j.cores; };
constexpr auto leave = [](job const& j, host& h) { h.free += j.cores; };
constexpr auto best_fit =
    schedule::profile{.filter = fits, .score = fullest, .reserve = enter, .release = leave};
constexpr auto one_way = schedule::profile{.filter = fits, .score = fullest, .reserve = enter};
constexpr auto first_fit = schedule::profile{.filter = fits, .reserve = enter, .release = leave};

auto load() {
    auto const make = [](berth::random_engine& draw, std::size_t) {
        return job{1 + static_cast<int>(draw.below(4))};
    };
    return bench::workload{.nodes = std::vector<host>(20), .tasks = bench::draw_many(100, 5, make)};
}

TEST_CASE("a measurement decides as a loop would that asks `place` and keeps the books") {
    auto const l = load();
    auto hosts = l.nodes;
    auto watch = bench::stopwatch();
    watch.start();
    for (auto const& j : l.tasks) {
        auto const where = schedule::place(j, hosts, best_fit);
        if (where) enter(j, hosts[where->node]);
        watch.lap(where.has_value(), where ? where->node : std::numeric_limits<std::size_t>::max());
    }
    auto const expected = watch.read();
    CHECK(expected.succeeded < 100);
    for (auto const remember : {true, false}) {
        auto const f = bench::measure(best_fit, l, {.remember = remember, .rounds = 1, .before = 2});
        CHECK(f.operations == 100);
        CHECK(f.succeeded == expected.succeeded);
        CHECK(f.answers == expected.answers);
        CHECK(f.total > duration());
        CHECK(f.p50 <= f.p99);
    }
    CHECK(bench::measure(first_fit, l, {.rounds = 1}).answers != expected.answers);
}

TEST_CASE("each round begins as the first did, whether tasks can leave or not") {
    auto const l = load();
    auto const once = bench::measure(best_fit, l, {.rounds = 1, .before = 0});
    for (auto const remember : {true, false}) {
        auto const how = bench::decision_effort{.remember = remember, .rounds = 3, .before = 1};
        CHECK(bench::measure(best_fit, l, how).succeeded == 3 * once.succeeded);
        CHECK(bench::measure(one_way, l, how).succeeded == 3 * once.succeeded);
        CHECK(bench::measure(best_fit, l, how).answers == bench::measure(one_way, l, how).answers);
    }
}

TEST_CASE("who leaves makes room, and is not measured") {
    auto l = bench::workload{.nodes = std::vector<host>(1), .tasks = std::vector<job>(20, job{8})};
    CHECK(bench::measure(best_fit, l, {.rounds = 1}).succeeded == 1);
    l.events = bench::events_of(bench::steady(20, 1), std::vector<duration>(20, seconds(1)));
    auto const f = bench::measure(best_fit, l, {.rounds = 1});
    CHECK(f.operations == 20);
    CHECK(f.succeeded == 20);
}

TEST_CASE("a placer allocates nothing once it is warm") {
    auto const l = load();
    CHECK(bench::measure(best_fit, l, {.rounds = 2, .before = 2}).allocations < 0.05);
}

} // namespace
