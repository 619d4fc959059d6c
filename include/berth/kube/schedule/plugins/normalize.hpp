#pragma once

/// \file
/// Normalisations in whole numbers, as kube-scheduler has them (kubernetes 1.36,
/// `plugins/helper/normalize_score.go`).

#include <berth/schedule/normalize.hpp>
#include <berth/schedule/score.hpp>

#include <algorithm>
#include <cstdint>
#include <span>

namespace berth::kube::plugins {

/// The greatest score that a plugin gives.
inline constexpr std::int64_t most_points = 100;

/// The greatest becomes 100, the rest in proportion to zero, rounded down. Zeros stay zeros.
struct by_greatest {
    constexpr auto operator()(std::span<schedule::points> column) const -> void {
        auto const e = schedule::extremes_of(column);
        for (auto& p : column) p = at(p, e);
    }
    [[nodiscard]] constexpr auto at(schedule::points p, schedule::extremes const& e) const
        -> schedule::points {
        auto const greatest = static_cast<std::int64_t>(std::max(e.greatest, schedule::points{0}));
        if (greatest == 0) return p;
        return static_cast<schedule::points>(most_points * static_cast<std::int64_t>(p) / greatest);
    }
};

/// For costs: zero becomes 100, the greatest becomes 0; what is taken off is rounded down.
struct by_greatest_cost {
    constexpr auto operator()(std::span<schedule::points> column) const -> void {
        auto const e = schedule::extremes_of(column);
        for (auto& p : column) p = at(p, e);
    }
    [[nodiscard]] constexpr auto at(schedule::points p, schedule::extremes const& e) const
        -> schedule::points {
        auto const greatest = static_cast<std::int64_t>(std::max(e.greatest, schedule::points{0}));
        auto const off = greatest == 0 ? 0 : most_points * static_cast<std::int64_t>(p) / greatest;
        return static_cast<schedule::points>(most_points - off);
    }
};
static_assert(schedule::normalizes_by_extremes<by_greatest> &&
              schedule::normalizes_by_extremes<by_greatest_cost>);

} // namespace berth::kube::plugins
