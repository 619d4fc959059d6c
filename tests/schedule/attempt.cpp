#include "harbour.hpp"

#include <berth/schedule/attempt.hpp>

namespace {

using namespace berth::schedule;
using harbour::fits, harbour::host, harbour::roomy, harbour::task;

constexpr auto take = [](task const& t, host& h) { h.cpu_free -= t.cpu; };

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
        .permit = [](task const&,
                     host const& h) { return h.cpu_free > 1 ? accept : reject("keeps a reserve"); },
    };
    auto const outcome = attempt(task{2}, hosts, refusing, work);
    REQUIRE(!outcome);
    CHECK(outcome.error().at == step::permit);
    CHECK(outcome.error().why == "keeps a reserve");
    CHECK(hosts == before);

    auto const failing = profile{
        .filter = fits,
        .reserve = take,
        .bind = [](task const&, host const&) -> berth::result<void> {
            return berth::fail(berth::error_code::conflict, "somebody was faster");
        },
    };
    CHECK(attempt(task{2}, hosts, failing, work).error().at == step::bind);
    CHECK(hosts == before);
}

TEST_CASE("a task that is not admitted is not tried") {
    auto hosts = std::vector<host>(1);
    auto work = workspace{};
    auto const gated = profile{.enqueue = [](task const&) { return reject("gated"); }};
    CHECK(attempt(task{}, hosts, gated, work).error().at == step::enqueue);
}

TEST_CASE("room is made when no node will do, and only if that helps") {
    auto const evicting = profile{
        .filter = fits,
        .preempt = [](task const&, std::span<host const> hosts,
                      refusal const& why) -> std::optional<vacancy<host>> {
            auto const node = why.refused.front().node;
            auto emptied = hosts[node];
            emptied.cpu_free = 6;
            return vacancy<host>{node, emptied};
        },
        .reserve = take,
    };
    auto hosts = std::vector<host>{{.cpu_free = 0}, {.cpu_free = 1}};
    auto work = workspace{};
    CHECK(attempt(task{.cpu = 5}, hosts, evicting, work)->node == 0);
    CHECK(hosts[0].cpu_free == 1);
    auto const before = hosts;
    auto const refused = attempt(task{.cpu = 7}, hosts, evicting, work);
    CHECK(refused.error().at == step::place);
    CHECK(refused.error().refused.refused.size() == 2);
    CHECK(hosts == before);
}

} // namespace
