#pragma once

/// \file
/// Normalisations in whole numbers, as kube-scheduler has them (kubernetes 1.36,
/// `plugins/helper/normalize_score.go`).

#include <berth/schedule/score.hpp>

#include <algorithm>
#include <cstdint>
#include <span>

namespace berth::kube::plugins {

/// The greatest score that a plugin gives.
inline constexpr std::int64_t most_points = 100;

namespace detail {

constexpr auto greatest_of(std::span<schedule::points const> column) -> std::int64_t {
    auto greatest = std::int64_t{0};
    for (auto const p : column) greatest = std::max(greatest, static_cast<std::int64_t>(p));
    return greatest;
}

} // namespace detail

/// The greatest becomes 100, the rest in proportion to zero, rounded down. Zeros stay zeros.
struct by_greatest {
    constexpr auto operator()(std::span<schedule::points> column) const -> void {
        auto const greatest = detail::greatest_of(column);
        if (greatest == 0) return;
        for (auto& p : column)
            p = static_cast<schedule::points>(most_points * static_cast<std::int64_t>(p) / greatest);
    }
};

/// For costs: zero becomes 100, the greatest becomes 0; what is taken off is rounded down.
struct by_greatest_cost {
    constexpr auto operator()(std::span<schedule::points> column) const -> void {
        auto const greatest = detail::greatest_of(column);
        for (auto& p : column) {
            auto const off = greatest == 0 ? 0 : most_points * static_cast<std::int64_t>(p) / greatest;
            p = static_cast<schedule::points>(most_points - off);
        }
    }
};

} // namespace berth::kube::plugins
