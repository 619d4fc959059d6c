#pragma once

/// \file
/// Bodies of `arrivals.hpp`: the distributions, and events in their order.

#include <berth/bench/arrivals.hpp>

#include <range/v3/algorithm/stable_sort.hpp>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace berth::bench {

namespace detail {

/// A span of so many seconds, of 290 years at most.
BERTH_DECL auto seconds_of(double n) -> duration {
    return nanoseconds(static_cast<std::int64_t>(std::min(n * 1e9, 9.1e18)));
}
/// Exponential with mean 1.
BERTH_DECL auto exponential(random_engine& draw) -> double { return -std::log1p(-draw.fraction()); }

} // namespace detail

BERTH_DECL auto steady(std::size_t count, double rate) -> std::vector<duration> {
    auto out = std::vector<duration>();
    for (std::size_t i = 0; i < count; ++i) out.push_back(detail::seconds_of(static_cast<double>(i) / rate));
    return out;
}
BERTH_DECL auto poisson(std::size_t count, double rate, std::uint64_t seed) -> std::vector<duration> {
    auto at = 0.0;
    return draw_many(count, seed, [&](random_engine& draw, std::size_t) {
        at += detail::exponential(draw) / rate;
        return detail::seconds_of(at);
    });
}
BERTH_DECL auto bursts(std::size_t count, std::size_t size, duration every) -> std::vector<duration> {
    auto out = std::vector<duration>();
    auto const group = std::max(size, std::size_t{1});
    for (std::size_t i = 0; i < count; ++i) out.push_back(every * static_cast<std::int64_t>(i / group));
    return out;
}
BERTH_DECL auto exponential_stays(std::size_t count, duration mean, std::uint64_t seed)
    -> std::vector<duration> {
    auto const seconds = static_cast<double>(mean.nanoseconds) / 1e9;
    return draw_many(count, seed, [&](random_engine& draw, std::size_t) {
        return detail::seconds_of(detail::exponential(draw) * seconds);
    });
}
BERTH_DECL auto pareto_stays(std::size_t count, duration least, double shape, std::uint64_t seed)
    -> std::vector<duration> {
    auto const seconds = static_cast<double>(least.nanoseconds) / 1e9;
    return draw_many(count, seed, [&](random_engine& draw, std::size_t) {
        return detail::seconds_of(seconds * std::pow(1 - draw.fraction(), -1 / shape));
    });
}

BERTH_DECL auto events_of(std::span<duration const> comes, std::span<duration const> stays)
    -> std::vector<event> {
    struct dated {
        duration at;
        event what;
    };
    auto all = std::vector<dated>();
    for (std::size_t i = 0; i < comes.size(); ++i) {
        auto const task = static_cast<std::uint32_t>(i);
        all.push_back({comes[i], {task, false}});
        if (i < stays.size()) all.push_back({comes[i] + std::max(stays[i], nanoseconds(1)), {task, true}});
    }
    ranges::stable_sort(all, ranges::less(), [](dated const& d) { return std::tuple(d.at, !d.what.leaves); });
    auto out = std::vector<event>();
    for (auto const& d : all) out.push_back(d.what);
    return out;
}

} // namespace berth::bench
