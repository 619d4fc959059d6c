#include "harbour.hpp"

#include <berth/schedule/forecast.hpp>

#include <vector>

namespace {

using namespace berth::schedule;
using harbour::host, harbour::task;

constexpr auto take = [](task const& t, host& h) { h.cpu_free -= t.cpu; };
constexpr auto give_back = [](task const& t, host& h) { h.cpu_free += t.cpu; };

constexpr auto largest_first = [](task const& a, task const& b) { return a.cpu > b.cpu; };
constexpr auto spreading =
    profile{.order = largest_first, .filter = harbour::fits, .score = harbour::roomy, .reserve = take};

TEST_CASE("as many fit as there is room for, each placed with those before in place") {
    auto const hosts = std::vector<host>{{.cpu_free = 4}, {.cpu_free = 7}, {.cpu_free = 1}};
    auto const f = how_many_fit(task{.cpu = 2}, hosts, spreading);
    CHECK(f.nodes == std::vector<std::size_t>{1, 1, 0, 1, 0});
    CHECK(f.by_node(3) == std::vector<std::size_t>{2, 3, 0});
    CHECK(f.no_more->summary() == "0/3 nodes are available: 3 not enough cpu.");
    CHECK(hosts[0].cpu_free == 4); // the copy was changed, and nothing else
}

TEST_CASE("no more are tried than are wanted") {
    auto const hosts = std::vector<host>{{.cpu_free = 4}};
    CHECK(how_many_fit(task{.cpu = 2}, hosts, spreading, 1).nodes.size() == 1);
    CHECK(!how_many_fit(task{.cpu = 2}, hosts, spreading, 2).no_more);
    CHECK(how_many_fit(task{.cpu = 2}, hosts, spreading, 3).nodes.size() == 2);
    CHECK(how_many_fit(task{.cpu = 2}, hosts, spreading, 0).nodes.empty());
    CHECK(how_many_fit(task{}, std::vector<host>{}, spreading).no_more->nodes == 0);
}

TEST_CASE("who enters is told the how many-th it is") {
    auto seen = std::vector<std::size_t>{};
    auto const f = how_many_fit(task{.cpu = 1}, std::vector<host>(2), spreading, 3,
                                [&](task const& t, host& h, std::size_t i) {
                                    seen.push_back(i);
                                    take(t, h);
                                });
    CHECK(f.nodes.size() == 3);
    CHECK(seen == std::vector<std::size_t>{0, 1, 2});
}

TEST_CASE("the tasks of a node go elsewhere in the profile's order, and who has no place stays") {
    auto hosts = std::vector<host>{{.cpu_free = 1}, {.cpu_free = 3}, {.cpu_free = 4}};
    auto const tasks = std::vector<task>{{.cpu = 1}, {.cpu = 4}, {.cpu = 5}, {.cpu = 3}};
    auto const moves = relocate(tasks, hosts, 0, spreading, give_back, take);
    REQUIRE(moves.size() == 4);
    CHECK(moves[0].task == 2);
    REQUIRE(!moves[0].where);
    CHECK(moves[0].where.error().refused[0].says == rule_out("being left"));
    CHECK(moves[0].where.error().refused[2].says == reject("not enough cpu"));
    CHECK(moves[1].task == 1);
    CHECK(moves[1].where->node == 2);
    CHECK(moves[2].task == 3);
    CHECK(moves[2].where->node == 1);
    CHECK(moves[3].task == 0);
    CHECK(!moves[3].where);
    CHECK(hosts[0].cpu_free == 1 + 4 + 3);
    CHECK(hosts[1].cpu_free == 0);
}

TEST_CASE("where there are several profiles, each task goes where its own puts it") {
    constexpr auto packed = score<"packed">([](task const&, host const& h) { return -h.cpu_free; });
    constexpr auto packing =
        profile{.order = largest_first, .filter = harbour::fits, .score = packed, .reserve = take};
    auto const both = policies{spreading, packing};
    auto hosts = std::vector<host>{{.cpu_free = 0}, {.cpu_free = 5}, {.cpu_free = 9}};
    auto const tasks = std::vector<task>{{.cpu = 1}, {.cpu = 2}};
    auto const by_size = [](task const& t) -> std::size_t { return t.cpu == 1 ? 1 : 0; };
    auto const moves = relocate(tasks, hosts, 0, both, give_back, take, by_size);
    REQUIRE(moves.size() == 2);
    CHECK(moves[0].task == 1); // in the order of the first one: the largest first
    CHECK(moves[0].where->node == 2);
    CHECK(moves[1].task == 0);
    CHECK(moves[1].where->node == 1); // the spreading one would have taken 2
}

TEST_CASE("equals leave in the order in which they were given, and none comes back") {
    auto hosts = std::vector<host>{{.cpu_free = 99}, {.cpu_free = 4}};
    auto const moves = relocate(std::vector<task>(3), hosts, 0, spreading, give_back, take);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(moves[i].task == i);
        CHECK(moves[i].where->node == 1);
    }
}

} // namespace
