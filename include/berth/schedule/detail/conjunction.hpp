#pragma once

/// \file
/// A filter taken apart for those who remember its answers: what looks at one node only, and the conjuncts
/// that survey all nodes, each with a number.

#include <berth/schedule/filter.hpp>
#include <berth/schedule/track.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace berth::schedule::detail {

/// The conjuncts of a filter that survey all nodes, from left to right.
template <class F, class Task, class Node> struct surveys_of {
    using type =
        std::conditional_t<filter_scope<F, Task, Node>() == scope::cluster, std::tuple<F>, std::tuple<>>;
};
template <class F, class G, class Task, class Node> struct surveys_of<filter_and<F, G>, Task, Node> {
    using type = decltype(std::tuple_cat(std::declval<typename surveys_of<F, Task, Node>::type>(),
                                         std::declval<typename surveys_of<G, Task, Node>::type>()));
};
template <class F, class Task, class Node>
inline constexpr std::size_t survey_count = std::tuple_size_v<typename surveys_of<F, Task, Node>::type>;

/// Calls `visit(number, conjunct, state)` for each conjunct that surveys; the number is a constant.
template <class Task, class Node, std::size_t From = 0, class F, class State, class Visit>
constexpr auto for_each_survey(F const& f, State& state, Visit&& visit) -> void {
    if constexpr (conjunction<F>) {
        constexpr auto left = survey_count<decltype(F::left), Task, Node>;
        for_each_survey<Task, Node, From>(f.left, state.left, visit);
        for_each_survey<Task, Node, From + left>(f.right, state.right, visit);
    } else if constexpr (filter_scope<F, Task, Node>() == scope::cluster) {
        visit(std::integral_constant<std::size_t, From>(), f, state);
    }
}

/// Whether all conjuncts that look at one node only accept.
template <class F, class State, class Task, class Node>
constexpr auto accepts_alone(F const& f, Task const& task, Node const& node, State const& state) -> bool {
    if constexpr (conjunction<F>) {
        return accepts_alone(f.left, task, node, state.left) &&
               accepts_alone(f.right, task, node, state.right);
    } else if constexpr (filter_scope<F, Task, Node>() == scope::cluster) {
        return true;
    } else {
        return accepts(f, task, node, state);
    }
}

/// The tracker of a conjunct, or `no_tracker`.
template <class F, class Task, class Node> struct tracker_of_filter {
    using type = tracker_of<callable_t<F>, Task, Node>;
};
template <compound F, class Task, class Node> struct tracker_of_filter<F, Task, Node> {
    using type = no_tracker;
};

/// The leaves of a score, from left to right.
template <class S> struct leaves_of_score {
    using type = std::tuple<S>;
};
template <class S, class T> struct leaves_of_score<score_sum<S, T>> {
    using type = decltype(std::tuple_cat(std::declval<typename leaves_of_score<S>::type>(),
                                         std::declval<typename leaves_of_score<T>::type>()));
};
template <class S> struct leaves_of_score<score_scaled<S>> : leaves_of_score<S> {};
template <class S>
inline constexpr std::size_t leaf_count = std::tuple_size_v<typename leaves_of_score<S>::type>;

/// Calls `visit(number, leaf, weight)` for each leaf; the number is a constant.
template <std::size_t From = 0, class S, class Visit>
constexpr auto for_each_leaf(S const& s, points weight, Visit&& visit) -> void {
    if constexpr (is_sum<S>) {
        for_each_leaf<From>(s.left, weight, visit);
        for_each_leaf<From + leaf_count<decltype(S::left)>>(s.right, weight, visit);
    } else if constexpr (is_scaled<S>) {
        for_each_leaf<From>(s.inner, weight * s.weight, visit);
    } else {
        visit(std::integral_constant<std::size_t, From>(), s, weight);
    }
}

/// The facets that filter and score of a profile name.
template <class Leaves> struct facets_of_leaves;
template <class... L> struct facets_of_leaves<std::tuple<L...>> {
    template <class All, class... More> struct join {
        using type = All;
    };
    template <class All, class Next, class... More>
    struct join<All, Next, More...> : join<typename All::template joined<Next>::type, More...> {};
    using type = typename join<facet_list<>, named_facets<L, callable_t<L>>...>::type;
};
template <class P>
using facets_of_profile = typename facets_named<decltype(P::filter)>::type::template joined<
    typename facets_of_leaves<typename leaves_of_score<decltype(P::score)>::type>::type>::type;

} // namespace berth::schedule::detail
