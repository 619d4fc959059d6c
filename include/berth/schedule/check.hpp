#pragma once

/// \file
/// The sentences that the compiler says when a profile does not fit the task and node types it is
/// used with. The offending leaf's name is part of the type that the compiler quotes.

#include <berth/schedule/profile.hpp>

namespace berth::schedule::detail {

/// One leaf of a filter against the types.
template <class Leaf, class Node> consteval auto check_facets() -> bool {
    using callable = callable_t<Leaf>;
    constexpr auto fit = facets_fit<Leaf, callable, Node>;
    static_assert(fit, "this leaf declares that it reads what these nodes do not have: reads<> and surveys<> "
                       "name members of the node, or functions of it");
    return fit;
}
template <class Leaf, class Task, class Node, class Shared> consteval auto check_advance() -> bool {
    using callable = callable_t<Leaf>;
    constexpr auto good = [] {
        if constexpr (!mentions_advance<callable>) return true;
        else return advances<callable, state_of<Leaf, Task, Node, Shared>, Task, Node>;
    }();
    static_assert(good,
                  "a leaf's advance must be callable as advance(state, task const&, change<node> const&) "
                  "-> state, the state being what its prepare returns");
    return good;
}
template <class Leaf, class Task, class Node, class Shared> consteval auto check_filter_leaf() -> bool {
    if constexpr (!check_facets<Leaf, Node>()) {
        return false;
    } else if constexpr (!check_advance<Leaf, Task, Node, Shared>()) {
        return false;
    } else {
        constexpr auto good = can_judge<Leaf, Task, Node, Shared>();
        static_assert(good,
                      "this filter must be callable as (task const&, node const&) -> schedule::verdict, "
                      "plus its prepared state if it has one");
        return good;
    }
}
template <class F, class Task, class Node, class Shared> struct filter_check {
    static constexpr bool good = check_filter_leaf<F, Task, Node, Shared>();
};
template <class F, class G, class Task, class Node, class Shared>
struct filter_check<filter_and<F, G>, Task, Node, Shared> {
    static constexpr bool good =
        filter_check<F, Task, Node, Shared>::good && filter_check<G, Task, Node, Shared>::good;
};
template <class F, class G, class Task, class Node, class Shared>
struct filter_check<filter_or<F, G>, Task, Node, Shared>
    : filter_check<filter_and<F, G>, Task, Node, Shared> {};
template <class F, class Task, class Node, class Shared>
struct filter_check<filter_not<F>, Task, Node, Shared> : filter_check<F, Task, Node, Shared> {};

/// One leaf of a score against the types.
template <class Leaf, class Task, class Node, class Shared> consteval auto check_score_leaf() -> bool {
    if constexpr (!check_facets<Leaf, Node>()) {
        return false;
    } else {
        constexpr auto good = can_score_as_leaf<Leaf, Task, Node, Shared>();
        static_assert(good,
                      "this score must be callable as (task const&, node const&) -> number, or as "
                      "(task const&, candidates<node>, std::span<points>) -> void, plus its prepared state");
        return good;
    }
}
template <class S, class Task, class Node, class Shared> consteval auto check_score() -> bool {
    if constexpr (is_sum<S>) {
        return check_score<decltype(S::left), Task, Node, Shared>() &&
               check_score<decltype(S::right), Task, Node, Shared>();
    } else if constexpr (is_scaled<S>) {
        return check_score<decltype(S::inner), Task, Node, Shared>();
    } else {
        return check_score_leaf<S, Task, Node, Shared>();
    }
}

template <class P, class Task, class Node> consteval auto check_preempt() -> void {
    constexpr auto preempt_is_good = preempt_fits<P, Task, Node>;
    static_assert(
        preempt_is_good,
        "profile.preempt must be callable as (task const&, std::span<node const>, refusal const&[, "
        "what_if const&]) -> std::optional<schedule::eviction<victim>>: the node, and who leaves it; or -> "
        "std::expected<..., std::string> to say why nobody does");
}

/// Every field of a profile against the types; one sentence per field that does not fit.
template <class P, class Task, class Node> consteval auto check_profile() -> bool {
    static_assert(is_profile<P>,
                  "the third argument must be a schedule::profile{.name = ..., .filter = ...}");
    if constexpr (is_profile<P>) {
        constexpr auto enqueue_is_good = enqueue_fits<P, Task>;
        static_assert(enqueue_is_good, "profile.enqueue must be callable as (task const&) -> verdict");
        constexpr auto order_is_good = order_fits<P, Task>;
        static_assert(order_is_good, "profile.order must be callable as (task const&, task const&) -> bool");
        constexpr auto prepare_is_good = prepare_fits<P, Task, Node>;
        static_assert(prepare_is_good,
                      "profile.prepare must be callable as (task const&, std::span<node const>) -> state");
        constexpr auto reserve_is_good = reserve_fits<P, Task, Node>;
        static_assert(reserve_is_good,
                      "profile.reserve must be callable as (task const&, node&) -> void, or -> verdict");
        constexpr auto release_is_good = release_fits<P, Task, Node>;
        static_assert(release_is_good, "profile.release must be callable as (task const&, node&) -> void");
        constexpr auto permit_is_good = permit_fits<P, Task, Node>;
        static_assert(permit_is_good, "profile.permit must be callable as (task const&, node const&) -> "
                                      "verdict, or -> permission if it may wait");
        constexpr auto pre_bind_is_good = pre_bind_fits<P, Task, Node>;
        static_assert(pre_bind_is_good, "profile.pre_bind must be callable as (task const&, node const&) -> "
                                        "result<void>, or -> permission if it may wait");
        constexpr auto post_bind_is_good = post_bind_fits<P, Task, Node>;
        static_assert(post_bind_is_good,
                      "profile.post_bind must be callable as (task const&, node const&) -> void");
        constexpr auto bind_is_good = bind_fits<P, Task, Node>;
        static_assert(bind_is_good,
                      "profile.bind must be callable as (task const&, node const&) -> result<void>");
        if constexpr (prepare_is_good) {
            using shared = shared_of<P, Task, Node>;
            constexpr auto filters = filter_check<decltype(P::filter), Task, Node, shared>::good;
            [[maybe_unused]] constexpr auto scores = check_score<decltype(P::score), Task, Node, shared>();
            if constexpr (filters) check_preempt<P, Task, Node>();
        }
    }
    return profile_for<P, Task, Node>;
}

} // namespace berth::schedule::detail
