#include "harbour.hpp"

#include <berth/schedule/cycle.hpp>

#include <expected>
#include <optional>
#include <span>
#include <string>

namespace {

using namespace berth::schedule;
using berth::seconds;
using harbour::host, harbour::roomy, harbour::task;

constexpr auto start = berth::time_point{};
constexpr auto fits_declared = filter<"fits", reads<&host::cpu_free>>(
    [](task const& t, host const& h) { return t.cpu <= h.cpu_free ? accept : reject("full"); });
constexpr auto in_zone = filter<"in zone", reads<&host::zone>>(
    [](task const& t, host const& h) { return t.zone == h.zone ? accept : rule_out("other zone"); });

TEST_CASE("several profiles share a queue, each task goes by its own") {
    constexpr auto here = profile{.name = "here", .filter = fits_declared, .tie = lowest_index{}};
    constexpr auto zoned = profile{.name = "zoned", .filter = fits_declared and in_zone, .score = roomy};
    auto machine = cycle_of<task, host>(policies{here, zoned});
    auto hosts = std::vector<host>{{.cpu_free = 4, .zone = 0}, {.cpu_free = 8, .zone = 1}};
    machine.add({1, 1}, 0);
    machine.add({1, 1}, 1);
    auto const stranger = machine.add({1, 7}, 1);
    CHECK(machine.next(hosts, start)->outcome->node == 0);
    auto const second = machine.next_explained(hosts, start);
    CHECK(second->outcome->node == 1);
    CHECK(second->account->policy == zoned.describe());
    CHECK_FALSE(machine.next(hosts, start)->outcome);
    auto changed = hosts[0];
    changed.cpu_free = 9;
    machine.changed(hosts[0], changed, start + seconds(5));
    CHECK(!machine.next(hosts, start + seconds(5)));
    changed.zone = 7;
    machine.changed(hosts[0], changed, start + seconds(5));
    CHECK(machine.next(hosts, start + seconds(5))->id == stranger);
}

TEST_CASE("of several profiles some may make room and others not") {
    constexpr auto meek = profile{.name = "meek", .filter = fits_declared};
    constexpr auto rude = profile{.name = "rude",
                                  .filter = fits_declared,
                                  .preempt = [](task const&, std::span<host const>, refusal const&) {
                                      return std::optional(eviction<int>{0, {7}});
                                  }};
    auto machine = cycle_of<task, host>(policies{meek, rude});
    auto hosts = std::vector<host>{{.cpu_free = 1}};
    machine.add({9}, 0);
    machine.add({9}, 1);
    machine.add({1}, 0);
    CHECK(machine.next(hosts, start)->outcome.error().at == stage::refused);
    auto const room = machine.next(hosts, start);
    CHECK(room->outcome.error().at == stage::evicting);
    CHECK(room->outcome.error().room == eviction<int>{0, {7}});
    CHECK(machine.next(hosts, start)->outcome->node == 0);
}

struct in_a_zone {
    static constexpr std::string_view name = "in a zone";
    int zone = 0;
    auto operator()(task const&, host const& h) const -> verdict {
        return h.zone == zone ? accept : rule_out("other zone");
    }
};

TEST_CASE("profiles of one type may be as many as there are at run time") {
    auto const by = [](std::string_view name, int zone) {
        return profile{.name = name, .filter = fits_declared and filter(in_a_zone{zone}), .score = roomy};
    };
    auto list = policy_list<decltype(by("", 0))>{};
    for (auto zone = 0; zone < 3; ++zone) list.all.push_back(by("zoned", zone));
    auto machine = cycle_of<task, host>(list);
    auto hosts =
        std::vector<host>{{.cpu_free = 4, .zone = 0}, {.cpu_free = 4, .zone = 1}, {.cpu_free = 4, .zone = 2}};
    for (std::size_t lane : {1U, 2U, 0U, 7U}) machine.add({1, 1}, lane);
    CHECK(machine.next(hosts, start)->outcome->node == 1);
    CHECK(machine.next(hosts, start)->outcome->node == 2);
    CHECK(machine.next(hosts, start)->outcome->node == 0);
    CHECK(machine.next(hosts, start)->outcome->node == 2); // by the last one, for there are not so many
}

} // namespace
