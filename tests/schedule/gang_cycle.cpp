#include <berth/core/random.hpp>
#include <berth/schedule/fair_order.hpp>
#include <berth/schedule/gang_cycle.hpp>

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <string>
#include <vector>

namespace {

using namespace berth::schedule;
using berth::amounts, berth::seconds;

struct worker {
    int gang = 0; ///< 0: none
    std::size_t size = 2;
    int cpu = 1;
    bool willing = true;
};
struct host {
    int cpu = 4;
    int rack = 0;

    friend auto operator==(host const&, host const&) -> bool = default;
};
constexpr auto start = berth::time_point{};
constexpr auto gang_of = [](worker const& w) -> std::optional<gang_membership<int>> {
    if (w.gang == 0) return std::nullopt;
    return gang_membership<int>{.gang = w.gang, .size = w.size};
};
constexpr auto policy = profile{
    .enqueue = [](worker const& w) -> verdict { return w.willing ? accept : reject("unwilling"); },
    .filter = filter<"fits", reads<&host::cpu>>(
        [](worker const& w, host const& h) { return w.cpu <= h.cpu ? accept : reject("full"); }),
    .reserve = [](worker const& w, host& h) { h.cpu -= w.cpu; },
    .release = [](worker const& w, host& h) { h.cpu += w.cpu; },
};

/// Where each task stood when nothing was left to do.
auto run(auto& cycle, std::vector<host>& hosts, berth::time_point now = start) -> std::vector<stage> {
    auto out = std::vector<stage>{};
    while (auto const taken = cycle.next(hosts, now))
        out.push_back(taken->outcome ? stage::bound : taken->outcome.error().at);
    return out;
}
using stages = std::vector<stage>;

TEST_CASE("members wait without a reservation until their gang is there, and are bound together") {
    auto hosts = std::vector<host>{{4}};
    auto cycle = gang_cycle_of<worker, host>(policy, gang_of);
    cycle.add({.gang = 1, .size = 3});
    cycle.add({.gang = 1, .size = 3});
    cycle.add({.cpu = 1}); // of no gang
    auto const first = cycle.next(hosts, start);
    CHECK(first->outcome.error().at == stage::gated);
    CHECK(first->outcome.error().why == "its gang waits: 2 of 3 members are there");
    CHECK(run(cycle, hosts) == stages{stage::gated, stage::bound});
    CHECK(hosts[0].cpu == 3);
    CHECK(cycle.held() == 0);
    cycle.add({.gang = 1, .size = 3});
    CHECK(run(cycle, hosts) == stages{stage::bound, stage::bound, stage::bound});
    CHECK(hosts[0].cpu == 0);
    CHECK(cycle.size() == 0);
}

TEST_CASE("a gang without room reserves nothing, says why of each member, and comes when there is room") {
    auto hosts = std::vector<host>{{3}};
    auto cycle = gang_cycle_of<worker, host>(policy, gang_of);
    for (auto n = 0; n < 2; ++n) cycle.add({.gang = 1, .cpu = 2});
    auto const first = cycle.next(hosts, start);
    CHECK(first->outcome.error().at == stage::refused);
    CHECK(first->outcome.error().why ==
          "1 of 2 members fit, and 2 must; member 1: 0/1 nodes are available: 1 full.");
    CHECK(cycle.next_ready(start) == start);
    CHECK(run(cycle, hosts) == stages{stage::refused});
    CHECK(hosts[0].cpu == 3);
    CHECK(cycle.held() == 0);
    auto const before = hosts[0];
    hosts[0].cpu = 4;
    cycle.changed(before, hosts[0], start + seconds(1));
    CHECK(run(cycle, hosts, start + seconds(1)) == stages{stage::bound, stage::bound});
}

TEST_CASE("a member that may not be tried keeps its gang waiting") {
    auto hosts = std::vector<host>{{4}};
    auto cycle = gang_cycle_of<worker, host>(policy, gang_of);
    auto const id = cycle.add({.gang = 1, .willing = false});
    cycle.add({.gang = 1});
    CHECK(cycle.next(hosts, start)->outcome.error().why == "unwilling");
    CHECK(cycle.next(hosts, start)->outcome.error().why ==
          "its gang waits for a member that may not be tried: unwilling");
    cycle.replace(id, {.gang = 1}, true, start);
    CHECK(run(cycle, hosts) == stages{stage::bound, stage::bound});
}

TEST_CASE("a gang that lost a member waits for another") {
    auto hosts = std::vector<host>{{0}};
    auto cycle = gang_cycle_of<worker, host>(policy, gang_of);
    auto const gone = cycle.add({.gang = 1});
    cycle.add({.gang = 1});
    CHECK(run(cycle, hosts) == stages{stage::refused, stage::refused});
    cycle.remove(gone, hosts, start);
    auto const before = hosts[0];
    hosts[0].cpu = 4;
    cycle.changed(before, hosts[0], start + seconds(1));
    CHECK(run(cycle, hosts, start + seconds(1)) == stages{stage::gated});
    cycle.add({.gang = 1});
    CHECK(run(cycle, hosts, start + seconds(1)) == stages{stage::bound, stage::bound});
}

TEST_CASE("who comes after the gang has its places is placed alone, until it is disbanded") {
    auto hosts = std::vector<host>{{9}};
    auto cycle = gang_cycle_of<worker, host>(policy, gang_of);
    for (auto n = 0; n < 2; ++n) cycle.add({.gang = 1});
    CHECK(run(cycle, hosts) == stages{stage::bound, stage::bound});
    cycle.add({.gang = 1});
    CHECK(run(cycle, hosts) == stages{stage::bound});
    cycle.disband(1);
    cycle.add({.gang = 1});
    CHECK(run(cycle, hosts) == stages{stage::gated});
    cycle.set_placed(2);
    cycle.add({.gang = 2});
    CHECK(run(cycle, hosts) == stages{stage::bound});
}

TEST_CASE("a permission that waits or is refused denies the whole gang, and nothing stays reserved") {
    auto const with_permit = [](auto permit) {
        return profile{.filter = policy.filter,
                       .reserve = policy.reserve,
                       .release = policy.release,
                       .permit = std::move(permit)};
    };
    auto hosts = std::vector<host>{{4}};
    auto waits = gang_cycle_of<worker, host>(
        with_permit([](worker const&, host const&) { return wait_for(seconds(9), "a friend"); }), gang_of);
    auto refuses = gang_cycle_of<worker, host>(
        with_permit([](worker const&, host const& h) { return h.cpu > 1 ? accept : reject("too full"); }),
        gang_of);
    for (auto n = 0; n < 2; ++n) waits.add({.gang = 1}), refuses.add({.gang = 1, .cpu = 2});
    CHECK(waits.next(hosts, start)->outcome.error().why ==
          "2 of 2 members fit, and 2 must; member 0: a gang does not wait with reservations: a friend");
    CHECK(run(waits, hosts) == stages{stage::denied});
    CHECK(run(refuses, hosts) == stages{stage::denied, stage::denied});
    CHECK(hosts[0].cpu == 4);
    CHECK(waits.held() + refuses.held() == 0);
}

TEST_CASE("binds of members are answered later like those of others") {
    struct later : no_shell {
        auto bind(worker const&, host const&) const -> std::optional<berth::result<void>> {
            return std::nullopt;
        }
    };
    auto hosts = std::vector<host>{{4}};
    auto cycle = gang_cycle_of<worker, host>(policy, gang_of, gang_terms<>{}, back_off{}, later{});
    auto const a = cycle.add({.gang = 1});
    auto const b = cycle.add({.gang = 1});
    CHECK(run(cycle, hosts) == stages{stage::binding, stage::binding});
    CHECK(cycle.told(a, {}, hosts, start)->left);
    auto const lost = cycle.told(b, berth::fail(berth::error_code::conflict, "gone"), hosts, start);
    CHECK(lost->outcome.error().at == stage::unbound);
    CHECK(hosts[0].cpu == 3);
    CHECK(run(cycle, hosts, start + seconds(2)) == stages{stage::binding}); // alone
}

TEST_CASE("a gang lies in one domain, and hears of nodes that move to another") {
    constexpr auto in_a_rack = [](worker const& w) -> std::optional<gang_membership<int>> {
        return gang_membership<int>{.gang = w.gang, .size = w.size, .together = gathering::required};
    };
    auto hosts = std::vector<host>{{1, 1}, {1, 2}};
    auto cycle = gang_cycle_of<worker, host>(policy, in_a_rack, gang_terms{.domain_of = &host::rack});
    for (auto n = 0; n < 2; ++n) cycle.add({.gang = 1});
    CHECK(run(cycle, hosts) == stages{stage::refused, stage::refused});
    auto const before = hosts[1];
    hosts[1].rack = 1;
    cycle.changed(before, hosts[1], start + seconds(1));
    CHECK(run(cycle, hosts, start + seconds(1)) == stages{stage::bound, stage::bound});
}

TEST_CASE("a gang goes when its queue's turn comes, and within the quota or not at all") {
    auto line = fair_line<1>({10});
    auto const team = line.open("team", {.limit = {3}});
    auto const turns = fair_order(
        line, [=](worker const&) { return team; }, [](worker const& w) { return amounts<1>{w.cpu}; });
    auto const fair =
        profile{.enqueue = turns,
                .order = turns,
                .filter = policy.filter,
                .reserve = [=](worker const& w, host& h) { return h.cpu -= w.cpu, turns.charge(w); },
                .release = [=](worker const& w, host& h) { h.cpu += w.cpu, turns.refund(w); }};
    auto hosts = std::vector<host>{{9}};
    auto cycle = gang_cycle_of<worker, host>(fair, gang_of);
    for (auto n = 0; n < 2; ++n) cycle.add({.gang = 1, .cpu = 2});
    auto const first = cycle.next(hosts, start);
    CHECK(first->outcome.error().at == stage::denied);
    CHECK(first->outcome.error().why ==
          "1 of 2 members fit, and 2 must; member 1: queue team may use now 1 more "
          "of resource 0, and 2 are needed");
    CHECK(hosts[0].cpu == 9);
    CHECK(line.shares().usage(team)[0] == 0);
    line.set_terms(team, {.limit = {4}});
    (void)run(cycle, hosts, start + seconds(20));
    CHECK(line.shares().usage(team)[0] == 4);
    CHECK(cycle.size() == 0);
}

TEST_CASE("of two gangs that each fit alone, one is bound within one cycle, whoever of them comes when") {
    auto rivals = 0;
    for (std::uint64_t seed = 0; seed < 10'000; ++seed) {
        auto draw = berth::random_engine(seed);
        auto hosts = std::vector<host>{};
        auto const count = 1 + draw.below(4);
        for (std::uint64_t n = 0; n < count; ++n) hosts.push_back({static_cast<int>(draw.below(5))});
        auto left = std::map<int, std::size_t>{};
        auto shapes = std::map<int, worker>{};
        auto alone = true;
        auto work = workspace{};
        for (auto const gang : {1, 2}) {
            auto const size = static_cast<std::size_t>(1 + draw.below(4));
            shapes[gang] = {.gang = gang, .size = size, .cpu = static_cast<int>(1 + draw.below(3))};
            left[gang] = size;
            auto trial = hosts;
            alone = alone &&
                    place_gang(std::vector<worker>(size, shapes[gang]), trial, policy, gang_terms<>{}, work);
        }
        if (!alone) continue;
        auto cycle = gang_cycle_of<worker, host>(policy, gang_of);
        auto bound = std::map<int, std::size_t>{};
        while (left[1] + left[2] > 0) { // they come mixed, and the cycle is called now and then
            auto const gang = left[1] > 0 && (left[2] == 0 || draw.below(2) == 0) ? 1 : 2;
            --left[gang];
            cycle.add(shapes[gang]);
            if (draw.below(2) == 0) continue;
            while (auto const taken = cycle.next(hosts, start))
                if (taken->left) ++bound[taken->left->gang];
            REQUIRE(cycle.held() == 0);
        }
        while (auto const taken = cycle.next(hosts, start))
            if (taken->left) ++bound[taken->left->gang];
        for (auto const gang : {1, 2}) REQUIRE((bound[gang] == 0 || bound[gang] == shapes[gang].size));
        REQUIRE(bound[1] + bound[2] > 0);
        REQUIRE(cycle.held() == 0);
        rivals += bound[1] == 0 || bound[2] == 0 ? 1 : 0;
    }
    CHECK(rivals > 500);
}

} // namespace
