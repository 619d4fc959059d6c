/// \file
/// What does a decision of the default profile cost that remembers nothing? Beside it the same decision as a
/// loop written by hand, which knows only cpu, memory and the count of pods. (What remembers: `placer.cpp`;
/// the way from a pod that is asked for to one that is bound: `whole_path.cpp`.)

#include <berth/bench/pod_workload.hpp>
#include <berth/kube/schedule/profile.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace {

using namespace berth;

/// 64 processors and 256 GiB.
constexpr auto large = bench::node_size{.cpu = 64, .memory_gib = 256};

auto info_of(std::int64_t i) -> kube::pod_info {
    return kube::pod_info(bench::as_stored(bench::make_pod(i, {.memory_mib = 128})));
}

auto make_infos(std::int64_t nodes) -> std::vector<kube::node_info> {
    auto out = std::vector<kube::node_info>();
    for (std::int64_t i = 0; i < nodes; ++i) {
        auto& n = out.emplace_back(bench::as_stored(bench::make_node(i, large)));
        for (std::int64_t k = 0; k < i * 7 % 50 + 1; ++k) n.add(info_of(k));
    }
    return out;
}

auto decision(benchmark::State& state) -> void {
    auto const nodes = make_infos(state.range(0));
    auto const p = info_of(0);
    auto work = schedule::workspace{};
    for (auto _ : state) {
        auto const where = schedule::place(p, nodes, kube::default_profile, work);
        benchmark::DoNotOptimize(where.has_value());
    }
    state.SetItemsProcessed(state.iterations());
}

auto by_hand(benchmark::State& state) -> void {
    auto const nodes = make_infos(state.range(0));
    auto const p = info_of(0);
    for (auto _ : state) {
        auto best = std::numeric_limits<std::int64_t>::min();
        auto where = nodes.size();
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            auto const& n = nodes[i];
            auto const cpu = n.allocatable.cpu - n.requested.cpu - p.request.cpu;
            auto const memory = n.allocatable.memory - n.requested.memory - p.request.memory;
            if (std::ssize(n.pods) >= n.pod_limit || cpu < 0 || memory < 0) continue;
            auto const points = (cpu * 100 / n.allocatable.cpu + memory * 100 / n.allocatable.memory) / 2;
            if (points <= best) continue;
            best = points;
            where = i;
        }
        benchmark::DoNotOptimize(where);
    }
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(decision)->Arg(100)->Arg(5000)->Unit(benchmark::kMicrosecond);
BENCHMARK(by_hand)->Arg(100)->Arg(5000)->Unit(benchmark::kMicrosecond);

} // namespace
