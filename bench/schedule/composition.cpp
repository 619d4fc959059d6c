/// \file
/// What does it cost to compose a policy, and of what? Twelve filters and seven scores decide for one task
/// over n hosts: as a loop written by hand, as a profile (`place`), as parts behind `std::function`, and as
/// parts behind virtual functions, as schedulers that load plugins have them. All must decide alike. Built at
/// -O3, and at -O2 as `composition at -O2`.

#include "fleet.hpp"

#include <berth/schedule.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace {

using namespace fleet;

/// The wide decision out of parts that are chosen at run time: each filter and each score behind a
/// `std::function`, or a virtual function, as schedulers that load plugins have them.
struct virtual_part {
    virtual ~virtual_part() = default;
    [[nodiscard]] virtual auto accepts(task const&, host const&) const -> bool { return true; }
    [[nodiscard]] virtual auto points(task const&, host const&) const -> double { return 0; }
};
template <class F> struct virtual_filter : virtual_part {
    F const* filter;
    explicit virtual_filter(F const& f) : filter(&f) {}
    [[nodiscard]] auto accepts(task const& t, host const& h) const -> bool override {
        return filter->callable(t, h).accepted();
    }
};
template <class S> struct virtual_score : virtual_part {
    S const* score;
    explicit virtual_score(S const& s) : score(&s) {}
    [[nodiscard]] auto points(task const& t, host const& h) const -> double override {
        return static_cast<double>(score->callable(t, h));
    }
};
/// Calls `f(filter, negated)` with the twelve, `g(score, weight)` with the seven.
template <class F, class G> auto each_part(F f, G g) -> void {
    f(cordoned, true);
    f(allowed_zone, false);
    f(tolerates, false);
    f(right_machine, false);
    f(free_ports, false);
    f(enough_cpu, false);
    f(enough_memory, false);
    f(enough_disk, false);
    f(has_slot, false);
    f(few_volumes, false);
    f(pressed, true);
    f(apart, false);
    g(roomy_cpu, 2);
    g(roomy_memory, 1);
    g(same_zone, 3);
    g(roomy_disk, 1);
    g(fewer_tasks, 1);
    g(has_images, 2);
    g(fewer_volumes, 1);
}
/// The best host, where `accepts(host)` and `total(host)` ask all parts.
template <class Accepts, class Total>
auto best_by_parts(std::vector<host> const& hosts, Accepts accepts, Total total) -> std::int64_t {
    auto best = std::int64_t{-1};
    auto best_total = 0.0;
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        if (!accepts(hosts[i])) continue;
        auto const mine = total(hosts[i]);
        if (best < 0 || mine > best_total) {
            best = static_cast<std::int64_t>(i);
            best_total = mine;
        }
    }
    return best;
}

auto by_hand(benchmark::State& state) -> void {
    auto const hosts = make_hosts(state.range(0));
    for (auto _ : state) benchmark::DoNotOptimize(place_wide_by_hand(small, hosts));
    count_decisions(state);
}
auto as_a_profile(benchmark::State& state) -> void {
    auto const hosts = make_hosts(state.range(0));
    auto work = schedule::workspace{};
    auto const decide = [&] { return schedule::place(small, hosts, wide, work); };
    if (static_cast<std::int64_t>(decide()->node) != place_wide_by_hand(small, hosts))
        state.SkipWithError("the profile and the loop disagree");
    for (auto _ : state) benchmark::DoNotOptimize(decide().has_value());
    count_decisions(state);
}
auto by_functions(benchmark::State& state) -> void {
    auto const hosts = make_hosts(state.range(0));
    auto filters = std::vector<std::function<bool(task const&, host const&)>>();
    auto scores = std::vector<std::pair<double, std::function<double(task const&, host const&)>>>();
    each_part(
        [&](auto const& f, bool negated) {
            filters.push_back([&f, negated](task const& t, host const& h) {
                return f.callable(t, h).accepted() != negated;
            });
        },
        [&](auto const& s, double weight) {
            scores.emplace_back(
                weight, [&s](task const& t, host const& h) { return static_cast<double>(s.callable(t, h)); });
        });
    auto const decide = [&] {
        return best_by_parts(
            hosts,
            [&](host const& h) {
                return std::ranges::all_of(filters, [&](auto const& f) { return f(small, h); });
            },
            [&](host const& h) {
                auto sum = 0.0;
                for (auto const& [weight, s] : scores) sum += weight * s(small, h);
                return sum;
            });
    };
    if (decide() != place_wide_by_hand(small, hosts))
        state.SkipWithError("the functions and the loop disagree");
    for (auto _ : state) benchmark::DoNotOptimize(decide());
    count_decisions(state);
}
auto by_virtuals(benchmark::State& state) -> void {
    auto const hosts = make_hosts(state.range(0));
    auto filters = std::vector<std::pair<bool, std::unique_ptr<virtual_part>>>();
    auto scores = std::vector<std::pair<double, std::unique_ptr<virtual_part>>>();
    each_part(
        [&]<class F>(F const& f, bool negated) {
            filters.emplace_back(negated, std::make_unique<virtual_filter<F>>(f));
        },
        [&]<class S>(S const& s, double weight) {
            scores.emplace_back(weight, std::make_unique<virtual_score<S>>(s));
        });
    auto const decide = [&] {
        return best_by_parts(
            hosts,
            [&](host const& h) {
                return std::ranges::all_of(
                    filters, [&](auto const& f) { return f.second->accepts(small, h) != f.first; });
            },
            [&](host const& h) {
                auto sum = 0.0;
                for (auto const& [weight, s] : scores) sum += weight * s->points(small, h);
                return sum;
            });
    };
    if (decide() != place_wide_by_hand(small, hosts))
        state.SkipWithError("the virtuals and the loop disagree");
    for (auto _ : state) benchmark::DoNotOptimize(decide());
    count_decisions(state);
}

constexpr auto sizes = [](auto* bench) {
    for (auto const nodes : {100, 5'000}) bench->Arg(nodes);
    bench->Unit(benchmark::kMicrosecond);
};
BENCHMARK(by_hand)->Apply(sizes);
BENCHMARK(as_a_profile)->Apply(sizes);
BENCHMARK(by_functions)->Apply(sizes);
BENCHMARK(by_virtuals)->Apply(sizes);

} // namespace
