#include <berth/core/random.hpp>
#include <berth/schedule/cycle.hpp>
#include <berth/schedule/fair_order.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>
#include <vector>

namespace {

using namespace berth::schedule;
using berth::amounts, berth::queue_id, berth::seconds;

struct job {
    queue_id queue{};
    std::int64_t cpu = 1;
    int rank = 0;
    bool hopeless = false; ///< no host will do, whatever the quotas say
};
struct machine {
    std::int64_t free = 0;
};
constexpr auto start = berth::time_point{};

auto turns_of(fair_line<1>& line) {
    return fair_order(
        line, [](job const& j) { return j.queue; }, [](job const& j) { return amounts<1>{j.cpu}; },
        [](job const& a, job const& b) { return a.rank > b.rank; });
}
auto policy_of(fair_line<1>& line) {
    auto const turns = turns_of(line);
    return profile{
        .enqueue = turns,
        .order = turns,
        .filter = filter<"fits">([](job const& j, machine const& m) {
            if (j.hopeless) return reject("nowhere");
            return j.cpu <= m.free ? accept : reject("full");
        }),
        .reserve = [turns](job const& j, machine& m) { m.free -= j.cpu, turns.charge(j); },
        .release = [turns](job const& j, machine& m) { m.free += j.cpu, turns.refund(j); },
    };
}

TEST_CASE("a cycle serves queues by their shares, and by rank within a queue") {
    auto line = fair_line<1>({12});
    auto const heavy = line.open("heavy", {.weight = 2});
    auto const light = line.open("light");
    auto cycle = cycle_of<job, machine>(policy_of(line));
    auto hosts = std::vector<machine>{{12}};
    for (auto n = 0; n < 12; ++n) {
        cycle.add({.queue = light, .rank = n});
        cycle.add({.queue = heavy, .rank = n});
    }
    auto next_rank = std::vector<int>{11, 11};
    for (auto n = 0; n < 12; ++n) {
        auto const taken = cycle.next(hosts, start);
        REQUIRE(taken->left);
        CHECK(taken->left->rank == next_rank[taken->left->queue == heavy ? 0 : 1]--);
    }
    CHECK(line.shares().usage(heavy)[0] == 8);
    CHECK(line.shares().usage(light)[0] == 4);
    CHECK(!cycle.next(hosts, start)); // nothing fits into the quotas: nobody is tried in vain
    CHECK(!cycle.next_ready(start));
    CHECK(line.size() == 12);
}

TEST_CASE("what a task gave back lets the next in turn be tried") {
    auto line = fair_line<1>({4});
    auto const a = line.open("a", {.limit = {2}});
    auto const turns = turns_of(line);
    auto cycle = cycle_of<job, machine>(policy_of(line));
    auto hosts = std::vector<machine>{{100}};
    auto const running = job{.queue = a, .cpu = 2};
    cycle.add(running);
    cycle.add({.queue = a, .cpu = 1});
    CHECK(cycle.next(hosts, start)->left);
    CHECK(!cycle.next(hosts, start));
    CHECK(turns.why_not(running) == "queue a may use now 0 more of resource 0, and 2 are needed");
    turns.refund(running);
    CHECK(turns.why_not(running).empty());
    CHECK(cycle.next_ready(start) == start);
    CHECK(cycle.next(hosts, start)->left->cpu == 1);
}

TEST_CASE("a task that no quota can ever meet is told so, and does not stand in line") {
    auto line = fair_line<1>({4});
    auto const a = line.open("a", {.limit = {2}});
    auto cycle = cycle_of<job, machine>(policy_of(line));
    auto hosts = std::vector<machine>{{100}};
    auto const id = cycle.add({.queue = a, .cpu = 3});
    auto const gone = cycle.add({.queue = a, .cpu = 9});
    cycle.remove(gone, hosts, start);
    auto const taken = cycle.next(hosts, start);
    CHECK(taken->id == id);
    CHECK(taken->outcome.error().at == stage::gated);
    CHECK(taken->outcome.error().why == "queue a may use at most 2 more of resource 0, and 3 are needed");
    CHECK(!cycle.next(hosts, start));
    line.set_terms(a, {});
    cycle.again(id, start);
    CHECK(cycle.next(hosts, start)->left);
}

TEST_CASE("what is reserved and released again is not charged") {
    auto line = fair_line<1>({4});
    auto const a = line.open("a");
    auto const turns = turns_of(line);
    auto cycle = cycle_of<job, machine>(profile{
        .order = turns,
        .reserve = [=](job const& j, machine&) { turns.charge(j); },
        .release = [=](job const& j, machine&) { turns.refund(j); },
        .permit = [](job const&, machine const&) { return reject("no"); },
    });
    auto hosts = std::vector<machine>(1);
    cycle.add({.queue = a});
    CHECK(cycle.next(hosts, start)->outcome.error().at == stage::denied);
    CHECK(line.shares().usage(a)[0] == 0);
}

TEST_CASE("the hopeless tasks of one queue do not hold up the others") {
    auto line = fair_line<1>({1'000});
    auto const bad = line.open("bad");
    auto const good = line.open("good");
    auto const fine = line.open("fine");
    auto cycle = cycle_of<job, machine>(policy_of(line));
    auto hosts = std::vector<machine>{{1'000}};
    for (auto n = 0; n < 100; ++n) {
        cycle.add({.queue = bad, .hopeless = true});
        cycle.add({.queue = good});
        cycle.add({.queue = fine});
    }
    auto hopeless = 0;
    for (auto n = 0; n < 30; ++n) hopeless += cycle.next(hosts, start)->left ? 0 : 1;
    CHECK(hopeless <= 10);
    CHECK(line.shares().usage(good)[0] >= 10);
    CHECK(line.shares().usage(fine)[0] >= 10);
    CHECK(line.shares().usage(bad)[0] == 0);
}

TEST_CASE("usage is what is bound or held, after any history of a cycle") {
    auto draw = berth::random_engine(5);
    for (auto round = 0; round < 40; ++round) {
        auto line = fair_line<1>({60});
        auto queues = std::vector<queue_id>{};
        for (auto n = 0; n < 4; ++n)
            queues.push_back(
                line.open("q" + std::to_string(n), {.guaranteed = {5 * n}, .lends = n % 2 == 0}));
        auto const turns = turns_of(line);
        auto cycle = cycle_of<job, machine>(policy_of(line));
        auto hosts = std::vector<machine>{{20}, {20}, {20}};
        auto running = std::vector<std::pair<job, std::size_t>>{};
        auto now = start;
        for (auto n = 0; n < 300; ++n) {
            auto const what = draw.below(4);
            if (what == 0) {
                cycle.add({.queue = queues[draw.below(4)],
                           .cpu = 1 + static_cast<std::int64_t>(draw.below(8)),
                           .rank = static_cast<int>(draw.below(3)),
                           .hopeless = draw.below(5) == 0});
            } else if (what < 3) {
                auto const taken = cycle.next(hosts, now);
                if (taken && taken->left) running.emplace_back(*taken->left, taken->outcome->node);
            } else if (!running.empty()) {
                auto const [ended, node] = running.back();
                running.pop_back();
                auto const before = hosts[node];
                hosts[node].free += ended.cpu;
                turns.refund(ended);
                now = now + seconds(2);
                cycle.changed(before, hosts[node], now);
            }
            auto used = std::int64_t{0};
            for (auto const& [j, node] : running) used += j.cpu;
            REQUIRE(line.shares().usage(line.root)[0] == used);
            REQUIRE(used <= 60);
        }
    }
}

} // namespace
