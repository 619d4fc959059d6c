#pragma once

/// \file
/// The points that one leaf of a score gives to all nodes, kept while single nodes change.

#include <berth/schedule/column.hpp>
#include <berth/schedule/detail/palette.hpp>
#include <berth/schedule/normalize.hpp>
#include <berth/schedule/track.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule::detail {

/// The normalisation of a leaf, as far as it can be had by extremes.
/// That beside the leaf goes before its own, as in `normalize_column`.
template <class S>
concept has_own_at = requires(S const& leaf, points p, extremes const& e, std::span<points> column) {
    callable_of(leaf).normalize(column);
    callable_of(leaf).normalize_at(p, e);
} && !requires(S const& leaf, std::span<points> column) { leaf.normalize(column); };
template <class S>
concept has_normalization_at =
    requires(S const& leaf) { requires normalizes_by_extremes<decltype(leaf.normalize)>; };
template <class S> constexpr auto normalized_at(S const& leaf, points p, extremes const& e) -> points {
    if constexpr (has_own_at<S>) return callable_of(leaf).normalize_at(p, e);
    else return leaf.normalize.at(p, e);
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
    /// Not known any more.
    auto lose() -> void { lost_ = true; }
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
        least_ += p == value_.least ? 1U : 0U;
        greatest_ += p == value_.greatest ? 1U : 0U;
    }

    /// All anew: `each(look)` calls `look(points)` for each that counts. Whether any is not a number.
    template <class Each> auto find(Each each) -> bool {
        auto found = kept_extremes(); // apart, so that it stays in registers
        auto wild = false;
        each([&](points p) {
            found.put(p);
            wild = wild || p != p;
        });
        *this = found;
        return wild;
    }

    [[nodiscard]] auto value() const -> extremes const& { return value_; }
    /// Whether they have changed since `settle`.
    [[nodiscard]] auto changed() const -> bool { return changed_ || lost_; }
    /// Whether they are no longer known, as the last that had one is gone.
    [[nodiscard]] auto lost() const -> bool { return lost_; }
    auto settle() -> void { changed_ = false; }

private:
    auto drop(points p) -> void {
        if (p == value_.least && --least_ == 0) lost_ = true;
        if (p == value_.greatest && --greatest_ == 0) lost_ = true;
    }

    extremes value_;
    std::size_t least_ = 0; ///< how many nodes have it
    std::size_t greatest_ = 0;
    bool changed_ = false;
    bool lost_ = false;
};

/// What has changed of a column, beside the nodes that were looked at.
enum class shift : std::uint8_t {
    none,
    of_worth, ///< what colours are worth
    of_all,   ///< anything
};

/// What a column is added up with.
struct column_scratch {
    std::vector<std::size_t> survivors; ///< ascending; filled for those who need them
    std::vector<points> column;
    bool survivors_known = false;

    /// Lists the survivors, of whom there are no more than `most`, unless they are known.
    template <class Counts> auto list(std::size_t nodes, std::size_t most, Counts counts) -> void {
        if (std::exchange(survivors_known, true)) return;
        survivors.clear();
        for (std::size_t i = 0; i < nodes && survivors.size() < most; ++i)
            if (counts(i)) survivors.push_back(i);
    }
};

/// Totals while columns are added up: one number as long as all are equal.
class running_totals {
public:
    explicit running_totals(std::span<points> totals) : totals_(totals) {}

    auto add(points to_all) -> void {
        if (equal_) {
            same_ += to_all;
        } else if (to_all != 0) {
            for (auto& total : totals_) total += to_all;
        }
    }
    /// The totals one by one.
    [[nodiscard]] auto each() -> std::span<points> {
        if (std::exchange(equal_, false))
            for (auto& total : totals_) total = same_;
        return totals_;
    }

private:
    std::span<points> totals_;
    points same_ = 0;
    bool equal_ = true;
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
    static constexpr bool may_paint = how == upkeep::by_extremes && paints<tracker>;
    /// Whether nodes may have colours, the tracker's or those of their points.
    static constexpr bool may_colour = how == upkeep::by_extremes;

    /// All anew: no points are known yet, nobody counts.
    auto begin(S const& leaf, Task const& task, std::span<Node const> nodes, Shared const& shared) -> void {
        all_equal_ = true;
        any_ = false;
        equal_ = 0;
        refill_ = flat_ = took_part_ = false;
        extremes_.reset();
        stale_.reset(nodes.size());
        palette_.reset();
        values_.reset();
        valued_ = valuing::later;
        quiet_ = 0;
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

    auto entered(Task const& other, std::size_t i, std::span<Node const> nodes, int sign) -> void {
        if constexpr (tracked) tracker_->entered(other, i, nodes, sign, stale_);
        if constexpr (may_paint) {
            if (is_painted() && given() == palette_.colours() && palette_.colour_of(i) != palette_.colours())
                palette_.paint(i, tracker_->colour_of(i));
        }
    }
    auto joined(std::size_t i) -> void {
        if constexpr (hears_who_survives) tracker_->joined(i, stale_);
    }
    auto left(std::size_t i) -> void {
        if constexpr (hears_who_survives) tracker_->left(i, stale_);
    }
    [[nodiscard]] auto stale() -> stale_nodes& { return stale_; }
    /// All points are to be asked for anew.
    auto refill_later() -> void { refill_ = tracked; }
    [[nodiscard]] auto is_to_be_refilled() const -> bool { return refill_; }
    /// Whether points go by colours that the tracker gives: then no node need be looked at.
    [[nodiscard]] auto is_painted() const -> bool { return may_paint && palette_.on(); }
    /// The colours of nodes, the tracker's or those of their points; none if there are none.
    [[nodiscard]] auto colours() const -> palette const* {
        if constexpr (may_colour) {
            if (is_painted()) return &palette_;
            if (values_.on()) return &values_.colours();
        }
        return nullptr;
    }
    /// Whether points differ, matter to each other, and have no colours.
    [[nodiscard]] auto is_wide() const -> bool {
        return may_colour && !all_equal_ && colours() == nullptr && takes_part();
    }

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
        flat_ = false;
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
        value(i, counts);
    }
    /// A node does not count any more, or again, with the points that it has.
    auto count(std::size_t i, bool was_counted, bool counts) -> void {
        if constexpr (may_paint) {
            if (palette_.on()) {
                if (was_counted == counts) return;
                auto const there = given();
                if (there != palette_.colours() || palette_.paint(i, counts ? tracker_->colour_of(i) : there))
                    refill_ = true;
                return;
            }
        }
        flat_ = false;
        if constexpr (how == upkeep::by_extremes)
            extremes_.replace(was_counted ? std::optional(at(i)) : std::nullopt,
                              counts ? std::optional(at(i)) : std::nullopt);
        value(i, counts);
    }
    /// Whether the points of nodes have changed that nobody has looked at.
    [[nodiscard]] auto spreads() const -> bool {
        return how == upkeep::by_extremes && colours() == nullptr && extremes_.changed() && takes_part();
    }
    /// Asks for all points anew where they are not known, and finds out what colours are worth; `counts(i)`
    /// are the survivors.
    template <class Counts> auto refill(S const& leaf, std::size_t nodes, Counts counts) -> shift {
        auto out = shift::none;
        if (std::exchange(refill_, false)) {
            out = refill_all(leaf, nodes, counts);
            if (is_painted()) return out;
        } else {
            ++quiet_;
        }
        if constexpr (may_colour) {
            if (valued_ == valuing::resting && quiet_ >= calm) valued_ = valuing::now;
            if (valued_ == valuing::now) out = begin_values(nodes, counts);
            if (values_.on() && values_.weigh(normalization_of(leaf)) && out == shift::none)
                out = shift::of_worth;
        }
        return out;
    }
    /// Finds the extremes again where they are not known any more; `survivors` are all of them.
    auto look_at(std::span<std::size_t const> survivors) -> void {
        if constexpr (how == upkeep::by_extremes) {
            if (colours() != nullptr) return;
            look_again([&](auto look) {
                for (auto const i : survivors) look(i);
            });
        }
    }
    /// What a node gets in the end.
    [[nodiscard]] auto normalized(S const& leaf, std::size_t i) const -> points {
        if constexpr (may_colour) {
            if (auto const* const all = colours()) return all->worth(all->colour_of(i));
        }
        return worth(leaf, at(i));
    }

    /// Adds the column to the totals; `counts(i)` are the survivors.
    template <class Counts>
    auto add_to(running_totals& totals, S const& leaf, points weight, Task const& task,
                std::span<Node const> nodes, Shared const& shared, Counts counts, column_scratch& scratch)
        -> void {
        if (!takes_part()) return;
        if constexpr (how == upkeep::anew || how == upkeep::as_a_column) {
            scratch.list(nodes.size(), nodes.size(), counts);
            scratch.column.resize(scratch.survivors.size());
            auto const column = std::span(scratch.column);
            if constexpr (how == upkeep::anew) {
                if (!fill(leaf, task, {nodes, scratch.survivors}, shared, column)) return;
            } else {
                for (std::size_t k = 0; k < column.size(); ++k) column[k] = at(scratch.survivors[k]);
                normalize_column(leaf, column);
            }
            auto const each = totals.each();
            for (std::size_t k = 0; k < column.size(); ++k) each[scratch.survivors[k]] += weight * column[k];
        } else {
            if constexpr (may_colour) {
                if (auto const* const all = colours()) {
                    if (auto const same = all->same_for_all()) return totals.add(weight * *same);
                    return all->add_to(totals.each(), weight);
                }
            }
            if constexpr (how == upkeep::by_extremes) look_again(each_of(nodes.size(), counts));
            if (all_equal_) totals.add(weight * worth(leaf, equal_));
            else if (flat_) totals.add(weight * worth(leaf, extremes_.value().least));
            else add_each(totals.each(), leaf, weight, counts);
        }
    }
    [[nodiscard]] auto bytes() const -> std::size_t {
        return points_.capacity() * sizeof(points) + palette_.bytes() + values_.bytes();
    }

private:
    /// Whether points have colours: once they differ, for as long as they are few; and when it is calm again,
    /// where all have changed.
    enum class valuing : std::uint8_t { later, now, on, resting, never };
    static constexpr std::uint32_t calm = 8;

    static auto fill(S const& leaf, Task const& task, candidates<Node> found, Shared const& shared,
                     std::span<points> column) -> bool {
        auto const state = prepare_score_leaf(leaf, task, found, shared);
        if (!detail::takes_part(state)) return false;
        fill_raw(leaf, state, task, found, column);
        detail::normalize_column(leaf, column);
        return true;
    }
    template <class Counts> auto refill_all(S const& leaf, std::size_t nodes, Counts counts) -> shift {
        if constexpr (may_paint) {
            auto const was_on = palette_.on();
            auto const repainted = repaint(nodes, counts);
            auto const part = std::exchange(took_part_, takes_part());
            if (palette_.on()) {
                flat_ = false; // nobody looks at the points meanwhile
                auto const points_of = [&](std::size_t c) { return tracker_->points_of_colour(c); };
                auto const changed = palette_.weigh(points_of, normalization_of(leaf));
                if (repainted || !was_on || part != took_part_) return shift::of_all;
                return changed ? shift::of_worth : shift::none;
            }
        }
        auto const before = flat_ ? worth(leaf, extremes_.value().least) : points{0};
        auto const was_flat = flat_;
        if constexpr (tracked) {
            points_.resize(nodes);
            if constexpr (requires { tracker_->fill(std::span<points>(points_)); }) {
                tracker_->fill(std::span<points>(points_));
            } else {
                for (std::size_t i = 0; i < nodes; ++i)
                    points_[i] = static_cast<points>(tracker_->points_of(i));
            }
            any_ = true;
            all_equal_ = false;
            extremes_.lose();
            values_.reset(); // where all change time and again, colours would not help
            valued_ = valued_ == valuing::later || quiet_ >= calm ? valuing::now : valuing::resting;
            quiet_ = 0;
        }
        if constexpr (how == upkeep::by_extremes) look_again(each_of(nodes, counts));
        auto const took_part = std::exchange(took_part_, takes_part());
        auto const same = was_flat && flat_ && before == worth(leaf, extremes_.value().least);
        return same && took_part == took_part_ ? shift::none : shift::of_all;
    }
    /// How many colours the tracker gives; none, if they are too many.
    [[nodiscard]] auto given() const -> std::size_t {
        auto const there = tracker_->colours();
        return there <= palette::most_colours ? there : 0;
    }
    /// Paints all nodes if there are other colours now.
    template <class Counts> auto repaint(std::size_t nodes, Counts counts) -> bool {
        auto const there = given();
        if (there == palette_.colours()) return false;
        palette_.begin(there, nodes);
        for (std::size_t i = 0; i < nodes && palette_.on(); ++i)
            if (counts(i)) palette_.paint(i, tracker_->colour_of(i));
        return true;
    }
    /// Gives all survivors the colour of their points.
    template <class Counts> auto begin_values(std::size_t nodes, Counts counts) -> shift {
        valued_ = valuing::on;
        values_.begin(nodes);
        for (std::size_t i = 0; i < nodes && valued_ == valuing::on; ++i)
            if (counts(i)) value(i, true);
        return shift::of_all;
    }
    /// A node may have other points now, or does not count.
    auto value(std::size_t i, bool counts) -> void {
        if constexpr (may_colour) {
            if (valued_ == valuing::on && !values_.take(i, counts ? std::optional(at(i)) : std::nullopt)) {
                valued_ = valuing::never;
                extremes_.lose(); // nobody has kept them
            } else if (valued_ == valuing::later && !all_equal_) {
                valued_ = valuing::now;
            }
        }
    }
    static auto normalization_of(S const& leaf) {
        return [&leaf](points p, extremes const& e) { return normalized_at(leaf, p, e); };
    }
    template <class Counts> static auto each_of(std::size_t nodes, Counts counts) {
        return [=](auto look) {
            for (std::size_t i = 0; i < nodes; ++i)
                if (counts(i)) look(i);
        };
    }
    /// Finds the extremes again, where the last node that had one has none any more; `each(look)` calls
    /// `look(i)` for each survivor.
    template <class Each> auto look_again(Each each) -> void {
        if (extremes_.lost()) {
            auto const wild = extremes_.find([&](auto look) { each([&](std::size_t i) { look(at(i)); }); });
            flat_ = !wild && extremes_.value().least == extremes_.value().greatest;
        }
        extremes_.settle();
    }
    [[nodiscard]] auto worth(S const& leaf, points p) const -> points {
        if constexpr (how == upkeep::by_extremes) return normalized_at(leaf, p, extremes_.value());
        else return p;
    }
    template <class Counts>
    auto add_each(std::span<points> totals, S const& leaf, points weight, Counts counts) const -> void {
        if constexpr (how == upkeep::plain) {
            for (std::size_t i = 0; i < totals.size(); ++i) totals[i] += weight * points_[i];
        } else {
            // There are often few different points: what has been worked out lately need not be again.
            struct known {
                points from;
                points worth;
            };
            if (extremes_.value().least > extremes_.value().greatest) { // nobody counts who has a number
                for (std::size_t i = 0; i < totals.size(); ++i)
                    if (counts(i)) totals[i] += weight * worth(leaf, points_[i]);
                return;
            }
            auto const nothing = weight * normalized_at(leaf, points{0}, extremes_.value());
            auto lately = std::array<known, 64>();
            for (auto& k : lately) k = {0, nothing};
            for (std::size_t i = 0; i < totals.size(); ++i) {
                auto const p = points_[i];
                auto& k = lately[std::bit_cast<std::uint64_t>(p) * 0x9e3779b97f4a7c15U >> 58U];
                if (k.from != p) k = {p, weight * normalized_at(leaf, p, extremes_.value())};
                totals[i] += k.worth;
            }
        }
    }

    std::optional<state> state_;
    std::optional<tracker> tracker_;
    stale_nodes stale_;
    std::vector<points> points_;
    kept_extremes extremes_;
    palette palette_;      ///< the tracker's colours
    value_palette values_; ///< those of points
    valuing valued_ = valuing::later;
    std::uint32_t quiet_ = 0; ///< how often nodes were looked at since all points were asked for
    bool all_equal_ = true;   ///< all have `equal_`, and `points_` is not filled
    bool flat_ = false;       ///< the last look found one number for all survivors
    bool any_ = false;        ///< points are known of any node
    bool took_part_ = false;  ///< when the points were last asked for anew
    bool refill_ = false;     ///< all points are to be asked for anew
    points equal_ = 0;
};

} // namespace berth::schedule::detail
