#include "harbour.hpp"

#include <berth/schedule/score.hpp>

#include <limits>

namespace {

using namespace berth::schedule;
using harbour::host, harbour::prefer_zone, harbour::roomy, harbour::task;

auto const two_hosts = std::vector<host>{{.cpu_free = 4}, {.cpu_free = 9, .zone = 1}};

TEST_CASE("a score is tested in one line") {
    CHECK(rate(roomy, task{.cpu = 1}, two_hosts) == std::vector<points>{3, 8});
}

TEST_CASE("scores add up, with weights") {
    auto const score = 3 * roomy + prefer_zone({.zone = 1});
    CHECK(rate(score, task{.cpu = 1}, two_hosts) == std::vector<points>{9, 34});
    CHECK(rate(2 * score + 0.5 * roomy, task{.cpu = 1}, two_hosts) == std::vector<points>{19.5, 72});
}

TEST_CASE("a score describes itself as it was composed") {
    CHECK(describe(3 * roomy + prefer_zone({.zone = 1})) == "3 * roomy + prefer zone");
    CHECK(describe(2 * (roomy + 0.5 * roomy)) == "2 * (roomy + 0.5 * roomy)");
    CHECK(describe(2 * (3 * roomy)) == "2 * 3 * roomy");
    CHECK(describe(-1 * roomy) == "-1 * roomy");
}

TEST_CASE("a column leaf sees all survivors at once") {
    auto const rank = score<"rank">([](task const&, candidates<host> found, std::span<points> column) {
        for (std::size_t i = 0; i < found.size(); ++i) {
            for (std::size_t j = 0; j < found.size(); ++j) {
                if (found[j].cpu_free < found[i].cpu_free) ++column[i];
            }
        }
    });
    CHECK(rate(rank, task{}, std::vector<host>{{9}, {4}, {6}}) == std::vector<points>{2, 0, 1});
}

TEST_CASE("a column begins with zeros, whatever the workspace held before") {
    auto const untouched = score<"untouched">([](task const&, candidates<host>, std::span<points>) {});
    auto const policy = profile{.score = untouched + roomy};
    auto work = workspace{};
    for (auto i = 0; i < 2; ++i) CHECK(place(task{}, two_hosts, policy, work)->total == 8);
}

TEST_CASE("a pointwise leaf may be normalised over the survivors") {
    auto const free = [](task const&, host const& h) { return h.cpu_free; };
    auto const nodes = std::vector<host>{{2}, {4}, {10}};
    CHECK(rate(score<"free">(free, min_max{}), task{}, nodes) == std::vector<points>{0, 25, 100});
    CHECK(rate(score<"free">(free, by_greatest{}), task{}, nodes) == std::vector<points>{20, 40, 100});
    CHECK(rate(score<"free">(free, by_greatest_cost{}), task{}, nodes) == std::vector<points>{80, 60, 0});
}

struct spread_out {
    static constexpr std::string_view name = "spread out";
    auto prepare(task const& t, candidates<host> found) const -> std::optional<int> {
        if (t.zone == 0) return std::nullopt;
        auto in_zone = 0;
        for (std::size_t i = 0; i < found.size(); ++i) in_zone += found[i].zone == t.zone ? 1 : 0;
        return in_zone;
    }
    auto operator()(task const& t, host const& h, int in_zone) const -> int {
        return h.zone == t.zone ? -in_zone : 0;
    }
    auto normalize(std::span<points> column) const -> void {
        for (auto& p : column) p += 10;
    }
};

TEST_CASE("a score may prepare from the survivors, and take no part") {
    auto const spread = score(spread_out{});
    CHECK(rate(spread, task{.zone = 1}, two_hosts) == std::vector<points>{10, 9});
    CHECK(rate(spread, task{.zone = 0}, two_hosts) == std::vector<points>{0, 0});
    CHECK_TWICE(score_scope<decltype(score(spread_out{})), task, host> == scope::cluster);
    CHECK_TWICE(score_scope<decltype(2 * roomy), task, host> == scope::node);
}

TEST_CASE("not a number is the worst of all") {
    auto const broken = score<"broken">([](task const&, host const& h) {
        return h.cpu_free > 4 ? std::numeric_limits<points>::quiet_NaN() : -1e300;
    });
    auto const cautious = profile{.score = broken};
    CHECK(place(task{}, two_hosts, cautious)->node == 0);
}

TEST_CASE("what means to be a score is checked against the types") {
    CHECK_TWICE(score_expression<decltype(3 * roomy)>);
    CHECK_TWICE(score_for<decltype(3 * roomy + prefer_zone({.zone = 1})), task, host>);
    CHECK_TWICE(!score_for<decltype(3 * roomy), task, int>);
    CHECK_TWICE(score_for<indifference, int, char>);
}

} // namespace
