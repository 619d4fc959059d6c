#pragma once

/// \file
/// Points that many nodes share, by colour: the nodes of one zone, say, for a score that knows zones only, or
/// those of equal points.

#include <berth/schedule/normalize.hpp>
#include <berth/schedule/track.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace berth::schedule::detail {

/// A tracker that may give the same points to all nodes of one colour (see `track.hpp`).
template <class T>
concept paints = requires(T const& t) {
    { t.colours() } -> std::same_as<std::size_t>;
    { t.colour_of(std::size_t{}) } -> std::convertible_to<std::size_t>;
    { t.points_of_colour(std::size_t{}) } -> std::convertible_to<points>;
};

/// How many survivors each colour has, and what it is worth.
class palette {
public:
    static constexpr std::size_t most_colours = 65'534;

    auto reset() -> void {
        counted_.clear();
        worth_.clear();
        colour_.clear();
    }
    /// So many colours, and nobody counts; who does not has a colour of its own, which is worth nothing.
    auto begin(std::size_t colours, std::size_t nodes) -> void {
        reset();
        if (colours == 0) return;
        counted_.resize(colours);
        worth_.resize(colours + 1);
        colour_.assign(nodes, static_cast<std::uint32_t>(colours));
    }
    [[nodiscard]] auto on() const -> bool { return !worth_.empty(); }
    [[nodiscard]] auto colours() const -> std::size_t { return counted_.size(); }
    [[nodiscard]] auto counted(std::size_t colour) const -> std::size_t { return counted_[colour]; }
    [[nodiscard]] auto colour_of(std::size_t node) const -> std::size_t { return colour_[node]; }
    [[nodiscard]] auto worth(std::size_t colour) const -> points { return worth_[colour]; }

    /// Gives a node a colour; none (`colours()`) if it does not count. Whether a colour has begun or ceased
    /// to matter.
    auto paint(std::size_t node, std::size_t colour) -> bool {
        auto const before = std::exchange(colour_[node], static_cast<std::uint32_t>(colour));
        if (before == colour) return false;
        auto const gone = before < counted_.size() && --counted_[before] == 0;
        auto const come = colour < counted_.size() && counted_[colour]++ == 0;
        return gone || come;
    }
    /// What colours are worth now: `normalize(points_of(colour), extremes)`. Whether any that counts is worth
    /// something else.
    template <class PointsOf, class Normalize> auto weigh(PointsOf points_of, Normalize normalize) -> bool {
        auto e = extremes();
        for (std::size_t c = 0; c < counted_.size(); ++c)
            if (counted_[c] > 0) e.take(points_of(c));
        auto changed = false;
        for (std::size_t c = 0; c < counted_.size(); ++c) {
            if (counted_[c] == 0) continue;
            auto const before = std::exchange(worth_[c], normalize(points_of(c), e));
            changed = changed || before != worth_[c];
        }
        return changed;
    }

    /// What all are worth, where it does not matter which colour a node has.
    [[nodiscard]] auto same_for_all() const -> std::optional<points> {
        auto out = std::optional<points>();
        for (std::size_t c = 0; c < counted_.size(); ++c) {
            if (counted_[c] == 0) continue;
            if (out && worth_[c] != *out) return {};
            out = worth_[c];
        }
        return out ? out : points{0};
    }
    /// Adds what the survivors are worth to the totals; those of others do not change.
    auto add_to(std::span<points> totals, points weight) const -> void {
        for (std::size_t i = 0; i < totals.size(); ++i) totals[i] += weight * worth_[colour_[i]];
    }
    [[nodiscard]] auto bytes() const -> std::size_t {
        return counted_.capacity() * sizeof(std::size_t) + worth_.capacity() * sizeof(points) +
               colour_.capacity() * sizeof(std::uint32_t);
    }

private:
    std::vector<std::size_t> counted_;  ///< by colour
    std::vector<points> worth_;         ///< by colour, and that of who does not count
    std::vector<std::uint32_t> colour_; ///< by node
};

/// Colours that stand for the different points that survivors have, while these are few.
class value_palette {
public:
    static constexpr std::size_t most_values = 128;

    auto reset() -> void { colours_.reset(); }
    auto begin(std::size_t nodes) -> void {
        colours_.begin(most_values, nodes);
        values_.assign(most_values, 0);
    }
    [[nodiscard]] auto on() const -> bool { return colours_.on(); }
    [[nodiscard]] auto colours() const -> palette const& { return colours_; }

    /// A node has these points now, or does not count. Whether there was a colour for it: where not, it is
    /// off from now on.
    auto take(std::size_t node, std::optional<points> now) -> bool {
        auto const colour = now ? colour_for(*now) : most_values;
        if (now && colour == most_values) {
            reset();
            return false;
        }
        moved_ = colours_.paint(node, colour) || moved_;
        return true;
    }
    /// What they are worth, if there are others than the last time: see `palette::weigh`.
    template <class Normalize> auto weigh(Normalize normalize) -> bool {
        if (!std::exchange(moved_, false)) return false;
        return colours_.weigh([&](std::size_t c) { return values_[c]; }, normalize);
    }
    [[nodiscard]] auto bytes() const -> std::size_t {
        return colours_.bytes() + values_.capacity() * sizeof(points);
    }

private:
    auto colour_for(points p) -> std::size_t {
        auto unused = most_values;
        for (std::size_t c = 0; c < most_values; ++c) {
            if (colours_.counted(c) == 0) unused = c < unused ? c : unused;
            else if (values_[c] == p) return c;
        }
        if (p != p) return most_values; // equal to nothing
        if (unused < most_values) values_[unused] = p;
        return unused;
    }

    palette colours_;
    std::vector<points> values_; ///< by colour
    bool moved_ = false;
};

} // namespace berth::schedule::detail
