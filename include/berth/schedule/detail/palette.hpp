#pragma once

/// \file
/// Points that many nodes share, by colour: the nodes of one zone, say, for a score that knows zones only.

#include <berth/schedule/normalize.hpp>
#include <berth/schedule/track.hpp>

#include <concepts>
#include <cstddef>
#include <span>
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
    }
    [[nodiscard]] auto on() const -> bool { return !worth_.empty(); }
    [[nodiscard]] auto worth(std::size_t colour) const -> points { return worth_[colour]; }

    /// Whether it does not matter which colour a node has.
    [[nodiscard]] auto all_equal() const -> bool {
        for (auto const w : worth_)
            if (w != worth_.front()) return false;
        return true;
    }

    /// A node counts no more, or again. Whether it is time to look again: its colour has begun or ceased to
    /// matter, or there are other colours by now.
    template <class Tracker> auto count(Tracker const& t, std::size_t node, bool counts) -> bool {
        if (t.colours() != worth_.size()) return true;
        auto& in = counted_[t.colour_of(node)];
        return counts ? in++ == 0 : --in == 0;
    }
    /// Looks at the colours of a tracker again. `normalize(points, extremes)` is what they are worth. Whether
    /// any that counts is worth something else.
    template <class Tracker, class Counts, class Normalize>
    auto look(Tracker const& t, std::size_t nodes, Counts counts, Normalize normalize) -> bool {
        auto changed = false;
        if (t.colours() != worth_.size()) {
            counted_.assign(t.colours(), 0);
            worth_.assign(t.colours(), 0);
            for (std::size_t i = 0; i < nodes && on(); ++i)
                if (counts(i)) ++counted_[t.colour_of(i)];
            changed = true;
        }
        auto e = extremes();
        for (std::size_t c = 0; c < worth_.size(); ++c)
            if (counted_[c] > 0) e.take(t.points_of_colour(c));
        for (std::size_t c = 0; c < worth_.size(); ++c) {
            auto const now = counted_[c] > 0 ? normalize(t.points_of_colour(c), e) : worth_[c];
            changed = changed || now != worth_[c];
            worth_[c] = now;
        }
        return changed;
    }
    [[nodiscard]] auto bytes() const -> std::size_t {
        return counted_.capacity() * sizeof(std::size_t) + worth_.capacity() * sizeof(points);
    }

private:
    std::vector<std::size_t> counted_;
    std::vector<points> worth_;
};

} // namespace berth::schedule::detail
