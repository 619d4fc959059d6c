#pragma once

/// \file
/// The points that a score gives to all nodes for one class of tasks, leaf by leaf, and their totals.

#include <berth/schedule/detail/score_column.hpp>
#include <berth/schedule/detail/shaded_totals.hpp>
#include <berth/schedule/profile.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule::detail {

/// What totals are brought up to date with; `accepts(node)` says who survives.
template <class P, class Task, class Node, class Accepts> struct scoring_round {
    P const& profile;
    Task const& task;
    std::span<Node const> nodes;
    shared_of<P, Task, Node> const& prepared;
    std::span<std::uint32_t const> touched;
    std::size_t feasible; ///< how many survive
    Accepts accepts;
    column_scratch& scratch;
};

/// Whether a node was, and is, a survivor, and whether its points are to be asked for.
struct survival {
    bool was;
    bool is;
    bool ask;
};

/// The columns of the leaves of a profile's score, added up. Totals of nodes that rise and fall together (all
/// of a zone, say) are kept as what a node has for itself and a shade, so that they cost nothing when they
/// do. That needs whole numbers, for then it does not matter in which order they are added, and few shades;
/// and leaves that look at each node for itself, or are normalised by extremes.
template <class P, class Task, class Node, class Touched> class scoreboard {
    using shared = shared_of<P, Task, Node>;

    template <class T> struct columns_of;
    template <class... S> struct columns_of<std::tuple<S...>> {
        using type = std::tuple<score_column<S, Task, Node, shared, Touched>...>;
    };
    using columns = typename columns_of<typename leaves_of_score<decltype(P::score)>::type>::type;
    template <std::size_t K> using column_at = std::tuple_element_t<K, columns>;

    template <class Predicate> static consteval auto any_column(Predicate is) -> bool {
        return [&]<class... C>(std::tuple<C...> const*) {
            return (is.template operator()<C>() || ...);
        }(static_cast<columns*>(nullptr));
    }

public:
    static constexpr bool hears_who_survives = any_column([]<class C> { return C::hears_who_survives; });

    /// All anew: no points are known, nobody counts.
    auto begin(P const& p, Task const& task, std::span<Node const> nodes, shared const& prepared) -> void {
        for_each_leaf(p.score, points{1}, [&](auto k, auto const& leaf, points) {
            std::get<k()>(columns_).begin(leaf, task, nodes, prepared);
            std::get<k()>(columns_).refill_later();
        });
        apart_ = whole_ = each_for_itself && lanes > 0;
        totals_.begin(nodes.size());
        if (nodes.empty()) totals_.build();
    }
    auto entered(Task const& other, std::size_t i, std::span<Node const> nodes, int sign) -> void {
        std::apply([&](auto&... c) { (c.entered(other, i, nodes, sign), ...); }, columns_);
    }
    auto joined(std::size_t i) -> void {
        std::apply([i](auto&... c) { (c.joined(i), ...); }, columns_);
    }
    auto left(std::size_t i) -> void {
        std::apply([i](auto&... c) { (c.left(i), ...); }, columns_);
    }
    /// Calls `touch(node)` where a tracker is no longer sure of the points.
    template <class Touch> auto take_stale(std::size_t nodes, Touch touch) -> void {
        auto const take = [&](auto& c) {
            if constexpr (std::remove_reference_t<decltype(c)>::follows) {
                if (c.stale().empty()) return;
                if (c.stale().are_all() || c.is_painted()) {
                    c.refill_later();
                } else {
                    for (auto const i : c.stale().some()) touch(i);
                }
                c.stale().reset(nodes);
            }
        };
        std::apply([&](auto&... c) { (take(c), ...); }, columns_);
    }
    /// Takes over what is new of the points of a node that was a survivor, or is.
    auto take_over(P const& p, Task const& task, std::span<Node const> nodes, std::size_t i, survival of)
        -> void {
        for_each_leaf(p.score, points{1}, [&](auto k, auto const& leaf, points) {
            auto& c = std::get<k()>(columns_);
            using column = column_at<k()>;
            if constexpr (column::how != upkeep::anew) {
                if (!column::follows && !c.takes_part()) return;
                if (c.is_painted()) {
                    if (of.was != of.is) c.count(i, of.was, of.is);
                    return;
                }
                if (c.is_to_be_refilled()) return;
                if (of.is && (of.ask || column::follows))
                    c.put(i, nodes.size(), c.ask(leaf, task, nodes, i), of.was, of.is);
                else if (of.was != of.is) c.count(i, of.was, of.is);
            }
        });
    }
    /// Brings the totals up to date, when all touched nodes have been taken over.
    template <class Accepts> auto settle(scoring_round<P, Task, Node, Accepts> const& r) -> void {
        auto const was_apart = apart_;
        auto const moved = refill(r);
        if (apart_ != was_apart || r.touched.size() > r.nodes.size() / 16) return add_all(r);
        if (moved != shift::none && apart_) weigh(r.profile);
        auto const others = moved == shift::of_all || (moved == shift::of_worth && !apart_);
        if (others || must_add_all(!r.touched.empty())) {
            if (!each_for_itself || r.feasible > r.nodes.size() / 64) return add_all(r);
            look_at_survivors(r);
            for (auto const i : r.scratch.survivors) add_up(r.profile, i);
        }
        for (auto const i : r.touched) {
            if (r.accepts(i)) add_up(r.profile, i);
            else totals_.remove(i);
        }
        if (apart_ && !whole_) add_all(r);
    }

    [[nodiscard]] auto totals() const -> shaded_totals const& { return totals_; }
    [[nodiscard]] auto bytes() const -> std::size_t {
        return std::apply([](auto const&... c) { return (std::size_t{0} + ... + c.bytes()); }, columns_) +
               totals_.bytes();
    }

private:
    static constexpr auto worst = -std::numeric_limits<points>::infinity();
    /// Whether no leaf needs the column of all survivors.
    static constexpr bool each_for_itself =
        !any_column([]<class C> { return C::how == upkeep::anew || C::how == upkeep::as_a_column; });

    // Keys of shades: a lane of 16 bits for each of the first four leaves that may have colours, with the
    // colour and 1, or 0 if it has none.
    template <std::size_t K> static consteval auto coloured_before() -> std::size_t {
        return []<std::size_t... L>(std::index_sequence<L...>) {
            return (std::size_t{0} + ... + std::size_t{column_at<L>::may_colour});
        }(std::make_index_sequence<K>());
    }
    static constexpr std::size_t lanes = coloured_before<std::tuple_size_v<columns>>();
    template <std::size_t K>
    static constexpr bool has_lane = column_at<K>::may_colour && coloured_before<K>() < 4;

    /// Asks anew where trackers know of no node, and for what colours are worth; and finds out whether these
    /// can be kept apart.
    template <class Round> auto refill(Round const& r) -> shift {
        auto out = shift::none;
        apart_ = whole_;
        for_each_leaf(r.profile.score, points{1}, [&](auto k, auto const& leaf, points) {
            auto& c = std::get<k()>(columns_);
            auto const moved = c.refill(leaf, r.nodes.size(), r.accepts);
            auto const as_all = moved == shift::of_worth && !has_lane<k()>;
            out = std::max(out, as_all ? shift::of_all : moved);
            apart_ = apart_ && !c.is_wide();
        });
        return out;
    }
    /// Whether totals have changed of nodes that have not; `any`: whether there are such that have.
    [[nodiscard]] auto must_add_all(bool any) const -> bool {
        return std::apply(
            [any](auto const&... c) {
                auto const must = [any]<class C>(C const& one) {
                    return (any && (C::how == upkeep::anew ||
                                    (C::how == upkeep::as_a_column && one.takes_part()))) ||
                           one.spreads();
                };
                return (must(c) || ...);
            },
            columns_);
    }
    template <class Round> auto add_all(Round const& r) -> void {
        totals_.begin(r.nodes.size());
        if (apart_ && whole_) {
            look_at_survivors(r);
            for (auto const i : r.scratch.survivors) {
                auto const [base, shade] = parts_of(r.profile, i);
                totals_.bases()[i] = base;
                totals_.paint(i, shade);
            }
            if (!whole_) totals_.begin(r.nodes.size());
        }
        apart_ = apart_ && whole_;
        if (!apart_) add_columns(r);
        totals_.build();
    }
    template <class Round> auto add_columns(Round const& r) -> void {
        auto totals = running_totals(totals_.bases());
        for_each_leaf(r.profile.score, points{1}, [&](auto k, auto const& leaf, points weight) {
            std::get<k()>(columns_).add_to(totals, leaf, weight, r.task, r.nodes, r.prepared, r.accepts,
                                           r.scratch);
        });
        auto const each = totals.each();
        for (std::size_t i = 0; i < each.size(); ++i) {
            auto const total = each[i] == each[i] ? each[i] : worst;
            each[i] = r.accepts(i) ? total : shaded_totals::no_total;
        }
    }
    /// Lists those who survive, and tells the columns.
    template <class Round> auto look_at_survivors(Round const& r) -> void {
        r.scratch.list(r.nodes.size(), r.feasible, r.accepts);
        std::apply([&](auto&... c) { (c.look_at(r.scratch.survivors), ...); }, columns_);
    }
    auto add_up(P const& p, std::size_t i) -> void {
        if (apart_) {
            auto const [base, shade] = parts_of(p, i);
            return totals_.set(i, base, shade);
        }
        auto total = points{0};
        for_each_leaf(p.score, points{1}, [&](auto k, auto const& leaf, points weight) {
            auto const& c = std::get<k()>(columns_);
            if (c.takes_part()) total += weight * c.normalized(leaf, i);
        });
        totals_.set(i, total == total ? total : worst, 0);
    }

    /// What a node has for itself, and its shade.
    auto parts_of(P const& p, std::size_t i) -> std::pair<points, shaded_totals::shade> {
        auto base = points{0};
        auto key = std::uint64_t{0};
        for_each_leaf(p.score, points{1}, [&](auto k, auto const& leaf, points weight) {
            auto const& c = std::get<k()>(columns_);
            if (!c.takes_part()) return;
            if constexpr (has_lane<k()>) {
                if (auto const* const all = c.colours()) {
                    key |= std::uint64_t{all->colour_of(i) + 1} << (16 * coloured_before<k()>());
                    return;
                }
            }
            base += whole(weight * c.normalized(leaf, i));
        });
        auto const shade = totals_.shade_for(key, [&] { return worth_of(p, key); });
        if (!shade) whole_ = false;
        return {base, shade.value_or(0)};
    }
    auto worth_of(P const& p, std::uint64_t key) -> points {
        auto out = points{0};
        for_each_leaf(p.score, points{1}, [&](auto k, auto const&, points weight) {
            if constexpr (has_lane<k()>) {
                auto const lane = (key >> (16 * coloured_before<k()>())) & 0xffffU;
                auto const* const all = std::get<k()>(columns_).colours();
                if (lane > 0 && all != nullptr && lane <= all->colours())
                    out += whole(weight * all->worth(lane - 1));
            }
        });
        return out;
    }
    /// What shades are worth now.
    auto weigh(P const& p) -> void {
        totals_.weigh([&](std::uint64_t key) { return worth_of(p, key); });
    }
    /// A number that can be added in any order, or else nothing is kept apart any more.
    auto whole(points p) -> points {
        constexpr auto most = points{1ULL << 40U};
        if (!(p >= -most && p <= most) || p != static_cast<points>(static_cast<std::int64_t>(p)))
            whole_ = false;
        return p;
    }

    columns columns_;
    shaded_totals totals_;
    bool whole_ = false; ///< all numbers have been, and shades few
    bool apart_ = false; ///< what rises and falls together is kept apart from what nodes have alone
};

} // namespace berth::schedule::detail
