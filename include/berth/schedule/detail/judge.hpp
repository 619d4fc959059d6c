#pragma once

/// \file
/// How filter expressions are asked: each function treats a leaf itself and passes a composition on to its
/// sides.

#include <berth/schedule/facet.hpp>
#include <berth/schedule/leaf.hpp>
#include <berth/schedule/shared_text.hpp>
#include <berth/schedule/verdict.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace berth::schedule::detail {

template <class F>
concept compound = requires { typename F::compound; };
/// An `and` of two filters.
template <class F>
concept conjunction = requires { typename F::conjunction; };

template <class F> constexpr auto callable_of(F const& leaf) -> auto const& {
    if constexpr (requires { typename F::callable_type; }) {
        return leaf.callable;
    } else {
        return leaf;
    }
}
template <class F> using callable_t = std::remove_cvref_t<decltype(callable_of(std::declval<F const&>()))>;

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

/// The state after one node has changed; `nodes` are those after it.
template <class F, class State, class Task, class Node, class Shared>
constexpr auto advance(F const& f, State state, Task const& task, change<Node> const& what,
                       std::span<Node const> nodes, Shared const& shared) -> State {
    if constexpr (compound<F>) {
        return f.advance_for(std::move(state), task, what, nodes, shared);
    } else {
        return advance_leaf(callable_of(f), std::move(state), task, what, nodes, shared);
    }
}

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

/// The verdict of a leaf of a conjunction that could not prepare, or null. What is ruled out is said before
/// what is only rejected.
template <class F, class State> constexpr auto failed(F const& f, State const& state) -> verdict const* {
    if constexpr (is_expected<State>) {
        return state.has_value() ? nullptr : &state.error();
    } else if constexpr (requires { f.failed(state); }) {
        return f.failed(state);
    } else {
        return nullptr;
    }
}

/// Whether any leaf of a conjunction may fail to prepare.
template <class F, class State> consteval auto may_fail() -> bool {
    if constexpr (is_expected<State>) {
        return true;
    } else if constexpr (requires { F::template may_fail<State>(); }) {
        return F::template may_fail<State>();
    } else {
        return false;
    }
}

/// A leaf that knows whether it accepts before it has made a verdict of it.
template <class L, class Task, class Node, class State>
concept knows_at_once = requires(L const& leaf, Task const& task, Node const& node, State const& state) {
    { leaf.accepts(task, node, state) } -> std::same_as<bool>;
};

template <class F, class Task, class Node, class State>
constexpr auto accepts(F const& f, Task const& task, Node const& node, State const& state) -> bool {
    if constexpr (compound<F>) {
        return f.accepts(task, node, state);
    } else if constexpr (knows_at_once<callable_t<F>, Task, Node, State>) {
        return callable_of(f).accepts(task, node, state);
    } else {
        return ask(f, task, node, state).accepted();
    }
}

/// What a filter told about one node. When it refuses: who it was, and what of nodes those read who refused.
struct told {
    verdict says;
    shared_text by;
    facet_set read;
    std::uint64_t leaves = 0; ///< those who refused, within the universe
};

/// Stands for the name of who refused where nobody asks for it.
struct no_name {
    constexpr no_name() = default;
    constexpr explicit no_name(std::string_view) {}
};
constexpr auto either_name(no_name, no_name) -> no_name { return {}; }
inline auto either_name(shared_text const& a, shared_text const& b) -> shared_text {
    return a.str() + " or " + b.str();
}
/// The same without a text, which not every standard library has in constant expressions.
struct told_unnamed {
    verdict says;
    no_name by;
    facet_set read;
    std::uint64_t leaves = 0;
};

/// The parts of a filter expression of which nobody asks for facets.
using no_universe = universe_list<facet_list<>, leaf_list<>>;
/// Nor for who refused.
struct no_names : no_universe {};

template <class Universe>
using told_within = std::conditional_t<std::is_same_v<Universe, no_names>, told_unnamed, told>;
template <class Universe> using name_within = decltype(told_within<Universe>::by);

template <class F, class Task, class Node> consteval auto filter_scope() -> scope {
    if constexpr (compound<F>) {
        return F::template scope_of<Task, Node>();
    } else {
        using callable = callable_t<F>;
        return scope_of<callable, typename declared_by<F, callable>::surveys, Task, Node>();
    }
}

/// Whether a leaf prepares its state from the nodes, so that the state of one change of them is another.
template <class F, class Task, class Node> consteval auto prepares_from_nodes() -> bool {
    if constexpr (compound<F>) {
        return F::template prepares_from_nodes<Task, Node>();
    } else {
        return prepares_from<callable_t<F>, Task, std::span<Node const>>;
    }
}

/// Whether the state after one node has changed can be told without a look at the other nodes.
template <class F, class Task, class Node, class Shared> consteval auto follows_changes() -> bool {
    if constexpr (!std::is_same_v<Shared, nothing>) {
        return false;
    } else if constexpr (compound<F>) {
        return F::template follows_changes<Task, Node, Shared>();
    } else if constexpr (prepares_from<callable_t<F>, Task, std::span<Node const>>) {
        return advances<callable_t<F>, state_of<F, Task, Node, Shared>, Task, Node>;
    } else {
        return true;
    }
}

/// The facets that the leaves of a filter name, from left to right.
template <class F> struct facets_named {
    using type = named_facets<F, callable_t<F>>;
};
template <compound F> struct facets_named<F> {
    using type = typename F::facets;
};
/// The leaves of a filter, from left to right.
template <class F> struct leaves_named {
    using type = leaf_list<F>;
};
template <compound F> struct leaves_named<F> {
    using type = typename F::leaves;
};
/// What refusals of a filter speak of.
template <class F>
using universe_of_filter = universe_list<typename facets_named<F>::type, typename leaves_named<F>::type>;

/// The bits of what all leaves of a filter read.
template <class Universe, class F, class Task, class Node> constexpr auto facets_of() -> facet_set {
    if constexpr (compound<F>) {
        return F::template facets_within<Universe, Task, Node>();
    } else {
        return facets_of_leaf<Universe, F, callable_t<F>, Task, Node>();
    }
}

/// The text of a filter or score in its surroundings. `e` may be null if the words are static.
template <class Out, class E> constexpr auto describe_into(Out& out, E const* e, binding around) -> void {
    if constexpr (requires { E::describe_into(out, e, around); }) {
        E::describe_into(out, e, around);
    } else {
        out += E::name;
    }
}

/// That text on its own.
template <class E> constexpr auto words_of(E const& e) -> std::string {
    auto out = std::string();
    describe_into(out, &e, binding::loose);
    return out;
}

/// What a leaf is called: as it describes itself where its name is known at run time only.
template <class Universe, class F> constexpr auto name_told(F const& leaf) -> name_within<Universe> {
    constexpr auto describes_itself =
        requires(std::string& out) { F::describe_into(out, &leaf, binding::loose); };
    if constexpr (!std::is_same_v<name_within<Universe>, shared_text>) {
        return {};
    } else if constexpr (describes_itself) {
        return words_of(leaf);
    } else {
        return shared_text::lasting(F::name);
    }
}

/// Asks each leaf that has a say once, and keeps who refused and why.
template <class Universe, class F, class Task, class Node, class State>
constexpr auto report(F const& f, Task const& task, Node const& node, State const& state)
    -> told_within<Universe> {
    if constexpr (compound<F>) {
        return f.template report<Universe>(task, node, state);
    } else {
        auto says = ask(f, task, node, state);
        if (says.accepted()) return {};
        // What speaks of the task was found while preparing, from whatever the leaf looks at.
        auto const read = says.is_about_the_task() ? facet_set::all() : facets_of<Universe, F, Task, Node>();
        return {std::move(says), name_told<Universe>(f), read, Universe::leaves::template bit<F>()};
    }
}

/// The node that a change brings, or null if it brings none.
template <class Node, class Change> constexpr auto brought_by(Change const& by) -> Node const* {
    if constexpr (std::is_same_v<Change, change<Node>>) return &by.after;
    else if constexpr (std::is_same_v<Change, arrived<Node>>) return &by.node;
    else return nullptr;
}

/// Whether a leaf that looks at one node only, and at nothing that the profile prepares, leaves hope for a
/// task there: it accepts, or rejects what may yet leave.
template <class F, class Task, class Node>
constexpr auto leaves_hope(F const& leaf, Task const& task, Node const& node) -> bool {
    auto const state = prepare(leaf, task, std::span<Node const>(&node, 1), shared_nothing);
    return ask(leaf, task, node, state).how() != grade::ruled_out;
}

/// Whether a change may help a task that these leaves have refused; `what` are the facets that have changed.
template <class Universe, class Node, class Shared, class F, class Task, class Change>
constexpr auto helped(F const& f, Task const& task, Change const& by, facet_set what, std::uint64_t leaves)
    -> bool {
    if constexpr (compound<F>) {
        return f.template helped<Universe, Node, Shared>(task, by, what, leaves);
    } else {
        if ((leaves & Universe::leaves::template bit<F>()) == 0) return false;
        // What a leaf says of the task itself it may have found in whatever it looks at.
        constexpr auto reads = is_expected<state_of<F, Task, Node, Shared>>
                                   ? facet_set::all()
                                   : facets_of<Universe, F, Task, Node>() | facet_set::arrival();
        if (!reads.meets(what)) return false;
        if constexpr (requires { callable_of(f).helped_by(task, by); }) {
            return callable_of(f).helped_by(task, by);
        } else if constexpr (std::is_same_v<Shared, nothing> &&
                             filter_scope<F, Task, Node>() == scope::node) {
            auto const* const node = brought_by<Node>(by);
            return node == nullptr || leaves_hope(f, task, *node);
        } else {
            return true;
        }
    }
}

/// Whether the words of an expression are known at compile time: all of its leaves have static names.
template <class E> consteval auto has_static_words() -> bool {
    if constexpr (compound<E>) {
        return E::static_words();
    } else {
        return named<E>;
    }
}

/// Writes `words` of a composition, in parentheses where the surroundings bind more tightly.
template <class Out, class Words> constexpr auto enclose(Out& out, bool needed, Words words) -> void {
    if (needed) out += '(';
    words();
    if (needed) out += ')';
}

/// The words of an expression as an array, made by the compiler.
template <class E> struct static_words {
    struct counter {
        std::size_t size = 0;
        constexpr auto operator+=(std::string_view text) -> counter& {
            size += text.size();
            return *this;
        }
        constexpr auto operator+=(char) -> counter& {
            ++size;
            return *this;
        }
    };
    template <std::size_t N> struct writer {
        char text[N]{};
        std::size_t size = 0;
        constexpr auto operator+=(std::string_view more) -> writer& {
            for (auto const c : more) text[size++] = c;
            return *this;
        }
        constexpr auto operator+=(char c) -> writer& {
            text[size++] = c;
            return *this;
        }
    };
    static consteval auto length() -> std::size_t {
        auto out = counter{};
        describe_into(out, static_cast<E const*>(nullptr), binding::loose);
        return out.size;
    }
    static consteval auto write() {
        auto out = writer<length()>{};
        describe_into(out, static_cast<E const*>(nullptr), binding::loose);
        return out;
    }
    static constexpr auto written = write();
    static constexpr auto view() -> std::string_view { return {written.text, written.size}; }
};

/// What an expression is called that goes by its own words.
template <class Universe, class E> constexpr auto words_told(E const& e) -> name_within<Universe> {
    if constexpr (!std::is_same_v<name_within<Universe>, shared_text>) {
        return {};
    } else if constexpr (has_static_words<E>()) {
        return shared_text::lasting(static_words<E>::view());
    } else {
        return words_of(e);
    }
}

template <class F, class Task, class Node, class Shared> consteval auto can_judge() -> bool {
    if constexpr (compound<F>) {
        return F::template can_judge<Task, Node, Shared>();
    } else if constexpr (!named<F>) {
        return false;
    } else {
        using callable = callable_t<F>;
        if constexpr (mentions_prepare<callable> && !prepares_from<callable, Task, std::span<Node const>> &&
                      !prepares_alone<callable, Task>) {
            return false;
        } else if constexpr (!facets_fit<F, callable, Node>) {
            return false;
        } else {
            using state = state_of<F, Task, Node, Shared>;
            if constexpr (mentions_advance<callable> && !advances<callable, state, Task, Node>) {
                return false;
            } else if constexpr (callable_with<callable, state, Task const&, Node const&>) {
                using answer = decltype(call(std::declval<callable const&>(), std::declval<state const&>(),
                                             std::declval<Task const&>(), std::declval<Node const&>()));
                return std::same_as<std::remove_cvref_t<answer>, verdict>;
            } else {
                return false;
            }
        }
    }
}

/// States of both sides of a composition.
template <class S, class T> struct pair_of {
    S left;
    T right;
};
template <class S, class T> pair_of(S, T) -> pair_of<S, T>;

} // namespace berth::schedule::detail
