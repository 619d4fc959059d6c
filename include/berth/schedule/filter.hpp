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

#include <berth/schedule/detail/judge.hpp>
#include <berth/schedule/facet.hpp>
#include <berth/schedule/leaf.hpp>
#include <berth/schedule/name.hpp>
#include <berth/schedule/verdict.hpp>

#include <concepts>
#include <cstdint>
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
        return {std::move(f), std::move(g)};
    }
    template <filter_expression F, filter_expression G>
    friend constexpr auto operator or(F f, G g) -> filter_or<F, G> {
        return {std::move(f), std::move(g)};
    }
    template <filter_expression F> friend constexpr auto operator not(F f) -> filter_not<F> {
        return filter_not<F>(std::move(f));
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
template <literal Name, class F, detail::declaration... Declared> struct named_filter : is_filter {
    using callable_type = F;
    using declared = detail::declarations<Declared...>;
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
/// object. Beside the name may stand what it reads: `filter<"fits", reads<&host::cpu_free>>(...)`, see
/// `facet.hpp`.
template <literal Name, detail::declaration... Declared, class F>
[[nodiscard]] constexpr auto filter(F callable) -> named_filter<Name, F, Declared...> {
    constexpr auto says_why = !detail::answers_bool<F>;
    static_assert(says_why,
                  "a filter says why: return schedule::accept or schedule::reject(\"reason\"), no bool");
    constexpr auto good = !says_why || detail::answers_verdict_or_unknown<F>;
    static_assert(good, "a filter returns schedule::accept or schedule::reject(\"reason\")");
    return {{}, std::move(callable)};
}

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

/// A filter that can judge whether a `Task` may go to a `Node`. `Shared` is what the profile
/// prepares.
template <class F, class Task, class Node, class Shared = detail::nothing>
concept filter_for = filter_expression<F> && detail::can_judge<std::remove_cvref_t<F>, Task, Node, Shared>();

namespace detail {

/// What both compositions of two filters have in common.
template <class F, class G> struct filter_pair : is_filter {
    using compound = void;
    using facets = typename facets_named<F>::type::template joined<typename facets_named<G>::type>::type;
    using leaves = typename leaves_named<F>::type::template joined<typename leaves_named<G>::type>::type;

    [[no_unique_address]] F left;
    [[no_unique_address]] G right;

    constexpr filter_pair(F f, G g) : left(std::move(f)), right(std::move(g)) {}

    template <class Task, class Node, class Shared>
    constexpr auto prepare_for(Task const& task, std::span<Node const> nodes, Shared const& shared) const {
        return pair_of{detail::prepare(left, task, nodes, shared),
                       detail::prepare(right, task, nodes, shared)};
    }
    template <class State, class Task, class Node, class Shared>
    constexpr auto advance_for(State state, Task const& task, change<Node> const& what,
                               std::span<Node const> nodes, Shared const& shared) const -> State {
        return {detail::advance(left, std::move(state.left), task, what, nodes, shared),
                detail::advance(right, std::move(state.right), task, what, nodes, shared)};
    }
    template <class Task, class Node, class Shared> static consteval auto can_judge() -> bool {
        return detail::can_judge<F, Task, Node, Shared>() && detail::can_judge<G, Task, Node, Shared>();
    }
    template <class Task, class Node> static consteval auto scope_of() -> scope {
        return wider(detail::filter_scope<F, Task, Node>(), detail::filter_scope<G, Task, Node>());
    }
    template <class Task, class Node> static consteval auto prepares_from_nodes() -> bool {
        return detail::prepares_from_nodes<F, Task, Node>() || detail::prepares_from_nodes<G, Task, Node>();
    }
    template <class Task, class Node, class Shared> static consteval auto follows_changes() -> bool {
        return detail::follows_changes<F, Task, Node, Shared>() &&
               detail::follows_changes<G, Task, Node, Shared>();
    }
    template <class Universe, class Task, class Node> static constexpr auto facets_within() -> facet_set {
        return detail::facets_of<Universe, F, Task, Node>() | detail::facets_of<Universe, G, Task, Node>();
    }
    template <class Universe, class Node, class Shared, class Task, class Change>
    constexpr auto helped(Task const& task, Change const& by, facet_set what, std::uint64_t who) const
        -> bool {
        return detail::helped<Universe, Node, Shared>(left, task, by, what, who) ||
               detail::helped<Universe, Node, Shared>(right, task, by, what, who);
    }
    static consteval auto static_words() -> bool { return has_static_words<F>() && has_static_words<G>(); }

protected:
    template <class Out>
    static constexpr auto describe_both(Out& out, filter_pair const* self, binding around, binding own,
                                        std::string_view word) -> void {
        detail::enclose(out, around > own, [&] {
            detail::describe_into(out, self == nullptr ? nullptr : &self->left, own);
            out += word;
            detail::describe_into(out, self == nullptr ? nullptr : &self->right, own);
        });
    }
};

} // namespace detail

/// Both filters accept. The left one is asked first.
template <class F, class G> struct filter_and : detail::filter_pair<F, G> {
    using detail::filter_pair<F, G>::filter_pair;
    using conjunction = void;

    template <class Task, class Node, class State>
    constexpr auto accepts(Task const& task, Node const& node, State const& state) const -> bool {
        return detail::accepts(this->left, task, node, state.left) &&
               detail::accepts(this->right, task, node, state.right);
    }
    template <class Universe, class Task, class Node, class State>
    constexpr auto report(Task const& task, Node const& node, State const& state) const
        -> detail::told_within<Universe> {
        if constexpr (detail::may_fail<G, std::remove_cvref_t<decltype(state.right)>>()) {
            if (outweighs(state)) return detail::report<Universe>(this->right, task, node, state.right);
        }
        auto first = detail::report<Universe>(this->left, task, node, state.left);
        if (!first.says.accepted()) return first;
        return detail::report<Universe>(this->right, task, node, state.right);
    }
    template <class State> constexpr auto failed(State const& state) const -> verdict const* {
        auto const* const first = detail::failed(this->left, state.left);
        auto const* const second = detail::failed(this->right, state.right);
        return first == nullptr || (second != nullptr && second->how() > first->how()) ? second : first;
    }
    template <class State> static consteval auto may_fail() -> bool {
        return detail::may_fail<F, decltype(State::left)>() || detail::may_fail<G, decltype(State::right)>();
    }
    template <class Out>
    static constexpr auto describe_into(Out& out, filter_and const* self, detail::binding around) -> void {
        filter_and::describe_both(out, self, around, detail::binding::both, " and ");
    }

private:
    /// Whether the right side failed to prepare, and worse than the left one.
    template <class State> constexpr auto outweighs(State const& state) const -> bool {
        auto const* const second = detail::failed(this->right, state.right);
        if (second == nullptr) return false;
        auto const* const first = detail::failed(this->left, state.left);
        return first == nullptr || second->how() > first->how();
    }
};

/// At least one of the filters accepts. The right one is asked only where the left one refuses.
template <class F, class G> struct filter_or : detail::filter_pair<F, G> {
    using detail::filter_pair<F, G>::filter_pair;

    template <class Task, class Node, class State>
    constexpr auto accepts(Task const& task, Node const& node, State const& state) const -> bool {
        return detail::accepts(this->left, task, node, state.left) ||
               detail::accepts(this->right, task, node, state.right);
    }
    template <class Universe, class Task, class Node, class State>
    constexpr auto report(Task const& task, Node const& node, State const& state) const
        -> detail::told_within<Universe> {
        if constexpr (!filter_or::static_words()) { // its reasons are composed: not for nothing
            if (accepts(task, node, state)) return {};
        }
        auto first = detail::report<Universe>(this->left, task, node, state.left);
        if (first.says.accepted()) return first;
        auto second = detail::report<Universe>(this->right, task, node, state.right);
        if (second.says.accepted()) return second;
        return {std::move(first.says) | second.says, detail::either_name(first.by, second.by),
                first.read | second.read, first.leaves | second.leaves};
    }
    template <class Out>
    static constexpr auto describe_into(Out& out, filter_or const* self, detail::binding around) -> void {
        filter_or::describe_both(out, self, around, detail::binding::either, " or ");
    }
};

/// The filter refuses. The reason is its description: `not cordoned` refuses a cordoned node as
/// "cordoned". It is written by the compiler, so a reason that nobody hears costs nothing; only that of an
/// erased filter (`any_filter`) is composed at run time.
template <class F> struct filter_not : is_filter {
    using compound = void;
    using facets = typename detail::facets_named<F>::type;
    using leaves = detail::leaf_list<filter_not>;

    [[no_unique_address]] F inner;

    constexpr explicit filter_not(F f) : inner(std::move(f)) {}

    template <class Task, class Node, class Shared>
    constexpr auto prepare_for(Task const& task, std::span<Node const> nodes, Shared const& shared) const {
        return detail::prepare(inner, task, nodes, shared);
    }
    template <class State, class Task, class Node, class Shared>
    constexpr auto advance_for(State state, Task const& task, change<Node> const& what,
                               std::span<Node const> nodes, Shared const& shared) const -> State {
        return detail::advance(inner, std::move(state), task, what, nodes, shared);
    }
    template <class Task, class Node, class State>
    constexpr auto accepts(Task const& task, Node const& node, State const& state) const -> bool {
        return !detail::accepts(inner, task, node, state);
    }
    template <class Universe, class Task, class Node, class State>
    constexpr auto report(Task const& task, Node const& node, State const& state) const
        -> detail::told_within<Universe> {
        if (accepts(task, node, state)) return {};
        return {reject_by_name(), detail::words_told<Universe>(*this),
                detail::facets_of<Universe, F, Task, Node>(), Universe::leaves::template bit<filter_not>()};
    }
    /// What makes the inner filter accept is no hint on what makes it refuse.
    template <class Universe, class Node, class Shared, class Task, class Change>
    constexpr auto helped(Task const&, Change const&, facet_set what, std::uint64_t who) const -> bool {
        return (who & Universe::leaves::template bit<filter_not>()) != 0 &&
               (detail::facets_of<Universe, F, Task, Node>() | facet_set::arrival()).meets(what);
    }
    template <class Out>
    static constexpr auto describe_into(Out& out, filter_not const* self, detail::binding) -> void {
        out += "not ";
        detail::describe_into(out, self == nullptr ? nullptr : &self->inner, detail::binding::unary);
    }
    template <class Task, class Node, class Shared> static consteval auto can_judge() -> bool {
        return detail::can_judge<F, Task, Node, Shared>();
    }
    template <class Task, class Node> static consteval auto scope_of() -> scope {
        return detail::filter_scope<F, Task, Node>();
    }
    template <class Task, class Node> static consteval auto prepares_from_nodes() -> bool {
        return detail::prepares_from_nodes<F, Task, Node>();
    }
    template <class Task, class Node, class Shared> static consteval auto follows_changes() -> bool {
        return detail::follows_changes<F, Task, Node, Shared>();
    }
    template <class Universe, class Task, class Node> static constexpr auto facets_within() -> facet_set {
        return detail::facets_of<Universe, F, Task, Node>();
    }
    static consteval auto static_words() -> bool { return detail::has_static_words<F>(); }

private:
    constexpr auto reject_by_name() const -> verdict {
        if constexpr (detail::has_static_words<F>()) {
            return reject(literal_reason::lasting(detail::static_words<F>::view()));
        } else {
            return reject(detail::words_of(inner));
        }
    }
};

/// The filter in words, as it was composed: "fits and not cordoned".
template <filter_expression F> [[nodiscard]] constexpr auto describe(F const& f) -> std::string {
    return detail::words_of(f);
}

/// What a filter says about one node alone: the one-line test of a filter.
/// `judge(fits, task{.cpu = 8}, host{.cpu_free = 4}) == schedule::reject("not enough cpu")`.
template <class F, class Task, class Node>
[[nodiscard]] constexpr auto judge(F const& f, Task const& task, Node const& node) -> verdict {
    constexpr auto good = filter_for<F, Task, Node>;
    static_assert(good, "this filter cannot judge this task and node");
    auto const state = detail::prepare(f, task, std::span<Node const>(&node, 1), detail::shared_nothing);
    // A leaf is asked alone: who refused is known.
    if constexpr (detail::compound<F>) return detail::report<detail::no_names>(f, task, node, state).says;
    else return detail::ask(f, task, node, state);
}

/// Of which nodes a filter reads: of the cluster, if any of its leaves does.
template <filter_expression F, class Task, class Node>
inline constexpr scope filter_scope = detail::filter_scope<F, Task, Node>();

} // namespace berth::schedule
