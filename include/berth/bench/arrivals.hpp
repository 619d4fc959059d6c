#pragma once

/// \file
/// When tasks come and how long they stay: sequences drawn from a seed, and the order of events that follows.

#include <berth/core/config.hpp>
#include <berth/core/random.hpp>
#include <berth/core/time.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace berth::bench {

/// So many arrivals at equal distances; `rate` is arrivals a second, positive.
[[nodiscard]] BERTH_DECL auto steady(std::size_t count, double rate) -> std::vector<duration>;
/// A Poisson process: the distances are exponential, drawn from a seed.
[[nodiscard]] BERTH_DECL auto poisson(std::size_t count, double rate, std::uint64_t seed)
    -> std::vector<duration>;
/// Groups of `size` that come at once, one group every `every`.
[[nodiscard]] BERTH_DECL auto bursts(std::size_t count, std::size_t size, duration every)
    -> std::vector<duration>;
/// How long so many tasks stay: exponential with this mean.
[[nodiscard]] BERTH_DECL auto exponential_stays(std::size_t count, duration mean, std::uint64_t seed)
    -> std::vector<duration>;
/// The same with a heavy tail (Pareto): most are short, few are very long. `shape` is above 1, and the nearer
/// to it, the longer the tail.
[[nodiscard]] BERTH_DECL auto pareto_stays(std::size_t count, duration least, double shape,
                                           std::uint64_t seed) -> std::vector<duration>;

/// A task comes, or leaves.
struct event {
    std::uint32_t task = 0; ///< its index
    bool leaves = false;

    friend auto operator==(event, event) -> bool = default;
};
/// The order of what happens when task i comes at `comes[i]` and stays for `stays[i]` (missing ones stay for
/// good). At one moment leaving goes before coming, and the lower index before the higher one.
[[nodiscard]] BERTH_DECL auto events_of(std::span<duration const> comes, std::span<duration const> stays)
    -> std::vector<event>;

/// `count` values of `make(random&, i)`, from one seed: clusters and tasks of one's own types.
template <class Make> [[nodiscard]] auto draw_many(std::size_t count, std::uint64_t seed, Make make) {
    auto draw = random_engine(seed);
    auto out = std::vector<decltype(make(draw, std::size_t{}))>();
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) out.push_back(make(draw, i));
    return out;
}

} // namespace berth::bench

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/bench/arrivals.ipp>
#endif
