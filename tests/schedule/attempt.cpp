#include "harbour.hpp"

#include <berth/schedule/attempt.hpp>

namespace {

using namespace berth::schedule;
using harbour::fits, harbour::host, harbour::roomy, harbour::task;

constexpr auto take = [](task const& t, host& h) { h.cpu_free -= t.cpu; };
constexpr auto give_back = [](task const& t, host& h) { h.cpu_free += t.cpu; };

TEST_CASE("a reservation is seen by the next task") {
    auto hosts = std::vector<host>{{.cpu_free = 3}, {.cpu_free = 4}};
    auto const policy = profile{.filter = fits, .score = roomy, .reserve = take};
    auto where = std::vector<std::size_t>{};
    auto const tasks = std::vector<task>{{2}, {2}, {2}, {2}};
    auto const placed = place_all(tasks, hosts, policy, [&](std::size_t, auto const& outcome) {
        where.push_back(outcome ? outcome->node : 99);
    });
    CHECK(placed == 3);
    CHECK(where == std::vector<std::size_t>{1, 0, 1, 99});
    CHECK(hosts == std::vector<host>{{.cpu_free = 1}, {.cpu_free = 0}});
}

TEST_CASE("a refusal after the reservation takes it back") {
    auto const before = std::vector<host>{{.cpu_free = 3}};
    auto hosts = before;
    auto work = workspace{};
    auto const refusing = profile{
        .filter = fits,
        .reserve = take,
        .release = give_back,
        .permit = [](task const&,
                     host const& h) { return h.cpu_free > 1 ? accept : reject("keeps a reserve"); },
    };
    auto const outcome = attempt(task{2}, hosts, refusing, work);
    REQUIRE(!outcome);
    CHECK(outcome.error().at == stage::denied);
    CHECK(outcome.error().why == "keeps a reserve");
    CHECK(hosts == before);

    auto const failing = profile{
        .filter = fits,
        .reserve = take,
        .release = give_back,
        .bind = [](task const&, host const&) -> berth::result<void> {
            return berth::fail(berth::error_code::conflict, "somebody was faster");
        },
    };
    CHECK(attempt(task{2}, hosts, failing, work).error().at == stage::unbound);
    CHECK(hosts == before);
}

TEST_CASE("a task that is not admitted is not tried") {
    auto hosts = std::vector<host>(1);
    auto work = workspace{};
    auto const gated = profile{.enqueue = [](task const&) { return reject("gated"); }};
    CHECK(attempt(task{}, hosts, gated, work).error().at == stage::gated);
}

/// The first node, if the filter would take it emptied.
constexpr auto empty_the_first = [](task const&, std::span<host const> hosts, refusal const& why,
                                    auto const& what_if) -> std::optional<eviction<std::string>> {
    auto const node = why.refused.front().node;
    auto emptied = hosts[node];
    emptied.cpu_free = 6;
    if (!what_if(node, emptied).accepted()) return {};
    return eviction<std::string>{node, {"whoever is there"}};
};

TEST_CASE("room is made when no node will do, and only if that helps") {
    auto const evicting = profile{.filter = fits, .preempt = empty_the_first, .reserve = take};
    auto hosts = std::vector<host>{{.cpu_free = 0}, {.cpu_free = 1}};
    auto work = workspace{};
    auto const before = hosts;
    auto const wish = attempt(task{.cpu = 5}, hosts, evicting, work);
    CHECK(wish.error().at == stage::evicting);
    CHECK(wish.error().room == eviction<std::string>{0, {"whoever is there"}});
    CHECK(wish.error().refused.refused.size() == 2);
    auto const refused = attempt(task{.cpu = 7}, hosts, evicting, work);
    CHECK(refused.error().at == stage::refused);
    CHECK(refused.error().refused.refused.size() == 2);
    CHECK(hosts == before);
}

TEST_CASE("whoever places many tasks evicts between the two attempts") {
    auto const evicting = profile{.filter = fits, .preempt = empty_the_first, .reserve = take};
    auto hosts = std::vector<host>{{.cpu_free = 0}, {.cpu_free = 1}};
    auto evicted = std::vector<std::string>{};
    auto const placed = place_all(
        std::vector<task>{{5}, {7}}, hosts, evicting, [](std::size_t, auto const&) {},
        [&](host& h, auto const& room) {
            h.cpu_free = 6;
            evicted.insert(evicted.end(), room.victims.begin(), room.victims.end());
        });
    CHECK(placed == 1);
    CHECK(evicted == std::vector<std::string>{"whoever is there"});
    CHECK(hosts[0].cpu_free == 1);
}

TEST_CASE("a reservation that waits, or of which nobody knows whether it was bound, is kept") {
    auto hosts = std::vector<host>{{.cpu_free = 3}};
    auto work = workspace{};
    auto const waiting = profile{
        .filter = fits,
        .reserve = take,
        .release = give_back,
        .permit = [](task const&, host const&) { return wait_for(berth::seconds(5), "others"); },
    };
    auto const first = attempt(task{1}, hosts, waiting, work);
    CHECK(first.error().at == stage::waiting);
    CHECK(first.error().why == "others");
    CHECK(first.error().limit == berth::seconds(5));
    CHECK(hosts[0].cpu_free == 2);
    auto const silent = profile{
        .filter = fits,
        .reserve = take,
        .release = give_back,
        .bind = [](task const&, host const&) -> berth::result<void> {
            return berth::fail(berth::error_code::timeout, "no answer");
        },
    };
    auto const second = attempt(task{2}, hosts, silent, work);
    CHECK(second.error().at == stage::in_doubt);
    CHECK(second.error().code == berth::error_code::timeout);
    CHECK(second.error().where.node == 0);
    CHECK(hosts[0].cpu_free == 0);
}

} // namespace
