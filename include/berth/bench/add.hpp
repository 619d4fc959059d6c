#pragma once

/// \file
/// Measurements as benchmarks of Google Benchmark (which a program that includes this must link with:
/// `-lbenchmark`).
///
/// ```cpp
/// auto main(int argc, char** argv) -> int {
///     auto const load = bench::make_workload("SchedulingBasic", 5000);
///     bench::add("stock", kube::default_profile, load);
///     bench::add("mine", mine, load);
///     return bench::run(argc, argv);
/// }
/// ```

#include <berth/bench/figures.hpp>

#include <benchmark/benchmark.h>

#include <concepts>
#include <cstdint>
#include <string>
#include <utility>

namespace berth::bench {

/// Notes that each iteration of a benchmark did so many of what is counted.
inline auto items(benchmark::State& state, std::int64_t per_iteration) -> void {
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * per_iteration);
}

/// Tells a benchmark what a measurement came to: `items_per_second`, and as counters `p50_us`, `p99_us`,
/// `allocations` and `bytes` (of an operation). The benchmark takes its time from it (`UseManualTime`).
inline auto report(benchmark::State& state, figures const& f) -> void {
    state.SetIterationTime(static_cast<double>(f.total.nanoseconds) / 1e9);
    state.counters["p50_us"] = static_cast<double>(f.p50.nanoseconds) / 1e3;
    state.counters["p99_us"] = static_cast<double>(f.p99.nanoseconds) / 1e3;
    state.counters["allocations"] = f.allocations;
    state.counters["bytes"] = f.bytes;
}

/// Registers a benchmark each iteration of which is `measurement() -> figures`.
template <std::invocable Measurement>
auto add(std::string const& name, Measurement measurement) -> benchmark::internal::Benchmark* {
    auto run = [measurement = std::move(measurement)](benchmark::State& state) mutable {
        auto operations = std::uint64_t{0};
        for (auto _ : state) {
            auto const f = measurement();
            operations += f.operations;
            report(state, f);
        }
        state.SetItemsProcessed(static_cast<std::int64_t>(operations));
    };
    auto* const made = benchmark::RegisterBenchmark(name.c_str(), std::move(run));
    return made->UseManualTime()->Unit(benchmark::kMillisecond);
}
/// The same for `measure(thing, load)`; both must outlive the run.
template <class Thing, class Load>
    requires requires(Thing& thing, Load const& load) { measure(thing, load); }
auto add(std::string const& name, Thing& thing, Load const& load) -> benchmark::internal::Benchmark* {
    return add(name, [&thing, &load] { return measure(thing, load); });
}

/// Runs what was added, as `BENCHMARK_MAIN` does: knows Google Benchmark's flags, and refuses others (1).
inline auto run(int argc, char** argv) -> int {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}

} // namespace berth::bench
