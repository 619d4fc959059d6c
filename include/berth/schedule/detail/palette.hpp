#pragma once

/// \file
/// Points that many nodes share, by colour: the nodes of one zone, say, for a score that knows zones only.

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
    auto reset() -> void {
        counted_.clear();
        worth_.clear();
        colour_.clear();
    }
    [[nodiscard]] auto on() const -> bool { return !worth_.empty(); }
    /// What a survivor's colour is worth.
    [[nodiscard]] auto worth_of(std::size_t node) const -> points { return worth_[colour_[node]]; }
    /// What all are worth, where it does not matter which colour a node has.
    [[nodiscard]] auto same_for_all() const -> std::optional<points> {
        for (auto const w : colours())
            if (w != worth_.front()) return {};
        return worth_.front();
    }
    /// Adds what the survivors are worth to the totals; those of others do not change.
    auto add_to(std::span<points> totals, points weight) const -> void {
        for (std::size_t i = 0; i < totals.size(); ++i) totals[i] += weight * worth_[colour_[i]];
    }

    /// A node counts no more, or again. Whether it is time to look again: its colour has begun or ceased to
    /// matter, or there are other colours by now.
    template <class Tracker> auto count(Tracker const& t, std::size_t node, bool counts) -> bool {
        if (t.colours() != counted_.size()) return true;
        return paint(node, counts ? t.colour_of(node) : t.colours());
    }
    /// A node may have another colour now.
    template <class Tracker> auto repaint(Tracker const& t, std::size_t node) -> void {
        if (t.colours() == counted_.size() && colour_[node] != t.colours()) paint(node, t.colour_of(node));
    }
    /// Looks at the colours of a tracker again. `normalize(points, extremes)` is what they are worth. Whether
    /// any that counts is worth something else.
    template <class Tracker, class Counts, class Normalize>
    auto look(Tracker const& t, std::size_t nodes, Counts counts, Normalize normalize) -> bool {
        auto changed = false;
        if (t.colours() != counted_.size()) {
            begin(t.colours(), nodes);
            for (std::size_t i = 0; i < nodes && on(); ++i)
                if (counts(i)) paint(i, t.colour_of(i));
            changed = true;
        }
        auto e = extremes();
        for (std::size_t c = 0; c < counted_.size(); ++c)
            if (counted_[c] > 0) e.take(t.points_of_colour(c));
        for (std::size_t c = 0; c < counted_.size(); ++c) {
            auto const now = counted_[c] > 0 ? normalize(t.points_of_colour(c), e) : worth_[c];
            changed = changed || now != worth_[c];
            worth_[c] = now;
        }
        return changed;
    }
    [[nodiscard]] auto bytes() const -> std::size_t {
        return counted_.capacity() * sizeof(std::size_t) + worth_.capacity() * sizeof(points) +
               colour_.capacity() * sizeof(std::uint32_t);
    }

private:
    [[nodiscard]] auto colours() const -> std::span<points const> {
        return std::span(worth_).first(counted_.size());
    }
    /// Nobody counts; who does not has a colour of its own, which is worth nothing.
    auto begin(std::size_t colours, std::size_t nodes) -> void {
        reset();
        if (colours == 0) return;
        counted_.resize(colours);
        worth_.resize(colours + 1);
        colour_.assign(nodes, static_cast<std::uint32_t>(colours));
    }
    auto paint(std::size_t node, std::size_t colour) -> bool {
        auto const before = std::exchange(colour_[node], static_cast<std::uint32_t>(colour));
        auto const gone = before < counted_.size() && --counted_[before] == 0;
        auto const come = colour < counted_.size() && counted_[colour]++ == 0;
        return gone || come;
    }

    std::vector<std::size_t> counted_;  ///< by colour
    std::vector<points> worth_;         ///< by colour, and that of who does not count
    std::vector<std::uint32_t> colour_; ///< by node
};

} // namespace berth::schedule::detail
