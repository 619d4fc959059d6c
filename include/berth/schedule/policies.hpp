#pragma once

/// \file
/// Several profiles side by side in one cycle: tasks of all of them wait in one queue and are placed on the
/// same nodes, each by its own profile.

#include <berth/schedule/check.hpp>
#include <berth/schedule/detail/panel.hpp>
#include <berth/schedule/profile.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule {

/// Profiles in a row. They share the queue, hence `.order`: that of the first one counts, and all must be of
/// one type.
/// ```cpp
/// auto cycle = schedule::cycle_of<task, host>(schedule::policies{batch, interactive});
/// cycle.add(task{}, 1);   // by the second one
/// ```
template <class... Profiles> struct policies;
template <class Last> struct policies<Last> {
    Last first;

    constexpr explicit policies(Last last) : first(std::move(last)) {}

    /// Calls `f(profile)` with that of an index; with the last one if there are not so many.
    template <class F> constexpr auto with(std::size_t, F f) const -> decltype(auto) { return f(first); }
};
template <class First, class... Rest> struct policies<First, Rest...> {
    First first;
    policies<Rest...> rest;

    constexpr explicit policies(First head, Rest... tail)
        : first(std::move(head)), rest(std::move(tail)...) {}

    template <class F> constexpr auto with(std::size_t at, F f) const -> decltype(auto) {
        if (at == 0) return f(first);
        return rest.with(at - 1, std::move(f));
    }
};
template <class... Profiles> policies(Profiles...) -> policies<Profiles...>;

/// Profiles of one type in a row, as many as there are at run time; at least one.
template <class Profile> struct policy_list {
    std::vector<Profile> all;

    /// Calls `f(profile)` with that of an index; with the last one if there are not so many.
    template <class F> constexpr auto with(std::size_t at, F f) const -> decltype(auto) {
        return f(at < all.size() ? all[at] : all.back());
    }
};

namespace detail {

template <class Victim, class... More> struct first_victim {
    using type = Victim;
};
template <class Next, class... More>
struct first_victim<nobody, Next, More...> : first_victim<Next, More...> {};

template <class P> struct policies_of {
    using first = P;
    using universe = universe_of<P>;
    template <class Task, class Node> static consteval auto check() -> bool {
        return check_profile<P, Task, Node>();
    }
    template <class Task, class Node> using victim = victim_of<P, Task, Node>;

    static constexpr auto first_of(P const& p) -> P const& { return p; }
    /// Calls `f(profile)` with that of a lane.
    template <class F> static constexpr auto with(P const& p, std::size_t, F f) -> decltype(auto) {
        return f(p);
    }
};

template <class First, class... Rest> struct policies_of<policies<First, Rest...>> {
    using first = First;
    template <class Joined, class... More> struct join {
        using type = Joined;
    };
    template <class Joined, class Next, class... More>
    struct join<Joined, Next, More...> : join<typename Joined::template joined<universe_of<Next>>, More...> {
    };
    using universe = typename join<universe_of<First>, Rest...>::type;
    template <class Task, class Node> static consteval auto check() -> bool {
        constexpr auto one_order = (std::is_same_v<decltype(First::order), decltype(Rest::order)> && ...);
        static_assert(one_order, "the profiles of one cycle share its queue: they must have one .order");
        constexpr auto one_victim = (may_name<Rest, Task, Node> && ...);
        static_assert(one_victim, "the .preempt of all profiles of one cycle must name the same victims");
        return (check_profile<First, Task, Node>() && ... && check_profile<Rest, Task, Node>());
    }
    /// Of those profiles that evict anybody.
    template <class Task, class Node>
    using victim = typename first_victim<victim_of<First, Task, Node>, victim_of<Rest, Task, Node>...>::type;
    template <class P, class Task, class Node>
    static constexpr bool may_name = std::is_same_v<victim_of<P, Task, Node>, nobody> ||
                                     std::is_same_v<victim_of<P, Task, Node>, victim<Task, Node>>;

    static constexpr auto first_of(policies<First, Rest...> const& p) -> First const& { return p.first; }
    template <class F>
    static constexpr auto with(policies<First, Rest...> const& p, std::size_t lane, F f) -> decltype(auto) {
        return p.with(lane, std::move(f));
    }
};

/// Each is of the same type: but for which of them it is, as for one.
template <class P> struct policies_of<policy_list<P>> : policies_of<P> {
    static constexpr auto first_of(policy_list<P> const& p) -> P const& { return p.all.front(); }
    template <class F>
    static constexpr auto with(policy_list<P> const& p, std::size_t lane, F f) -> decltype(auto) {
        return p.with(lane, std::move(f));
    }
};

} // namespace detail
} // namespace berth::schedule
