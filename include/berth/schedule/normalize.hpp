#pragma once

/// \file
/// Normalisations: functions that bring a column of points into a common range, so that weights
/// compare leaves and not units. All are constant time per node and allocate nothing; an empty
/// column stays empty.

#include <berth/schedule/score.hpp>

#include <concepts>
#include <limits>
#include <span>

namespace berth::schedule {

/// The least and the greatest points of a column. What is not a number takes no part.
struct extremes {
    points least = std::numeric_limits<points>::infinity();
    points greatest = -std::numeric_limits<points>::infinity();

    constexpr auto take(points p) -> void {
        least = p < least ? p : least;
        greatest = p > greatest ? p : greatest;
    }
    friend constexpr auto operator==(extremes const&, extremes const&) -> bool = default;
};
[[nodiscard]] constexpr auto extremes_of(std::span<points const> column) -> extremes {
    auto out = extremes();
    for (auto const p : column) out.take(p);
    return out;
}

/// A normalisation that needs no more of the column than its extremes: `at(points, extremes)` are the points
/// of one node. Then a change of one node is a change of one node, unless an extreme is another one.
template <class N>
concept normalizes_by_extremes = requires(N const& normalize, points p, extremes const& e) {
    { normalize.at(p, e) } -> std::same_as<points>;
};

namespace detail {
template <normalizes_by_extremes N> constexpr auto normalize_all(N const& n, std::span<points> column)
    -> void {
    auto const e = extremes_of(column);
    for (auto& p : column) p = n.at(p, e);
}
} // namespace detail

/// The least becomes `low`, the greatest `high`, the rest in proportion. Equal points all become
/// `low`.
struct min_max {
    points low = 0;
    points high = 100;

    constexpr auto operator()(std::span<points> column) const -> void {
        detail::normalize_all(*this, column);
    }
    [[nodiscard]] constexpr auto at(points p, extremes const& e) const -> points {
        auto const range = e.greatest - e.least;
        return range > 0 ? low + (p - e.least) * (high - low) / range : low;
    }
};

/// The greatest becomes `top`, the rest in proportion to zero. A column without positive points is
/// left as it is.
struct by_greatest {
    points top = 100;

    constexpr auto operator()(std::span<points> column) const -> void {
        detail::normalize_all(*this, column);
    }
    [[nodiscard]] constexpr auto at(points p, extremes const& e) const -> points {
        return e.greatest > 0 ? p * top / e.greatest : p;
    }
};

/// For costs, of which less is better: zero becomes `top`, the greatest becomes 0.
/// Without any cost every node gets `top`.
struct by_greatest_cost {
    points top = 100;

    constexpr auto operator()(std::span<points> column) const -> void {
        detail::normalize_all(*this, column);
    }
    [[nodiscard]] constexpr auto at(points p, extremes const& e) const -> points {
        return e.greatest > 0 ? top - p * top / e.greatest : top;
    }
};

static_assert(normalization<min_max> && normalization<by_greatest> && normalization<by_greatest_cost>);

} // namespace berth::schedule
