/// \file
/// How close is `place` to a loop written by hand? Both decide for one task over n nodes, with five
/// filters and three scores; the loop knows both types, keeps no names, gives no reasons and cannot be
/// composed. Beside them: the same profile with a normalised score, which needs columns; the same profile
/// erased; and a task that every node refuses, with all reasons and their summary. (With twelve and seven:
/// `composition.cpp`.) The program is built twice: at -O3, and at -O2 as `place at -O2`.

#include "fleet.hpp"

#include <berth/schedule.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

namespace {

using namespace fleet;

/// The decision as one would write it without a library.
auto place_by_hand(task const& t, std::vector<host> const& hosts) -> std::int64_t {
    auto best = std::int64_t{-1};
    auto best_total = std::int64_t{0};
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        auto const& h = hosts[i];
        if (t.cpu_milli > h.cpu_free || t.memory_mib > h.memory_free || h.pods_free == 0) continue;
        if ((h.taints & ~t.tolerates) != 0 || h.cordoned) continue;
        auto const cpu = (h.cpu_free - t.cpu_milli) * 100 / h.cpu_milli;
        auto const memory = (h.memory_free - t.memory_mib) * 100 / h.memory_mib;
        auto const total = 2 * cpu + memory + 3 * (t.zone == h.zone ? 100 : 0);
        if (best < 0 || total > best_total) {
            best = static_cast<std::int64_t>(i);
            best_total = total;
        }
    }
    return best;
}

auto by_hand(benchmark::State& state) -> void {
    auto const hosts = make_hosts(state.range(0));
    for (auto _ : state) benchmark::DoNotOptimize(place_by_hand(small, hosts));
    count_decisions(state);
}

template <class Profile> auto decide(benchmark::State& state, task const& t, Profile const& profile) -> void {
    auto const hosts = make_hosts(state.range(0));
    auto work = schedule::workspace{};
    for (auto _ : state) {
        auto const answer = schedule::place(t, hosts, profile, work);
        benchmark::DoNotOptimize(answer.has_value());
    }
    count_decisions(state);
}

auto place_pointwise(benchmark::State& state) -> void {
    auto const hosts = make_hosts(state.range(0));
    auto const answer = schedule::place(small, hosts, pointwise);
    if (!answer || place_by_hand(small, hosts) != static_cast<std::int64_t>(answer->node)) {
        state.SkipWithError("place and the loop disagree");
        return;
    }
    decide(state, small, pointwise);
}
auto place_normalized(benchmark::State& state) -> void { decide(state, small, normalized); }
auto place_erased(benchmark::State& state) -> void {
    auto const erased = schedule::profile{
        .name = "erased",
        .filter = schedule::any_filter<task, host>(pointwise.filter),
        .score = schedule::any_score<task, host>(pointwise.score),
    };
    decide(state, small, erased);
}
auto place_refused(benchmark::State& state) -> void {
    auto const hosts = make_hosts(state.range(0));
    for (auto _ : state) {
        auto const answer = schedule::place(huge, hosts, pointwise);
        benchmark::DoNotOptimize(answer.error().summary());
    }
    count_decisions(state);
}

constexpr auto sizes = [](auto* bench) {
    for (auto const nodes : {100, 1'000, 5'000, 20'000}) bench->Arg(nodes);
    bench->Complexity(benchmark::oN)->Unit(benchmark::kMicrosecond);
};
BENCHMARK(by_hand)->Apply(sizes);
BENCHMARK(place_pointwise)->Apply(sizes);
BENCHMARK(place_normalized)->Apply(sizes);
BENCHMARK(place_erased)->Apply(sizes);
BENCHMARK(place_refused)->Apply(sizes);

} // namespace
