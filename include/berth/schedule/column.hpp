#pragma once

/// \file
/// How scores are computed: a score expression is a list of weighted leaves (terms), each of which
/// yields a column over the surviving nodes. Also the full check of a score, `score_for`, and its
/// one-line test, `rate`.

#include <berth/schedule/score.hpp>

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule {
namespace detail {

template <class S> struct score_parts {
    static constexpr bool sum = false;
    static constexpr bool scaled = false;
};
template <class S, class T> struct score_parts<score_sum<S, T>> {
    static constexpr bool sum = true;
    static constexpr bool scaled = false;
};
template <class S> struct score_parts<score_scaled<S>> {
    static constexpr bool sum = false;
    static constexpr bool scaled = true;
};
template <class S> inline constexpr bool is_sum = score_parts<S>::sum;
template <class S> inline constexpr bool is_scaled = score_parts<S>::scaled;

/// The state of a score leaf, from the candidates where it asks for them, else like a filter's.
template <class S, class Task, class Node, class Shared>
constexpr auto prepare_score_leaf(S const& leaf, Task const& task, candidates<Node> found,
                                  Shared const& shared) {
    auto const& callable = callable_of(leaf);
    if constexpr (prepares_from<callable_t<S>, Task, candidates<Node>>) {
        return callable.prepare(task, found);
    } else {
        return prepare_leaf(callable, task, found.nodes, shared);
    }
}

/// The states of all leaves of a score, in the shape of the expression.
template <class S, class Task, class Node, class Shared>
constexpr auto prepare_score(S const& s, Task const& task, candidates<Node> found, Shared const& shared) {
    if constexpr (is_sum<S>) {
        return pair_of{prepare_score(s.left, task, found, shared),
                       prepare_score(s.right, task, found, shared)};
    } else if constexpr (is_scaled<S>) {
        return prepare_score(s.inner, task, found, shared);
    } else {
        return prepare_score_leaf(s, task, found, shared);
    }
}

/// Calls `visit(leaf, state, weight)` for each leaf from left to right; nested weights are
/// multiplied.
template <class S, class State, class Visit>
constexpr auto for_each_term(S const& s, State const& state, points weight, Visit&& visit) -> void {
    if constexpr (is_sum<S>) {
        for_each_term(s.left, state.left, weight, visit);
        for_each_term(s.right, state.right, weight, visit);
    } else if constexpr (is_scaled<S>) {
        for_each_term(s.inner, state, weight * s.weight, visit);
    } else {
        visit(s, state, weight);
    }
}

template <class Answer>
concept number =
    std::is_arithmetic_v<std::remove_cvref_t<Answer>> && !std::same_as<std::remove_cvref_t<Answer>, bool>;

template <class F, class State, class Task, class Node>
concept answers_points = callable_with<F, State, Task const&, Node const&> &&
                         requires(F const& f, State const& state, Task const& task, Node const& node) {
                             { call(f, state, task, node) } -> number;
                         };
template <class F, class State, class Task, class Node>
concept fills_column = callable_with<F, State, Task const&, candidates<Node> const&, std::span<points>&> &&
                       requires(F const& f, State const& state, Task const& task,
                                candidates<Node> const& found, std::span<points>& out) {
                           { call(f, state, task, found, out) } -> std::same_as<void>;
                       };

template <class S, class Task, class Node, class Shared>
using score_state_of =
    decltype(prepare_score_leaf(std::declval<S const&>(), std::declval<Task const&>(),
                                std::declval<candidates<Node>>(), std::declval<Shared const&>()));

/// The column of a leaf rewrites itself after all points are known.
template <class S>
concept normalizes = requires(S const& leaf, std::span<points> column) {
    leaf.normalize(column);
} || requires(S const& leaf, std::span<points> column) { callable_of(leaf).normalize(column); };

template <class S>
concept described =
    named<S> || requires(S const& s, std::string& out) { S::describe_into(out, &s, binding::loose); };

template <class S, class Task, class Node, class Shared> consteval auto can_score_as_leaf() -> bool {
    using callable = callable_t<S>;
    if constexpr (!described<S>) {
        return false;
    } else if constexpr (mentions_prepare<callable> && !prepares_from<callable, Task, candidates<Node>> &&
                         !prepares_from<callable, Task, std::span<Node const>> &&
                         !prepares_alone<callable, Task>) {
        return false;
    } else if constexpr (mentions_normalize<callable> && !normalizes<S>) {
        return false;
    } else if constexpr (!named_facets<S, callable>::template fit<Node>) {
        return false;
    } else {
        using state = score_state_of<S, Task, Node, Shared>;
        return !is_expected<state> &&
               (answers_points<callable, state, Task, Node> || fills_column<callable, state, Task, Node>);
    }
}

template <class S, class Task, class Node, class Shared> consteval auto can_score() -> bool {
    if constexpr (is_sum<S>) {
        return can_score<decltype(S::left), Task, Node, Shared>() &&
               can_score<decltype(S::right), Task, Node, Shared>();
    } else if constexpr (is_scaled<S>) {
        return can_score<decltype(S::inner), Task, Node, Shared>();
    } else {
        return can_score_as_leaf<S, Task, Node, Shared>();
    }
}

/// Whether the points of a node depend on no other survivor, so that no column is needed.
template <class S, class Task, class Node, class Shared> consteval auto is_pointwise() -> bool {
    if constexpr (is_sum<S>) {
        return is_pointwise<decltype(S::left), Task, Node, Shared>() &&
               is_pointwise<decltype(S::right), Task, Node, Shared>();
    } else if constexpr (is_scaled<S>) {
        return is_pointwise<decltype(S::inner), Task, Node, Shared>();
    } else {
        using callable = callable_t<S>;
        return !normalizes<S> && !prepares_from<callable, Task, candidates<Node>> &&
               answers_points<callable, score_state_of<S, Task, Node, Shared>, Task, Node>;
    }
}

template <class S, class Task, class Node> consteval auto score_scope() -> scope {
    if constexpr (is_sum<S>) {
        return wider(score_scope<decltype(S::left), Task, Node>(),
                     score_scope<decltype(S::right), Task, Node>());
    } else if constexpr (is_scaled<S>) {
        return score_scope<decltype(S::inner), Task, Node>();
    } else {
        using declared = declared_by<S, callable_t<S>>;
        return scope_of<callable_t<S>, typename declared::surveys, Task, Node>();
    }
}

/// The total of one node, for a score all of whose leaves are pointwise. It may be not a number.
template <class S, class State, class Task, class Node>
constexpr auto total_of(S const& s, State const& state, Task const& task, Node const& node) -> points {
    auto total = points{0};
    for_each_term(s, state, points{1}, [&](auto const& leaf, auto const& own, points weight) {
        if (takes_part(own)) total += weight * static_cast<points>(call(callable_of(leaf), own, task, node));
    });
    return total;
}

/// Fills the column of one leaf with its points as they are before they are normalised.
template <class S, class State, class Task, class Node>
constexpr auto fill_raw(S const& leaf, State const& state, Task const& task, candidates<Node> found,
                        std::span<points> column) -> void {
    auto const& callable = callable_of(leaf);
    if constexpr (fills_column<callable_t<S>, State, Task, Node>) {
        for (auto& value : column) value = 0;
        call(callable, state, task, std::as_const(found), column);
    } else {
        for (std::size_t i = 0; i < found.size(); ++i) {
            column[i] = static_cast<points>(call(callable, state, task, found[i]));
        }
    }
}

/// Rewrites the column of a leaf that normalises.
template <class S> constexpr auto normalize_column(S const& leaf, std::span<points> column) -> void {
    if constexpr (requires { leaf.normalize(column); }) {
        leaf.normalize(column);
    } else if constexpr (requires { callable_of(leaf).normalize(column); }) {
        callable_of(leaf).normalize(column);
    }
}

/// Nobody looks at the columns.
struct unseen {
    constexpr auto raw(std::span<points const>) const -> void {}
    template <class S> constexpr auto operator()(S const&, points, std::span<points const>) const -> void {}
};

/// Adds up the weighted columns of all leaves into `totals`, with `column` as scratch of the same
/// size. Tells `see.raw(column)` and, once it is normalised, `see(leaf, weight, column)` of each.
template <class S, class State, class Task, class Node, class See = unseen>
constexpr auto fill_totals(S const& s, State const& state, Task const& task, candidates<Node> found,
                           std::span<points> totals, std::span<points> column, See see = {}) -> void {
    for (auto& total : totals) total = 0;
    for_each_term(s, state, points{1}, [&](auto const& leaf, auto const& own, points weight) {
        if (!takes_part(own)) return;
        fill_raw(leaf, own, task, found, column);
        see.raw(std::span<points const>(column));
        normalize_column(leaf, column);
        see(leaf, weight, std::span<points const>(column));
        for (std::size_t i = 0; i < totals.size(); ++i) totals[i] += weight * column[i];
    });
    for (auto& total : totals) {
        if (!(total == total)) total = -std::numeric_limits<points>::infinity();
    }
}

} // namespace detail

/// A score that can rate a `Node` for a `Task`. `Shared` is what the profile prepares.
template <class S, class Task, class Node, class Shared = detail::nothing>
concept score_for = score_expression<S> && detail::can_score<std::remove_cvref_t<S>, Task, Node, Shared>();

/// Of which nodes a score reads: of the cluster, if any of its leaves does.
template <score_expression S, class Task, class Node>
inline constexpr scope score_scope = detail::score_scope<S, Task, Node>();

/// The points of every node, all of them being candidates: the one-line test of a score.
/// `rate(roomy, task{}, hosts) == std::vector{0.0, 50.0, 100.0}`.
template <class S, class Task, class Nodes>
[[nodiscard]] constexpr auto rate(S const& s, Task const& task, Nodes const& nodes) -> std::vector<points> {
    auto const all = std::span(nodes);
    using node = std::remove_cv_t<typename decltype(all)::element_type>;
    constexpr auto good = score_for<S, Task, node>;
    static_assert(good, "this score cannot rate this kind of node for this kind of task");
    auto survivors = std::vector<std::size_t>{};
    for (std::size_t i = 0; i < all.size(); ++i) survivors.push_back(i);
    auto totals = std::vector<points>(all.size());
    auto column = std::vector<points>(all.size());
    auto const found = candidates<node>{all, survivors};
    auto const state = detail::prepare_score(s, task, found, detail::shared_nothing);
    detail::fill_totals(s, state, task, found, std::span(totals), std::span(column));
    return totals;
}

} // namespace berth::schedule
