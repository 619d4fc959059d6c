#include "harbour.hpp"

#include <berth/schedule/contest.hpp>

#include <optional>

namespace {

using namespace berth::schedule;
using harbour::batch, harbour::host, harbour::task;

TEST_CASE("the winner is ahead of the best of the others, leaf by leaf") {
    auto const hosts = std::vector<host>{{.cpu_free = 4}, {.cpu_free = 8}, {.cpu_free = 6, .zone = 1}};
    auto const c = contest_of(explain(task{.cpu = 1}, hosts, batch)).value();
    CHECK(c.winner == 2); // 15 + 10 against 21 + 0
    CHECK(c.runner_up == std::optional<std::size_t>(1));
    CHECK(c.margin == 4);
    CHECK(c.equals.empty());
    CHECK(c.leaves == std::vector<leaf_margin>{{.leaf = 1, .ahead = 10, .decisive = true},
                                               {.leaf = 0, .ahead = -6, .decisive = false}});
}

TEST_CASE("a leaf that only adds to what would have been enough decides nothing") {
    auto const hosts = std::vector<host>{{.cpu_free = 8, .zone = 1}, {.cpu_free = 4}};
    auto const c = contest_of(explain(task{.cpu = 1}, hosts, batch)).value();
    CHECK(c.leaves == std::vector<leaf_margin>{{.leaf = 0, .ahead = 12, .decisive = false},
                                               {.leaf = 1, .ahead = 10, .decisive = false}});
}

TEST_CASE("of equals nobody is ahead, and the others are named") {
    auto const c = contest_of(explain(task{}, std::vector<host>(3), batch)).value();
    CHECK(c.winner == 0);
    CHECK(c.margin == 0);
    CHECK(c.equals == std::vector<std::size_t>{1, 2});
    CHECK(c.leaves.empty());
}

TEST_CASE("a node that is the only one has no runner-up; where none was chosen there is no contest") {
    auto const alone = contest_of(explain(task{}, std::vector<host>(1), batch)).value();
    CHECK(!alone.runner_up);
    CHECK(alone.leaves.empty());
    CHECK(!contest_of(explain(task{.cpu = 99}, std::vector<host>(2), batch)));
    CHECK(!contest_of(explanation{}));
}

TEST_CASE("the margin is the sum of what the leaves are ahead, and no other node has more points") {
    auto const hosts = harbour::hosts();
    for (auto const& t : harbour::tasks()) {
        auto const account = explain(t, hosts, batch);
        auto const c = contest_of(account);
        if (!c || !c->runner_up) continue;
        auto sum = points{0};
        for (auto const& l : c->leaves) sum += l.ahead;
        CHECK(sum == c->margin);
        CHECK(c->margin >= 0);
        CHECK(c->equals.size() + 1 == account.chosen->ties);
    }
}

} // namespace
