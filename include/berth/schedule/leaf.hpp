#pragma once

/// \file
/// What filters and scores have in common: a leaf has a name, may prepare a state once per
/// placement, and declares what it reads.
///
/// **prepare.** A leaf may have a member `prepare`, called once per placement before any node is
/// looked at. It takes `(task)` or `(task, std::span<node const>)`; a score may take `(task,
/// candidates<node>)` instead and then sees which nodes passed the filter. What it returns is given
/// to the leaf's call operator as last argument. It may return `std::optional<state>`: without a
/// value the leaf takes no part in this placement (a filter accepts, a score is absent). A filter
/// may return `std::expected<state, verdict>`: without a value the task is refused on every node, and within
/// an `and` this is said before any other leaf is asked. A leaf without `prepare` may take the profile's
/// prepared state as last argument.
///
/// **advance.** A leaf that prepares from the nodes may have a member `advance(state, task, change<node>) ->
/// state`: the state after one node has changed, without looking at the others. Its law: the same answers as
/// preparing anew. Where a change is only supposed, a leaf may answer as the original does that it follows.
///
/// **reads and surveys.** What a leaf reads of its node and of all nodes: see `facet.hpp`.
///
/// **helped_by.** A filter that has refused a task may say more exactly than by facets which changes can help
/// it: `helped_by(task, change<node>) -> bool`, and likewise for `arrived<node>`, `departed<node>` and
/// whatever else a shell announces. For what it does not take, its facets decide; and a leaf that reads one
/// node only is not helped by a node that it rules out. Its law
/// (`laws/hints.hpp`): a change that does not help leaves the task refused.
///
/// **remedies.** A filter that has refused a node may say what would have to change for it:
/// `remedies(task, node) -> std::vector<remedy>`, with its state as third argument if it likes. See
/// `remedy.hpp`.

#include <berth/schedule/verdict.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace berth::schedule {

/// Of which nodes the answer of a leaf for one node depends, beside the task.
enum class scope : std::uint8_t {
    node,    ///< that node alone
    cluster, ///< any node
};

/// A declaration: what a leaf reads of the node that it is asked about. A facet is a pointer to a member, or
/// a function of the node.
template <auto... Facets> struct reads {};

/// A declaration: what a leaf reads of any node, and of what is no node: a pointer to a member of another
/// class is only a name, and who runs the cycle tells when it has changed.
template <auto... Facets> struct surveys {};

/// One node has another value.
template <class Node> struct change {
    std::size_t node = 0; ///< which
    Node const& before;
    Node const& after;
    bool supposed = false; ///< only asked about (`what_if`)
};

/// A node has come.
template <class Node> struct arrived {
    Node const& node;
};

/// A node has gone.
template <class Node> struct departed {
    Node const& node;
};

/// The nodes that passed the filter, as a view on all nodes.
template <class Node> struct candidates {
    std::span<Node const> nodes;            ///< all nodes of the cluster
    std::span<std::size_t const> survivors; ///< indices into `nodes`, ascending

    [[nodiscard]] constexpr auto size() const -> std::size_t { return survivors.size(); }
    /// The `i`-th survivor.
    [[nodiscard]] constexpr auto operator[](std::size_t i) const -> Node const& {
        return nodes[survivors[i]];
    }
    /// The index of the `i`-th survivor among all nodes.
    [[nodiscard]] constexpr auto index(std::size_t i) const -> std::size_t { return survivors[i]; }
};

/// A type with a static name: `static constexpr std::string_view name = "fits";`
template <class L>
concept named = requires {
    { std::remove_cvref_t<L>::name } -> std::convertible_to<std::string_view>;
};

namespace detail {

/// The state of a leaf that prepares nothing.
struct nothing {};

/// The absence of a prepared state of the profile. An object, as states refer to it.
inline constexpr nothing shared_nothing{};

/// The profile's prepared state, for a leaf that asks for it.
template <class Shared> struct borrowed {
    Shared const* value;
};

template <class T> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;
template <class T> inline constexpr bool is_expected = false;
template <class T> inline constexpr bool is_expected<std::expected<T, verdict>> = true;
template <class T> inline constexpr bool is_borrowed = false;
template <class T> inline constexpr bool is_borrowed<borrowed<T>> = true;
template <class T> inline constexpr bool lends = is_borrowed<T>;
template <> inline constexpr bool lends<borrowed<nothing>> = false;

/// Whether `L` has a member of this name at all, whatever its type: a misspelt signature must not
/// be ignored.
struct has_prepare {
    int prepare;
};
struct has_normalize {
    int normalize;
};
struct has_advance {
    int advance;
};
template <class L, class Has> struct with_both : L, Has {};
template <class L>
concept can_inherit = std::is_class_v<L> && !std::is_final_v<L>;
template <class L>
concept mentions_prepare = can_inherit<L> && !requires { &with_both<L, has_prepare>::prepare; };
template <class L>
concept mentions_normalize = can_inherit<L> && !requires { &with_both<L, has_normalize>::normalize; };
template <class L>
concept mentions_advance = can_inherit<L> && !requires { &with_both<L, has_advance>::advance; };

template <class L, class Task, class Nodes>
concept prepares_from = requires(L const& leaf, Task const& task, Nodes nodes) { leaf.prepare(task, nodes); };
template <class L, class Task>
concept prepares_alone = requires(L const& leaf, Task const& task) { leaf.prepare(task); };

/// The prepared state of a leaf. `Nodes` is a span of all nodes or the candidates.
template <class L, class Task, class Node, class Shared>
constexpr auto prepare_leaf(L const& leaf, Task const& task, std::span<Node const> nodes,
                            Shared const& shared) {
    if constexpr (prepares_from<L, Task, std::span<Node const>>) {
        return leaf.prepare(task, nodes);
    } else if constexpr (prepares_alone<L, Task>) {
        return leaf.prepare(task);
    } else {
        static_assert(
            !mentions_prepare<L>,
            "a leaf's prepare must be callable as prepare(task) or prepare(task, std::span<node const>)");
        return borrowed<Shared>{&shared};
    }
}

/// Calls a leaf with its arguments and, if it has or wants one, its state.
template <class F, class State, class... Args>
constexpr auto call(F const& f, State const& state, Args&&... args) -> decltype(auto) {
    if constexpr (is_optional<State> || is_expected<State>) {
        return f(args..., *state);
    } else if constexpr (is_borrowed<State>) {
        if constexpr (lends<State> && requires { f(args..., *state.value); }) {
            return f(args..., *state.value);
        } else {
            return f(args...);
        }
    } else {
        return f(args..., state);
    }
}

template <class F, class State, class... Args>
concept callable_with = requires(F const& f, State const& state, Args&&... args) {
    requires((is_optional<State> || is_expected<State>) && requires { f(args..., *state); }) ||
                (is_borrowed<State> &&
                 ((lends<State> && requires { f(args..., *state.value); }) || requires { f(args...); })) ||
                (!is_optional<State> && !is_expected<State> && !is_borrowed<State> &&
                 requires { f(args..., state); });
};

/// Whether the leaf takes part, as far as its state says.
template <class State> constexpr auto takes_part(State const& state) -> bool {
    if constexpr (is_optional<State>) return state.has_value();
    return true;
}

/// Nothing was declared.
struct undeclared {};
/// What is read is not known at compile time.
struct anything {};

template <class D> inline constexpr bool is_reads = false;
template <auto... Facets> inline constexpr bool is_reads<reads<Facets...>> = true;
template <class D> inline constexpr bool is_surveys = false;
template <auto... Facets> inline constexpr bool is_surveys<surveys<Facets...>> = true;
template <class D>
concept declaration = is_reads<D> || is_surveys<D>;

/// The first of `D` that is a declaration of what is read, or surveyed.
template <class... D> struct declarations {
    using reads = undeclared;
    using surveys = undeclared;
};
template <class First, class... Rest> struct declarations<First, Rest...> {
    using reads = std::conditional_t<is_reads<First>, First, typename declarations<Rest...>::reads>;
    using surveys = std::conditional_t<is_surveys<First>, First, typename declarations<Rest...>::surveys>;
};

/// What a callable declares within itself.
template <class Callable> struct own_reads {
    using type = undeclared;
};
template <class Callable>
    requires requires { typename Callable::reads; }
struct own_reads<Callable> {
    using type = typename Callable::reads;
};
template <class Callable> struct own_surveys {
    using type = undeclared;
};
template <class Callable>
    requires requires { typename Callable::surveys; }
struct own_surveys<Callable> {
    using type = typename Callable::surveys;
};

/// Of which nodes a leaf reads, as declared or by default.
template <class Callable, class Surveys, class Task, class Node> consteval auto scope_of() -> scope {
    if constexpr (std::is_same_v<Surveys, undeclared>) {
        return prepares_from<Callable, Task, std::span<Node const>> ||
                       prepares_from<Callable, Task, candidates<Node>>
                   ? scope::cluster
                   : scope::node;
    } else {
        return std::is_same_v<Surveys, surveys<>> ? scope::node : scope::cluster;
    }
}

/// The wider of two scopes.
constexpr auto wider(scope a, scope b) -> scope { return a > b ? a : b; }

template <class L, class State, class Task, class Node>
concept advances = requires(L const& leaf, State state, Task const& task, change<Node> const& what) {
    { leaf.advance(std::move(state), task, what) } -> std::same_as<State>;
};

/// The state of a leaf after one node has changed; `nodes` are those after it.
template <class L, class State, class Task, class Node, class Shared>
constexpr auto advance_leaf(L const& leaf, State state, Task const& task, change<Node> const& what,
                            std::span<Node const> nodes, Shared const& shared) -> State {
    if constexpr (advances<L, State, Task, Node>) {
        return leaf.advance(std::move(state), task, what);
    } else if constexpr (prepares_from<L, Task, std::span<Node const>> || is_borrowed<State>) {
        return prepare_leaf(leaf, task, nodes, shared);
    } else {
        return state;
    }
}

/// How tightly the words around a part of a description bind.
enum class binding : std::uint8_t { loose, sum, either = sum, both, product = both, unary };

} // namespace detail
} // namespace berth::schedule
