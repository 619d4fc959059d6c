#pragma once

/// \file
/// What the benchmarks of stores write, and how they count it.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace bench {

/// Keys of the length that Kubernetes' have.
inline auto key_of(std::size_t i) -> std::string {
    auto digits = std::to_string(i);
    return "/registry/pods/default/pod-" + std::string(8 - digits.size(), '0') + digits;
}

/// Notes that each iteration did so many of what is counted.
inline auto items(benchmark::State& state, std::int64_t per_iteration) -> void {
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * per_iteration);
}

} // namespace bench
