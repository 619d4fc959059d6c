#pragma once

/// \file
/// Filters: named predicates on (task, node) with reasons, joined by `and`, `or` and `not`.
///
/// A **filter expression** is a leaf or a composition of filters; it derives from `is_filter`,
/// which brings the operators. A leaf is made by `filter<"name">(callable)`, by `filter(leaf)` for
/// a struct that has a static `name`, or by deriving a named callable struct from `is_filter`. The
/// callable takes `(task const&, node const&)`, and its prepared state if it has one (see
/// `leaf.hpp`), and returns a `verdict`.
///
/// Laws (`laws.hpp`): filters are pure; on acceptance, `and or not` are a boolean algebra. `and`
/// asks the left side first and reports the first refusing leaf with all of its reasons. `or`
/// reports both sides. `not x` refuses with the name of `x` as the reason, so that names that read
/// as predicates explain themselves.
///
/// ```cpp
/// constexpr auto fits = schedule::filter<"fits">([](task const& t, host const& h) {
///     return t.cpu <= h.cpu_free ? schedule::accept : schedule::reject("not enough cpu");
/// });
/// constexpr auto suitable = fits and not cordoned;
/// ```

#include <berth/schedule/leaf.hpp>
#include <berth/schedule/name.hpp>
#include <berth/schedule/verdict.hpp>

#include <concepts>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace berth::schedule {

struct is_filter;
struct is_score;
template <class F, class G> struct filter_and;
template <class F, class G> struct filter_or;
template <class F> struct filter_not;

/// A type that opted in to be a filter. Whether it can judge given types is asked by `filter_for`.
template <class F>
concept filter_expression = std::is_base_of_v<is_filter, std::remove_cvref_t<F>>;

/// The opt-in: deriving from it makes a type a filter and brings `and`, `or` and `not`.
struct is_filter {
    template <filter_expression F, filter_expression G>
    friend constexpr auto operator and(F f, G g) -> filter_and<F, G> {
        return {{}, std::move(f), std::move(g)};
    }
    template <filter_expression F, filter_expression G>
    friend constexpr auto operator or(F f, G g) -> filter_or<F, G> {
        return {{}, std::move(f), std::move(g)};
    }
    template <filter_expression F> friend constexpr auto operator not(F f) -> filter_not<F> {
        return {{}, std::move(f)};
    }

    // clang-format off
    template <class F, class G> requires(filter_expression<F> != filter_expression<G>)
    friend auto operator and(F, G) = delete; // `and` and `or` join filters; scores go into profile.score
    template <class F, class G> requires(filter_expression<F> != filter_expression<G>)
    friend auto operator or(F, G) = delete; // `and` and `or` join filters; scores go into profile.score
    template <class F, class G> requires(filter_expression<F> || filter_expression<G>)
    friend auto operator+(F, G) = delete; // `+` adds scores; filters are joined with `and`
    template <class F, class G> requires(filter_expression<F> || filter_expression<G>)
    friend auto operator*(F, G) = delete; // filters have no weight; scores do
    // clang-format on
};

namespace detail {

/// The signature of a callable that is not generic; `void` when it is generic or overloaded.
template <class F> struct returned {
    using type = void;
};
template <class R, class... Args> struct returned<R (*)(Args...)> {
    using type = R;
};
template <class R, class C, class... Args> struct returned<R (C::*)(Args...) const> {
    using type = R;
};
template <class F>
    requires requires { &F::operator(); }
struct returned<F> : returned<decltype(&F::operator())> {};

template <class F>
concept answers_bool = std::same_as<typename returned<F>::type, bool>;
template <class F>
concept answers_verdict_or_unknown =
    std::same_as<typename returned<F>::type, void> || std::same_as<typename returned<F>::type, verdict>;

} // namespace detail

/// A callable with a name: what `filter<"name">(callable)` returns.
template <literal Name, class F> struct named_filter : is_filter {
    using callable_type = F;
    static constexpr std::string_view name = Name.view();

    [[no_unique_address]] F callable;
};

/// A named struct as a filter: what `filter(leaf)` returns.
template <named F> struct filter_leaf : is_filter {
    using callable_type = F;
    static constexpr std::string_view name = F::name;

    [[no_unique_address]] F callable;
};

/// Names a callable and makes it a filter. The callable may be a lambda, a function or a function
/// object.
template <literal Name, class F> [[nodiscard]] constexpr auto filter(F callable) -> named_filter<Name, F> {
    constexpr auto good = detail::answers_verdict_or_unknown<F>;
    static_assert(good, "a filter returns schedule::accept or schedule::reject(\"reason\")");
    return {{}, std::move(callable)};
}
// clang-format off
template <literal Name, detail::answers_bool F>
auto filter(F) = delete; // a filter says why: return schedule::accept or schedule::reject("reason"), no bool
// clang-format on

/// Makes a struct with a static name a filter: `filter(zone_is{.zone = 1})`, or
/// `filter<zone_is>({.zone = 1})`.
template <named F> [[nodiscard]] constexpr auto filter(F leaf) -> filter_leaf<F> {
    return {{}, std::move(leaf)};
}

/// The filter of a profile that has none: every node will do.
struct everything : is_filter {
    static constexpr std::string_view name = "any node";

    template <class Task, class Node> constexpr auto operator()(Task const&, Node const&) const -> verdict {
        return {};
    }
};

namespace detail {

template <class F>
concept compound = requires { typename F::compound; };

template <class F> constexpr auto callable_of(F const& leaf) -> auto const& {
    if constexpr (requires { typename F::callable_type; }) {
        return leaf.callable;
    } else {
        return leaf;
    }
}

template <class F, class Task, class Node, class Shared>
constexpr auto prepare(F const& f, Task const& task, std::span<Node const> nodes, Shared const& shared) {
    if constexpr (compound<F>) {
        return f.prepare_for(task, nodes, shared);
    } else {
        return prepare_leaf(callable_of(f), task, nodes, shared);
    }
}
template <class F, class Task, class Node, class Shared>
using state_of = decltype(prepare(std::declval<F const&>(), std::declval<Task const&>(),
                                  std::declval<std::span<Node const>>(), std::declval<Shared const&>()));

/// What a leaf says, its state being considered.
template <class F, class Task, class Node, class State>
constexpr auto ask(F const& leaf, Task const& task, Node const& node, State const& state) -> verdict {
    if constexpr (is_optional<State>) {
        if (!state.has_value()) return {};
    } else if constexpr (is_expected<State>) {
        if (!state.has_value()) return verdict(state.error()).about_the_task();
    }
    return call(callable_of(leaf), state, task, node);
}

template <class F, class Task, class Node, class State>
constexpr auto accepts(F const& f, Task const& task, Node const& node, State const& state) -> bool {
    if constexpr (compound<F>) {
        return f.accepts(task, node, state);
    } else {
        return ask(f, task, node, state).accepted();
    }
}

/// The text of a filter or score in its surroundings.
template <class E> constexpr auto describe_into(std::string& out, E const& e, binding around) -> void {
    if constexpr (requires { e.describe_into(out, around); }) {
        e.describe_into(out, around);
    } else {
        out += E::name;
    }
}

/// Writes `words` of a composition, in parentheses where the surroundings bind more tightly.
template <class Words> constexpr auto enclose(std::string& out, bool needed, Words words) -> void {
    if (needed) out += '(';
    words();
    if (needed) out += ')';
}

/// The verdict on one node: why not, if not.
template <class F, class Task, class Node, class State>
constexpr auto judge(F const& f, Task const& task, Node const& node, State const& state) -> verdict {
    if constexpr (compound<F>) {
        return f.judge(task, node, state);
    } else {
        return ask(f, task, node, state);
    }
}

/// The name of the filter that refused the node; only for a node that is refused.
template <class F, class Task, class Node, class State>
constexpr auto refuser(F const& f, Task const& task, Node const& node, State const& state) -> std::string {
    if constexpr (compound<F>) {
        return f.refuser(task, node, state);
    } else {
        return std::string(F::name);
    }
}

template <class F, class Task, class Node, class Shared> consteval auto can_judge() -> bool {
    if constexpr (compound<F>) {
        return F::template can_judge<Task, Node, Shared>();
    } else if constexpr (!named<F>) {
        return false;
    } else {
        using callable = std::remove_cvref_t<decltype(callable_of(std::declval<F const&>()))>;
        if constexpr (mentions_prepare<callable> && !prepares_from<callable, Task, std::span<Node const>> &&
                      !prepares_alone<callable, Task>) {
            return false;
        } else {
            using state = state_of<F, Task, Node, Shared>;
            if constexpr (callable_with<callable, state, Task const&, Node const&>) {
                using answer = decltype(call(std::declval<callable const&>(), std::declval<state const&>(),
                                             std::declval<Task const&>(), std::declval<Node const&>()));
                return std::same_as<std::remove_cvref_t<answer>, verdict>;
            } else {
                return false;
            }
        }
    }
}

template <class F, class Task, class Node> consteval auto filter_reads() -> reads {
    if constexpr (compound<F>) {
        return F::template reads_of<Task, Node>();
    } else {
        using callable = std::remove_cvref_t<decltype(callable_of(std::declval<F const&>()))>;
        return reads_of<callable, Task, Node>();
    }
}

/// States of both sides of a composition.
template <class S, class T> struct pair_of {
    S left;
    T right;
};
template <class S, class T> pair_of(S, T) -> pair_of<S, T>;

} // namespace detail

/// A filter that can judge whether a `Task` may go to a `Node`. `Shared` is what the profile
/// prepares.
template <class F, class Task, class Node, class Shared = detail::nothing>
concept filter_for = filter_expression<F> && detail::can_judge<std::remove_cvref_t<F>, Task, Node, Shared>();

/// Both filters accept. The left one is asked first.
template <class F, class G> struct filter_and : is_filter {
    using compound = void;
    [[no_unique_address]] F left;
    [[no_unique_address]] G right;

    template <class Task, class Node, class Shared>
    constexpr auto prepare_for(Task const& task, std::span<Node const> nodes, Shared const& shared) const {
        return detail::pair_of{detail::prepare(left, task, nodes, shared),
                               detail::prepare(right, task, nodes, shared)};
    }
    template <class Task, class Node, class State>
    constexpr auto accepts(Task const& task, Node const& node, State const& state) const -> bool {
        return detail::accepts(left, task, node, state.left) &&
               detail::accepts(right, task, node, state.right);
    }
    template <class Task, class Node, class State>
    constexpr auto judge(Task const& task, Node const& node, State const& state) const -> verdict {
        auto first = detail::judge(left, task, node, state.left);
        if (!first.accepted()) return first;
        return detail::judge(right, task, node, state.right);
    }
    template <class Task, class Node, class State>
    constexpr auto refuser(Task const& task, Node const& node, State const& state) const -> std::string {
        return detail::accepts(left, task, node, state.left) ? detail::refuser(right, task, node, state.right)
                                                             : detail::refuser(left, task, node, state.left);
    }
    constexpr auto describe_into(std::string& out, detail::binding around) const -> void {
        detail::enclose(out, around > detail::binding::both, [&] {
            detail::describe_into(out, left, detail::binding::both);
            out += " and ";
            detail::describe_into(out, right, detail::binding::both);
        });
    }
    template <class Task, class Node, class Shared> static consteval auto can_judge() -> bool {
        return detail::can_judge<F, Task, Node, Shared>() && detail::can_judge<G, Task, Node, Shared>();
    }
    template <class Task, class Node> static consteval auto reads_of() -> reads {
        return detail::wider(detail::filter_reads<F, Task, Node>(), detail::filter_reads<G, Task, Node>());
    }
};

/// At least one of the filters accepts. The right one is asked only where the left one refuses.
template <class F, class G> struct filter_or : is_filter {
    using compound = void;
    [[no_unique_address]] F left;
    [[no_unique_address]] G right;

    template <class Task, class Node, class Shared>
    constexpr auto prepare_for(Task const& task, std::span<Node const> nodes, Shared const& shared) const {
        return detail::pair_of{detail::prepare(left, task, nodes, shared),
                               detail::prepare(right, task, nodes, shared)};
    }
    template <class Task, class Node, class State>
    constexpr auto accepts(Task const& task, Node const& node, State const& state) const -> bool {
        return detail::accepts(left, task, node, state.left) ||
               detail::accepts(right, task, node, state.right);
    }
    template <class Task, class Node, class State>
    constexpr auto judge(Task const& task, Node const& node, State const& state) const -> verdict {
        auto first = detail::judge(left, task, node, state.left);
        if (first.accepted()) return first;
        return std::move(first) | detail::judge(right, task, node, state.right);
    }
    template <class Task, class Node, class State>
    constexpr auto refuser(Task const& task, Node const& node, State const& state) const -> std::string {
        return detail::refuser(left, task, node, state.left) + " or " +
               detail::refuser(right, task, node, state.right);
    }
    constexpr auto describe_into(std::string& out, detail::binding around) const -> void {
        detail::enclose(out, around > detail::binding::either, [&] {
            detail::describe_into(out, left, detail::binding::either);
            out += " or ";
            detail::describe_into(out, right, detail::binding::either);
        });
    }
    template <class Task, class Node, class Shared> static consteval auto can_judge() -> bool {
        return detail::can_judge<F, Task, Node, Shared>() && detail::can_judge<G, Task, Node, Shared>();
    }
    template <class Task, class Node> static consteval auto reads_of() -> reads {
        return detail::wider(detail::filter_reads<F, Task, Node>(), detail::filter_reads<G, Task, Node>());
    }
};

/// The filter refuses. The reason is its description: `not cordoned` refuses a cordoned node as
/// "cordoned".
template <class F> struct filter_not : is_filter {
    using compound = void;
    [[no_unique_address]] F inner;

    template <class Task, class Node, class Shared>
    constexpr auto prepare_for(Task const& task, std::span<Node const> nodes, Shared const& shared) const {
        return detail::prepare(inner, task, nodes, shared);
    }
    template <class Task, class Node, class State>
    constexpr auto accepts(Task const& task, Node const& node, State const& state) const -> bool {
        return !detail::accepts(inner, task, node, state);
    }
    template <class Task, class Node, class State>
    constexpr auto judge(Task const& task, Node const& node, State const& state) const -> verdict {
        if (accepts(task, node, state)) return {};
        if constexpr (named<F>) {
            return reject(literal_reason::lasting(F::name));
        } else {
            auto reason = std::string{};
            detail::describe_into(reason, inner, detail::binding::loose);
            return reject(std::move(reason));
        }
    }
    template <class Task, class Node, class State>
    constexpr auto refuser(Task const&, Node const&, State const&) const -> std::string {
        auto name = std::string{};
        describe_into(name, detail::binding::loose);
        return name;
    }
    constexpr auto describe_into(std::string& out, detail::binding) const -> void {
        out += "not ";
        detail::describe_into(out, inner, detail::binding::unary);
    }
    template <class Task, class Node, class Shared> static consteval auto can_judge() -> bool {
        return detail::can_judge<F, Task, Node, Shared>();
    }
    template <class Task, class Node> static consteval auto reads_of() -> reads {
        return detail::filter_reads<F, Task, Node>();
    }
};

/// The filter in words, as it was composed: "fits and not cordoned".
template <filter_expression F> [[nodiscard]] constexpr auto describe(F const& f) -> std::string {
    auto out = std::string{};
    detail::describe_into(out, f, detail::binding::loose);
    return out;
}

/// What a filter says about one node alone: the one-line test of a filter.
/// `judge(fits, task{.cpu = 8}, host{.cpu_free = 4}) == schedule::reject("not enough cpu")`.
template <class F, class Task, class Node>
[[nodiscard]] constexpr auto judge(F const& f, Task const& task, Node const& node) -> verdict {
    constexpr auto good = filter_for<F, Task, Node>;
    static_assert(good, "this filter cannot judge this task and node");
    auto const state = detail::prepare(f, task, std::span<Node const>(&node, 1), detail::shared_nothing);
    return detail::judge(f, task, node, state);
}

/// What a filter reads: the cluster, if any of its leaves does.
template <filter_expression F, class Task, class Node>
inline constexpr reads filter_reads = detail::filter_reads<F, Task, Node>();

} // namespace berth::schedule
