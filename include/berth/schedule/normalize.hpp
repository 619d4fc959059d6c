#pragma once

/// \file
/// Normalisations: functions that bring a column of points into a common range, so that weights
/// compare leaves and not units. All are constant time per node and allocate nothing; an empty
/// column stays empty.

#include <berth/schedule/score.hpp>

#include <span>

namespace berth::schedule {

/// The least becomes `low`, the greatest `high`, the rest in proportion. Equal points all become
/// `low`.
struct min_max {
    points low = 0;
    points high = 100;

    constexpr auto operator()(std::span<points> column) const -> void {
        if (column.empty()) return;
        auto least = column[0];
        auto greatest = column[0];
        for (auto const p : column) {
            if (p < least) least = p;
            if (p > greatest) greatest = p;
        }
        auto const range = greatest - least;
        for (auto& p : column) p = range > 0 ? low + (p - least) * (high - low) / range : low;
    }
};

/// The greatest becomes `top`, the rest in proportion to zero. A column without positive points is
/// left as it is.
struct by_greatest {
    points top = 100;

    constexpr auto operator()(std::span<points> column) const -> void {
        auto greatest = points{0};
        for (auto const p : column) {
            if (p > greatest) greatest = p;
        }
        if (greatest <= 0) return;
        for (auto& p : column) p = p * top / greatest;
    }
};

/// For costs, of which less is better: zero becomes `top`, the greatest becomes 0.
/// Without any cost every node gets `top`.
struct by_greatest_cost {
    points top = 100;

    constexpr auto operator()(std::span<points> column) const -> void {
        auto greatest = points{0};
        for (auto const p : column) {
            if (p > greatest) greatest = p;
        }
        for (auto& p : column) p = greatest > 0 ? top - p * top / greatest : top;
    }
};

static_assert(normalization<min_max> && normalization<by_greatest> && normalization<by_greatest_cost>);

} // namespace berth::schedule
