#pragma once

/// \file
/// A policy with another leaf in the place of one of its own: how to keep a stock profile but for a plugin.
///
/// ```cpp
/// constexpr auto mine = schedule::profile{
///     .filter = schedule::replace<"TaintToleration">(stock.filter, my_tolerance),
///     .score = schedule::replace<"NodeResourcesFit">(stock.score, fullest) + 2 * prefer_zone({.zone = 1}),
/// };
/// ```

#include <berth/schedule/filter.hpp>
#include <berth/schedule/name.hpp>
#include <berth/schedule/score.hpp>

#include <type_traits>
#include <utility>

namespace berth::schedule {
namespace detail {

template <class E> inline constexpr bool is_filter_or = false;
template <class F, class G> inline constexpr bool is_filter_or<filter_or<F, G>> = true;
template <class E> inline constexpr bool is_filter_not = false;
template <class F> inline constexpr bool is_filter_not<filter_not<F>> = true;

/// Whether a leaf of an expression has a name.
template <literal Name, class E> consteval auto has_leaf() -> bool {
    if constexpr (conjunction<E> || is_filter_or<E> || is_sum<E>) {
        return has_leaf<Name, decltype(E::left)>() || has_leaf<Name, decltype(E::right)>();
    } else if constexpr (is_filter_not<E> || is_scaled<E>) {
        return has_leaf<Name, decltype(E::inner)>();
    } else if constexpr (named<E>) {
        return E::name == Name.view();
    } else {
        return false;
    }
}

template <literal Name, class E, class By> constexpr auto replace_leaf(E const& e, By const& by) {
    if constexpr (!has_leaf<Name, E>()) {
        return e;
    } else if constexpr (conjunction<E>) {
        return replace_leaf<Name>(e.left, by) and replace_leaf<Name>(e.right, by);
    } else if constexpr (is_filter_or<E>) {
        return replace_leaf<Name>(e.left, by) or replace_leaf<Name>(e.right, by);
    } else if constexpr (is_filter_not<E>) {
        return not replace_leaf<Name>(e.inner, by);
    } else if constexpr (is_sum<E>) {
        return replace_leaf<Name>(e.left, by) + replace_leaf<Name>(e.right, by);
    } else if constexpr (is_scaled<E>) {
        return e.weight * replace_leaf<Name>(e.inner, by);
    } else {
        return by;
    }
}

} // namespace detail

/// The expression with `by` for each leaf of this name; weights stay. `everything` and `indifference` take a
/// leaf out.
template <literal Name, class Expression, class By>
    requires((filter_expression<Expression> && filter_expression<By>) ||
             (score_expression<Expression> && score_expression<By>))
[[nodiscard]] constexpr auto replace(Expression const& in, By const& by) {
    constexpr auto there = detail::has_leaf<Name, Expression>();
    static_assert(there, "replace: no leaf of this expression has this name; describe() tells their names");
    return detail::replace_leaf<Name>(in, by);
}

} // namespace berth::schedule
