#include <berth/core/random.hpp>
#include <berth/schedule/gang.hpp>

#include <catch2/catch_test_macros.hpp>

#include <functional>
#include <string>
#include <vector>

namespace {

using namespace berth::schedule;

struct worker {
    int cpu = 1;
    int disk = 0;

    friend auto operator==(worker const&, worker const&) -> bool = default;
};
struct host {
    int cpu = 4;
    int disk = 4;
    int rack = 0;

    friend auto operator==(host const&, host const&) -> bool = default;
};
constexpr auto enough = filter<"enough">([](worker const& w, host const& h) {
    if (w.cpu > h.cpu) return reject("not enough cpu");
    return w.disk <= h.disk ? accept : reject("not enough disk");
});
constexpr auto take = [](worker const& w, host& h) { h.cpu -= w.cpu, h.disk -= w.disk; };
constexpr auto give_back = [](worker const& w, host& h) { h.cpu += w.cpu, h.disk += w.disk; };
constexpr auto roomy = score<"roomy">([](worker const&, host const& h) { return h.cpu; });
constexpr auto policy =
    profile{.name = "gangs", .filter = enough, .score = roomy, .reserve = take, .release = give_back};

constexpr auto anywhere = gang_terms<>{};
/// In one rack, as far as `how` says.
auto in_one_rack(gathering how, std::size_t min_count = gang_terms<>::all) {
    return gang_terms{
        .min_count = min_count,
        .together = how,
        .domain_of = &host::rack,
        .room_on = [](worker const& w, host const& h) { return w.cpu == 0 ? 99 : h.cpu / w.cpu; }};
}
auto place_all_of(std::vector<worker> const& gang, std::vector<host>& hosts, auto const& terms) {
    auto work = workspace{};
    return place_gang(gang, hosts, policy, terms, work);
}

TEST_CASE("a gang that fits is placed whole, each member where the profile says") {
    auto hosts = std::vector<host>{{.cpu = 4}, {.cpu = 6}};
    auto const placed = place_all_of({{3}, {3}, {3}}, hosts, anywhere);
    REQUIRE(placed);
    CHECK(placed->placed == 3);
    CHECK(placed->attempts == 1);
    CHECK(placed->members[0]->node == 1);
    CHECK(placed->members[1]->node == 0);
    CHECK(placed->members[2]->node == 1);
    CHECK(hosts[0].cpu == 1);
    CHECK(hosts[1].cpu == 0);
}

TEST_CASE("a gang that does not fit leaves nothing behind, and says who had no place") {
    auto hosts = std::vector<host>{{.cpu = 4}, {.cpu = 5}};
    auto const before = hosts;
    auto const placed = place_all_of({{3}, {3}, {3}}, hosts, anywhere);
    REQUIRE(!placed);
    CHECK(hosts == before);
    CHECK(placed.error().placed == 2);
    CHECK(placed.error().member == 2);
    CHECK(placed.error().why.nodes == 2);
    CHECK(placed.error().text() == "2 of 3 members fit, and 3 must; member 2: 0/2 nodes are available: 2 not "
                                   "enough cpu.");
}

TEST_CASE("enough members are enough, and as many as fit are placed") {
    auto hosts = std::vector<host>{{.cpu = 4}, {.cpu = 5}};
    auto const two = place_all_of({{9}, {3}, {3}, {1}}, hosts, gang_terms{.min_count = 2});
    REQUIRE(two);
    CHECK(two->placed == 3);
    CHECK(!two->members[0]);
    CHECK(two->members[3]);
    CHECK(place_all_of({{1}}, hosts, gang_terms{.min_count = 2}).error().text() ==
          "0 of 1 members fit, and 2 must");
}

TEST_CASE("what was reserved is given back whole") {
    auto hosts = std::vector<host>(3);
    auto const before = hosts;
    auto const gang = std::vector<worker>{{2, 1}, {3, 0}, {1, 4}};
    auto const placed = place_all_of(gang, hosts, anywhere);
    REQUIRE(placed);
    CHECK(hosts != before);
    release_gang(gang, hosts, policy, *placed);
    CHECK(hosts == before);
}

TEST_CASE("the smallest domain that has room is taken") {
    auto hosts = std::vector<host>{{.cpu = 9, .rack = 1}, {.cpu = 4, .rack = 2}, {.cpu = 3, .rack = 3}};
    auto const placed = place_all_of({{1}, {1}, {1}, {1}}, hosts, in_one_rack(gathering::required));
    REQUIRE(placed);
    CHECK(placed->gathered);
    CHECK(hosts[1].cpu == 0);
}

TEST_CASE("a preferred domain is given up where none will do; a required one is not") {
    auto const hosts = std::vector<host>{{.cpu = 3, .rack = 1}, {.cpu = 3, .rack = 2}};
    auto const gang = std::vector<worker>{{2}, {2}};
    auto spread = hosts;
    auto const placed = place_all_of(gang, spread, in_one_rack(gathering::preferred));
    REQUIRE(placed);
    CHECK(!placed->gathered);
    CHECK(placed->attempts == 3);
    auto same = hosts;
    auto const refused = place_all_of(gang, same, in_one_rack(gathering::required));
    REQUIRE(!refused);
    CHECK(same == hosts);
    CHECK(refused.error().text() == "1 of 2 members fit, and 2 must; member 1: 0/2 nodes are available: 1 in "
                                    "another domain, 1 not enough cpu.");
    auto const huge = place_all_of({{9}}, same, in_one_rack(gathering::required));
    CHECK(huge.error().text() ==
          "0 of 1 members fit, and 1 must; member 0: 0/2 nodes are available: 2 not enough cpu.");
}

TEST_CASE("a member that found no place goes first the next time") {
    auto hosts = std::vector<host>{{.cpu = 4}, {.cpu = 3}}; // the roomy one is taken by the small one
    auto const placed = place_all_of({{1}, {4}}, hosts, anywhere);
    REQUIRE(placed);
    CHECK(placed->attempts == 2);
    CHECK(placed->members[1]->node == 0);
    auto once = std::vector<host>{{.cpu = 4}, {.cpu = 3}};
    CHECK(!place_all_of({{1}, {4}}, once, gang_terms{.retries = 0}));
}

TEST_CASE("a reservation that is refused counts as no place, and is taken back too") {
    auto picky = profile{.filter = enough,
                         .reserve = [](worker const& w, host& h) -> verdict {
                             h.cpu -= w.cpu;
                             return h.cpu < 2 ? reject("reserved for others") : accept;
                         },
                         .release = [](worker const& w, host& h) { h.cpu += w.cpu; }};
    auto hosts = std::vector<host>{{.cpu = 4}};
    auto work = workspace{};
    auto const placed = place_gang(std::vector<worker>{{2}, {1}}, hosts, picky, anywhere, work);
    REQUIRE(!placed);
    CHECK(placed.error().text() == "1 of 2 members fit, and 2 must; member 1: reserved for others");
    CHECK(hosts[0].cpu == 4);
}

// --- Laws
// ---------------------------------------------------------------------------------------------------

auto draw_hosts(berth::random_engine& draw, std::size_t count) -> std::vector<host> {
    auto out = std::vector<host>{};
    for (std::size_t i = 0; i < count; ++i)
        out.push_back({.cpu = static_cast<int>(draw.below(7)),
                       .disk = static_cast<int>(draw.below(7)),
                       .rack = static_cast<int>(draw.below(3))});
    return out;
}
/// Whether tasks can be placed at all, by trying everything.
auto fits_somehow(std::vector<worker> const& gang, std::vector<host>& hosts, std::size_t from, int rack)
    -> bool {
    if (from == gang.size()) return true;
    for (auto& h : hosts) {
        if ((rack >= 0 && h.rack != rack) || gang[from].cpu > h.cpu || gang[from].disk > h.disk) continue;
        take(gang[from], h);
        auto const rest = fits_somehow(gang, hosts, from + 1, rack);
        give_back(gang[from], h);
        if (rest) return true;
    }
    return false;
}

TEST_CASE("where members are alike, a gang is placed exactly if it fits, in a rack and anywhere") {
    auto draw = berth::random_engine(1);
    auto found = 0;
    for (auto n = 0; n < 3'000; ++n) {
        auto hosts = draw_hosts(draw, 1 + draw.below(4));
        auto const before = hosts;
        auto const shape = worker{static_cast<int>(1 + draw.below(4)), static_cast<int>(draw.below(4))};
        auto const gang = std::vector<worker>(1 + draw.below(6), shape);
        auto in_a_rack = false;
        for (auto const rack : {0, 1, 2}) in_a_rack = in_a_rack || fits_somehow(gang, hosts, 0, rack);
        auto const somehow = fits_somehow(gang, hosts, 0, -1);

        auto const free = place_all_of(gang, hosts, anywhere);
        REQUIRE(free.has_value() == somehow);
        if (free) release_gang(gang, hosts, policy, *free);
        REQUIRE(hosts == before);
        auto const gathered = place_all_of(gang, hosts, in_one_rack(gathering::required));
        REQUIRE(gathered.has_value() == in_a_rack);
        if (gathered) release_gang(gang, hosts, policy, *gathered);
        REQUIRE(hosts == before);
        auto const preferred = place_all_of(gang, hosts, in_one_rack(gathering::preferred));
        REQUIRE(preferred.has_value() == somehow);
        if (preferred) REQUIRE(preferred->gathered == in_a_rack);
        found += somehow ? 1 : 0;
    }
    CHECK(found > 500);
    CHECK(found < 2'500);
}

TEST_CASE("where members differ, no placement is false, few are overlooked, and the bound is kept") {
    auto draw = berth::random_engine(2);
    auto possible = 0;
    auto overlooked = 0;
    for (auto n = 0; n < 3'000; ++n) {
        auto hosts = draw_hosts(draw, 1 + draw.below(4));
        auto const before = hosts;
        auto gang = std::vector<worker>(1 + draw.below(5));
        for (auto& w : gang) w = {static_cast<int>(draw.below(5)), static_cast<int>(draw.below(5))};
        auto const somehow = fits_somehow(gang, hosts, 0, -1);
        auto const placed = place_all_of(gang, hosts, anywhere);
        possible += somehow ? 1 : 0;
        overlooked += somehow && !placed ? 1 : 0;
        if (!placed) {
            REQUIRE(hosts == before);
            REQUIRE(placed.error().attempts <= 5);
            REQUIRE(placed.error().placed < gang.size());
            continue;
        }
        REQUIRE(somehow);
        for (auto const& h : hosts) REQUIRE((h.cpu >= 0 && h.disk >= 0));
        release_gang(gang, hosts, policy, *placed);
        REQUIRE(hosts == before);
    }
    CHECK(possible > 500);
    CHECK(overlooked * 50 < possible); // one in fifty
}

TEST_CASE("of two gangs that fit alone, one is placed whole, and the other leaves nothing") {
    auto work = workspace{};
    auto rivals = 0;
    for (std::uint64_t seed = 0; seed < 10'000; ++seed) {
        auto draw = berth::random_engine(seed);
        auto hosts = draw_hosts(draw, 2 + draw.below(5));
        auto const before = hosts;
        auto gangs = std::vector<std::vector<worker>>{};
        for (auto n = 0; n < 2; ++n)
            gangs.emplace_back(2 + draw.below(5), worker{static_cast<int>(1 + draw.below(3)), 0});
        auto alone = true;
        for (auto const& g : gangs) {
            auto const placed = place_gang(g, hosts, policy, anywhere, work);
            alone = alone && placed;
            if (placed) release_gang(g, hosts, policy, *placed);
        }
        REQUIRE(hosts == before);
        if (!alone) continue;
        auto const first = place_gang(gangs[0], hosts, policy, anywhere, work);
        REQUIRE(first);
        auto const left = hosts;
        auto const second = place_gang(gangs[1], hosts, policy, anywhere, work);
        if (second) continue;
        ++rivals;
        REQUIRE(hosts == left);
        release_gang(gangs[0], hosts, policy, *first);
        REQUIRE(place_gang(gangs[1], hosts, policy, anywhere, work));
    }
    CHECK(rivals > 500);
}

} // namespace
