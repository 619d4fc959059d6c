#pragma once

/// \file
/// The points that one leaf of a score gives to all nodes, kept while single nodes change.

#include <berth/schedule/column.hpp>
#include <berth/schedule/normalize.hpp>
#include <berth/schedule/track.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>
#include <vector>

namespace berth::schedule::detail {

/// The normalisation of a leaf, as far as it can be had by extremes.
template <class S>
concept has_own_at =
    requires(S const& leaf, points p, extremes const& e) { callable_of(leaf).normalize_at(p, e); };
template <class S>
concept has_normalization_at =
    requires(S const& leaf) { requires normalizes_by_extremes<decltype(leaf.normalize)>; };
template <class S> constexpr auto normalized_at(S const& leaf, points p, extremes const& e) -> points {
    if constexpr (has_own_at<S>) return callable_of(leaf).normalize_at(p, e);
    else return leaf.normalize.at(p, e);
}
template <class S> constexpr auto normalize_column(S const& leaf, std::span<points> column) -> void {
    if constexpr (requires { leaf.normalize(column); }) leaf.normalize(column);
    else callable_of(leaf).normalize(column);
}

/// How the points of a leaf are kept.
enum class upkeep : std::uint8_t {
    plain,       ///< a node's points depend on that node alone
    by_extremes, ///< and on the least and the greatest of all survivors
    as_a_column, ///< they are kept, and normalised together
    anew,        ///< nothing is kept
};

/// The least and the greatest of the points that count, and how often each is there.
class kept_extremes {
public:
    /// A node's points instead of others, or instead of none, or none instead of them.
    auto replace(std::optional<points> before, std::optional<points> now) -> void {
        if (now) put(*now);
        if (before) drop(*before);
    }
    auto reset() -> void { *this = {}; }

    [[nodiscard]] auto value() const -> extremes const& { return value_; }
    /// Whether they have changed since `settle`.
    [[nodiscard]] auto changed() const -> bool { return changed_ || lost_; }
    /// Whether they are no longer known, as the last that had one is gone.
    [[nodiscard]] auto lost() const -> bool { return lost_; }
    auto settle() -> void { changed_ = false; }

private:
    auto put(points p) -> void {
        if (p < value_.least) {
            value_.least = p;
            least_ = 0;
            changed_ = true;
        }
        if (p > value_.greatest) {
            value_.greatest = p;
            greatest_ = 0;
            changed_ = true;
        }
        least_ += p == value_.least ? 1 : 0;
        greatest_ += p == value_.greatest ? 1 : 0;
    }
    auto drop(points p) -> void {
        if (p == value_.least && --least_ == 0) lost_ = true;
        if (p == value_.greatest && --greatest_ == 0) lost_ = true;
    }

    extremes value_;
    std::size_t least_ = 0;
    std::size_t greatest_ = 0;
    bool changed_ = false;
    bool lost_ = false;
};

/// What a column is added up with.
struct column_scratch {
    std::vector<std::size_t> survivors; ///< ascending; filled for those who need them
    std::vector<points> column;
    bool survivors_known = false;
};

/// `Touched`: what entering a node changes of it.
template <class S, class Task, class Node, class Shared, class Touched> class score_column {
    using callable = callable_t<S>;
    using state = score_state_of<S, Task, Node, Shared>;
    using tracker = tracker_of<callable, Task, Node>;

    static constexpr bool tracked = score_tracker<tracker, Task, Node>;
    static consteval auto can_be_kept() -> bool {
        using declared = typename declared_by<S, callable>::surveys;
        return answers_points<callable, state, Task, Node> &&
               !prepares_from<callable, Task, candidates<Node>> &&
               (scope_of<callable, declared, Task, Node>() == scope::node ||
                !surveys_touched<Touched, declared>);
    }

public:
    static constexpr auto how = [] {
        if (!tracked && !can_be_kept()) return upkeep::anew;
        if (has_own_at<S> || has_normalization_at<S>) return upkeep::by_extremes;
        if (normalizes<S>) return upkeep::as_a_column;
        return upkeep::plain;
    }();
    /// Whether points may change of nodes that have not.
    static constexpr bool follows = tracked;
    static constexpr bool hears_who_survives = hears_survivors<tracker>;

    /// All anew: no points are known yet, nobody counts.
    auto begin(S const& leaf, Task const& task, std::span<Node const> nodes, Shared const& shared) -> void {
        all_equal_ = true;
        any_ = false;
        equal_ = 0;
        extremes_.reset();
        stale_.reset(nodes.size());
        if constexpr (tracked) {
            tracker_.emplace(callable_of(leaf).track(task, nodes));
        } else if constexpr (how != upkeep::anew) {
            state_.emplace(prepare_score_leaf(leaf, task, candidates<Node>{nodes, {}}, shared));
        }
    }
    [[nodiscard]] auto takes_part() const -> bool {
        if constexpr (tracked) return tracker_->takes_part();
        else if constexpr (how != upkeep::anew) return detail::takes_part(*state_);
        else return true;
    }

    auto entered(Task const& other, std::size_t i, Node const& node, int sign) -> void {
        if constexpr (tracked) tracker_->entered(other, i, node, sign, stale_);
    }
    auto joined(std::size_t i) -> void {
        if constexpr (hears_who_survives) tracker_->joined(i, stale_);
    }
    auto left(std::size_t i) -> void {
        if constexpr (hears_who_survives) tracker_->left(i, stale_);
    }
    [[nodiscard]] auto stale() -> stale_nodes& { return stale_; }

    /// What a node gets, before it is normalised.
    [[nodiscard]] auto ask(S const& leaf, Task const& task, std::span<Node const> nodes, std::size_t i) const
        -> points {
        if constexpr (tracked) return static_cast<points>(tracker_->points_of(i));
        else return static_cast<points>(call(callable_of(leaf), *state_, task, nodes[i]));
    }
    [[nodiscard]] auto at(std::size_t i) const -> points { return all_equal_ ? equal_ : points_[i]; }
    /// Keeps what a node gets; `counted`: whether it was, and is, a survivor.
    auto put(std::size_t i, std::size_t nodes, points now, bool was_counted, bool counts) -> void {
        auto const before = at(i);
        if constexpr (how == upkeep::by_extremes)
            extremes_.replace(was_counted ? std::optional(before) : std::nullopt,
                              counts ? std::optional(now) : std::nullopt);
        if (!any_) {
            any_ = true;
            equal_ = now;
        }
        if (all_equal_ && now != equal_) {
            points_.assign(nodes, equal_);
            all_equal_ = false;
        }
        if (!all_equal_) points_[i] = now;
    }
    /// A node does not count any more, or again, with the points that it has.
    auto count(std::size_t i, bool was_counted, bool counts) -> void {
        if constexpr (how == upkeep::by_extremes)
            extremes_.replace(was_counted ? std::optional(at(i)) : std::nullopt,
                              counts ? std::optional(at(i)) : std::nullopt);
    }
    /// Whether the points of nodes have changed that nobody has looked at.
    [[nodiscard]] auto spreads() const -> bool {
        return how == upkeep::by_extremes && extremes_.changed() && takes_part();
    }
    /// What a node gets in the end.
    [[nodiscard]] auto normalized(S const& leaf, std::size_t i) const -> points {
        if constexpr (how == upkeep::by_extremes) return normalized_at(leaf, at(i), extremes_.value());
        else return at(i);
    }

    /// Adds the column to the totals; `counts(i)` are the survivors.
    template <class Counts>
    auto add_to(std::span<points> totals, S const& leaf, points weight, Task const& task,
                std::span<Node const> nodes, Shared const& shared, Counts counts, column_scratch& scratch)
        -> void {
        if (!takes_part()) return;
        if constexpr (how == upkeep::anew || how == upkeep::as_a_column) {
            list_survivors(nodes.size(), counts, scratch);
            scratch.column.resize(scratch.survivors.size());
            auto const column = std::span(scratch.column);
            if constexpr (how == upkeep::anew) {
                if (!fill(leaf, task, {nodes, scratch.survivors}, shared, column)) return;
            } else {
                for (std::size_t k = 0; k < column.size(); ++k) column[k] = at(scratch.survivors[k]);
                normalize_column(leaf, column);
            }
            for (std::size_t k = 0; k < column.size(); ++k)
                totals[scratch.survivors[k]] += weight * column[k];
        } else {
            if constexpr (how == upkeep::by_extremes) look_again(nodes.size(), counts);
            if (all_equal_) add_equal(totals, leaf, weight);
            else add_each(totals, leaf, weight);
        }
    }
    [[nodiscard]] auto bytes() const -> std::size_t { return points_.capacity() * sizeof(points); }

private:
    template <class Counts>
    static auto list_survivors(std::size_t nodes, Counts counts, column_scratch& scratch) -> void {
        if (scratch.survivors_known) return;
        scratch.survivors.clear();
        for (std::size_t i = 0; i < nodes; ++i)
            if (counts(i)) scratch.survivors.push_back(i);
        scratch.survivors_known = true;
    }
    static auto fill(S const& leaf, Task const& task, candidates<Node> found, Shared const& shared,
                     std::span<points> column) -> bool {
        auto const state = prepare_score_leaf(leaf, task, found, shared);
        if (!detail::takes_part(state)) return false;
        fill_column(leaf, state, task, found, column);
        return true;
    }
    /// Finds the extremes again, where the last node that had one has none any more.
    template <class Counts> auto look_again(std::size_t nodes, Counts counts) -> void {
        if (extremes_.lost()) {
            extremes_.reset();
            for (std::size_t i = 0; i < nodes; ++i)
                if (counts(i)) extremes_.replace(std::nullopt, at(i));
        }
        extremes_.settle();
    }
    auto add_equal(std::span<points> totals, S const& leaf, points weight) const -> void {
        auto const same = weight * normalized(leaf, 0);
        for (auto& total : totals) total += same;
    }
    auto add_each(std::span<points> totals, S const& leaf, points weight) const -> void {
        if constexpr (how == upkeep::plain) {
            for (std::size_t i = 0; i < totals.size(); ++i) totals[i] += weight * points_[i];
        } else {
            // Neighbours often have the same points: a division for each run of them.
            auto last = points_.empty() ? points{0} : points_[0];
            auto worth = weight * normalized_at(leaf, last, extremes_.value());
            for (std::size_t i = 0; i < totals.size(); ++i) {
                if (points_[i] != last) {
                    last = points_[i];
                    worth = weight * normalized_at(leaf, last, extremes_.value());
                }
                totals[i] += worth;
            }
        }
    }

    std::optional<state> state_;
    std::optional<tracker> tracker_;
    stale_nodes stale_;
    std::vector<points> points_;
    kept_extremes extremes_;
    bool all_equal_ = true; ///< all have `equal_`, and `points_` is not filled
    bool any_ = false;      ///< points are known of any node
    points equal_ = 0;
};

} // namespace berth::schedule::detail
