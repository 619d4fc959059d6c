/// \file
/// Columns: which scores need one, and what becomes of points that are no numbers.

#include "harbour.hpp"

#include <berth/schedule/column.hpp>
#include <berth/schedule/normalize.hpp>

#include <limits>

namespace {

using namespace berth::schedule;
using harbour::host, harbour::prefer_zone, harbour::roomy, harbour::task;

auto free_of(task const&, host const& h) -> points { return h.cpu_free; }

constexpr auto plain = score<"plain">(free_of);
constexpr auto scaled_up = score<"scaled up">(free_of, min_max{});

/// Keeps the points of the last leaf.
struct seen {
    std::vector<points>* before;
    std::vector<points>* after;
    auto raw(std::span<points const> column) const -> void { before->assign(column.begin(), column.end()); }
    auto operator()(auto const&, points, std::span<points const> column) const -> void {
        after->assign(column.begin(), column.end());
    }
};

template <class S> constexpr auto pointwise = detail::is_pointwise<S, task, host, detail::nothing>();

} // namespace

TEST_CASE("a score needs a column as soon as one of its leaves normalises or sees others") {
    auto const all = score<"all">([](task const&, candidates<host>, std::span<points>) {});
    CHECK(pointwise<decltype(plain)>);
    CHECK(pointwise<decltype(3 * plain + roomy)>);
    CHECK_FALSE(pointwise<decltype(scaled_up)>);
    CHECK_FALSE(pointwise<decltype(plain + 2 * scaled_up)>);
    CHECK_FALSE(pointwise<decltype(all)>);
}

TEST_CASE("the terms of a score come from left to right, nested weights multiplied") {
    auto const s = 2 * (plain + 3 * roomy) + plain;
    auto const hosts = std::vector<host>{{.cpu_free = 4}};
    auto const first = std::vector<std::size_t>{0};
    auto const state =
        detail::prepare_score(s, task{}, candidates<host>{hosts, first}, detail::shared_nothing);
    auto told = std::vector<std::pair<std::string, points>>{};
    detail::for_each_term(s, state, points{1}, [&](auto const& leaf, auto const&, points weight) {
        told.emplace_back(describe(leaf), weight);
    });
    CHECK(told == std::vector<std::pair<std::string, points>>{{"plain", 2}, {"roomy", 6}, {"plain", 1}});
    CHECK(detail::total_of(s, state, task{}, hosts[0]) == 2 * 4 + 6 * rate(roomy, task{}, hosts)[0] + 4);
}

TEST_CASE("points that are not a number are the worst there are") {
    auto const odd = score<"odd">([](task const&, host const& h) {
        return h.cpu_free == 0 ? std::numeric_limits<points>::quiet_NaN() : points{1};
    });
    auto const rated = rate(odd + plain, task{}, std::vector<host>{{.cpu_free = 0}, {.cpu_free = 3}});
    CHECK(rated == std::vector<points>{-std::numeric_limits<points>::infinity(), 4});
}

TEST_CASE("a leaf sees the points before and after they are normalised") {
    auto const hosts = std::vector<host>{{.cpu_free = 2}, {.cpu_free = 4}};
    auto before = std::vector<points>{};
    auto after = std::vector<points>{};
    auto const both = std::vector<std::size_t>{0, 1};
    auto const found = candidates<host>{hosts, both};
    auto const state = detail::prepare_score(scaled_up, task{}, found, detail::shared_nothing);
    auto totals = std::vector<points>(2);
    auto column = std::vector<points>(2);
    detail::fill_totals(scaled_up, state, task{}, found, std::span(totals), std::span(column),
                        seen{&before, &after});
    CHECK(before == std::vector<points>{2, 4});
    CHECK(after == std::vector<points>{0, 100});
    CHECK(totals == after);
}
