#pragma once

/// \file
/// What a measurement comes to, and a table of several.

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>

#include <cstdint>
#include <span>
#include <string>

namespace berth::bench {

/// What a measurement of many operations of one kind (decisions, writes, reconciles) comes to.
struct figures {
    std::uint64_t operations = 0; ///< how many were measured
    std::uint64_t succeeded = 0;  ///< how many of them found a place, were written, ...
    duration total{};             ///< all of them
    duration p50{};               ///< half of them took no longer; exact to 1.6 %, the clock's 25 ns included
    duration p99{};               ///< all but a hundredth of them took no longer
    double allocations = 0;       ///< calls of `operator new` for each, in this thread
    double bytes = 0;             ///< what these asked for
    std::uint64_t answers = 0;    ///< a hash of all answers in their order: who decides alike has the same

    /// Operations a second.
    [[nodiscard]] auto per_second() const -> double {
        return total.nanoseconds <= 0
                   ? 0
                   : static_cast<double>(operations) * 1e9 / static_cast<double>(total.nanoseconds);
    }
    /// The same, where each operation that was timed is `n` of those that are meant. `n` is not 0.
    [[nodiscard]] auto for_each_of(std::uint64_t n) const -> figures {
        auto out = *this;
        out.operations *= n;
        out.succeeded *= n;
        out.p50 = p50 / static_cast<std::int64_t>(n);
        out.p99 = p99 / static_cast<std::int64_t>(n);
        out.allocations /= static_cast<double>(n);
        out.bytes /= static_cast<double>(n);
        return out;
    }
};

/// Somebody's figures.
struct contender {
    std::string name;
    figures what;
};

/// A line for each, in columns; `x` is the rate as a multiple of the first one's:
///
///     name          /s    x     p50     p99  allocations  bytes  succeeded
///     stock    1222494  1.00   790ns   1.6us          0.0      0  2000/2000
[[nodiscard]] BERTH_DECL auto table(std::span<contender const> all) -> std::string;

} // namespace berth::bench

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/bench/figures.ipp>
#endif
