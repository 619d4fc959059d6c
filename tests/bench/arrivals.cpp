#include <berth/bench/arrivals.hpp>

#include <catch2/catch_all.hpp>

#include <algorithm>
#include <set>
#include <vector>

namespace {

using namespace berth;

auto mean_of(std::vector<duration> const& all) -> double {
    auto sum = 0.0;
    for (auto const d : all) sum += static_cast<double>(d.nanoseconds) / 1e9;
    return sum / static_cast<double>(all.size());
}

TEST_CASE("steady arrivals and bursts come when they should") {
    CHECK(bench::steady(3, 2) == std::vector{duration{}, milliseconds(500), seconds(1)});
    CHECK(bench::bursts(5, 2, seconds(3)) ==
          std::vector{duration{}, duration{}, seconds(3), seconds(3), seconds(6)});
    CHECK(bench::bursts(2, 0, seconds(1)) == std::vector{duration{}, seconds(1)});
}

TEST_CASE("a Poisson process has its rate, and the same seed gives the same process") {
    auto const all = bench::poisson(20'000, 50, 7);
    CHECK(std::ranges::is_sorted(all));
    auto const seconds_taken = static_cast<double>(all.back().nanoseconds) / 1e9;
    CHECK(seconds_taken == Approx(400).epsilon(0.03)); // four standard deviations
    CHECK(all == bench::poisson(20'000, 50, 7));
    CHECK(all != bench::poisson(20'000, 50, 8));
}

TEST_CASE("stays have their mean, their least and their tail") {
    CHECK(mean_of(bench::exponential_stays(20'000, seconds(30), 1)) == Approx(30).epsilon(0.03));
    auto const heavy = bench::pareto_stays(20'000, seconds(1), 1.5, 1);
    CHECK(std::ranges::min(heavy) >= seconds(1));
    auto const above = std::ranges::count_if(heavy, [](duration d) { return d > seconds(4); });
    CHECK(above == Approx(2500).epsilon(0.1)); // 4 to the power of -1.5
}

TEST_CASE("events come in the order of time, who leaves before who comes") {
    auto const comes = std::vector{seconds(0), seconds(1), seconds(2)};
    auto const stays = std::vector{seconds(2), seconds(0)};
    using bench::event;
    CHECK(bench::events_of(comes, stays) ==
          std::vector<event>{{0, false}, {1, false}, {1, true}, {0, true}, {2, false}});
}

TEST_CASE("things of one's own are drawn from one seed") {
    auto const make = [](berth::random_engine& draw, std::size_t i) { return i * 1000 + draw.below(10); };
    auto const all = bench::draw_many(100, 4, make);
    CHECK(all == bench::draw_many(100, 4, make));
    CHECK(all != bench::draw_many(100, 5, make));
    CHECK(std::set(all.begin(), all.end()).size() == 100);
}

} // namespace
