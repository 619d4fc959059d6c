#pragma once

/// \file
/// Facets: what a leaf reads of nodes. From one declaration follow which changes of a node can help a task
/// that was refused (the requeue hints of `cycle`), and which answers a change makes stale.
///
/// A facet is anything that can be taken of a node at compile time: a pointer to a member, or a function of
/// the node without captures.
/// ```cpp
/// constexpr auto fits = schedule::filter<"fits", schedule::reads<&host::cpu_free>>(
///     [](task const& t, host const& h) { ... });
/// constexpr auto spread = schedule::filter<"spread", schedule::reads<&host::zone>,
/// schedule::surveys<&host::zone,
///     &host::tasks>>(even_zones{});
/// ```
/// What is no part of a node has a name of its own: a pointer to a member of another class, in `surveys`.
/// A struct that is a leaf says the same with `using reads = schedule::reads<...>;` and `using surveys =
/// ...;`. What is not declared is the widest: a leaf without `reads` reads all of its node; a leaf that
/// prepares from all nodes and has no `surveys` surveys all of all nodes. The laws (`laws::filter`) see a
/// leaf that reads more than it says.

#include <berth/schedule/leaf.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace berth::schedule {

/// A set of facets of one filter, as bits: the n-th distinct facet that its leaves declare, and three bits
/// for what has no name.
struct facet_set {
    std::uint64_t bits = 0;

    /// A part of a node that no declaration names: what leaves without a declaration read.
    static constexpr auto undeclared() -> facet_set { return {std::uint64_t{1} << 63U}; }
    /// Which nodes there are: what surveying leaves read.
    static constexpr auto membership() -> facet_set { return {std::uint64_t{1} << 62U}; }
    /// A node that was not there before: it can help whoever was refused.
    static constexpr auto arrival() -> facet_set { return {std::uint64_t{1} << 61U}; }
    /// All there is.
    static constexpr auto all() -> facet_set { return {~std::uint64_t{0}}; }

    [[nodiscard]] constexpr auto empty() const -> bool { return bits == 0; }
    [[nodiscard]] constexpr auto meets(facet_set other) const -> bool { return (bits & other.bits) != 0; }

    friend constexpr auto operator|(facet_set a, facet_set b) -> facet_set { return {a.bits | b.bits}; }
    constexpr auto operator|=(facet_set other) -> facet_set& { return *this = *this | other; }
    friend constexpr auto operator==(facet_set, facet_set) -> bool = default;
};

namespace detail {

template <auto Facet, class Node>
concept member_of = requires(Node const& node) { node.*Facet; };
template <auto Facet, class Node>
concept function_of = requires(Node const& node) { Facet(node); };

/// A facet as a type.
template <auto Facet> struct facet_constant {
    template <class Node> static constexpr bool fits = member_of<Facet, Node> || function_of<Facet, Node>;
    /// The name of something that is no node.
    template <class Node>
    static constexpr bool foreign = std::is_member_pointer_v<decltype(Facet)> && !fits<Node>;

    template <class Node> static constexpr auto of(Node const& node) -> decltype(auto) {
        if constexpr (member_of<Facet, Node>) {
            return (node.*Facet);
        } else {
            return Facet(node);
        }
    }
};

/// Facets in a row; the first of equals counts.
template <class... Facets> struct facet_list {
    /// The bit of a facet; what does not fit into the bits shares the last one.
    template <class Facet> static constexpr auto bit() -> std::uint64_t {
        constexpr bool same[] = {std::is_same_v<Facet, Facets>..., true};
        auto at = 0U;
        while (!same[at]) ++at;
        return std::uint64_t{1} << (at < 60 ? at : 60);
    }
    template <class Other> struct joined;
    template <class... Others> struct joined<facet_list<Others...>> {
        using type = facet_list<Facets..., Others...>;
    };
    /// The bits of these facets within a universe.
    template <class Universe> static constexpr auto within() -> facet_set {
        return {(std::uint64_t{0} | ... | Universe::template bit<Facets>())};
    }
    /// The bits of those of these facets that are in a universe.
    template <class Universe> static constexpr auto among() -> facet_set {
        return {(std::uint64_t{0} | ... |
                 (Universe::template has<Facets> ? Universe::template bit<Facets>() : 0))};
    }
    template <class Facet> static constexpr bool has = (std::is_same_v<Facet, Facets> || ...);
    template <class Node> static constexpr bool fit = (Facets::template fits<Node> && ...);
    template <class Node>
    static constexpr bool fit_or_foreign =
        ((Facets::template fits<Node> || Facets::template foreign<Node>) && ...);

    /// The facets in which two nodes differ.
    template <class Node> static constexpr auto difference(Node const& a, Node const& b) -> facet_set {
        auto out = facet_set{};
        ((out.bits |= same<Facets>(a, b) ? 0 : facet_list::bit<Facets>()), ...);
        return out;
    }

private:
    template <class Facet, class Node> static constexpr auto same(Node const& a, Node const& b) -> bool {
        if constexpr (Facet::template foreign<Node>) return true;
        else return Facet::of(a) == Facet::of(b);
    }
};

/// Leaves in a row; the first of one type counts.
template <class... Leaves> struct leaf_list {
    /// The bit of a leaf; what does not fit into the bits shares the last one.
    template <class Leaf> static constexpr auto bit() -> std::uint64_t {
        constexpr bool same[] = {std::is_same_v<Leaf, Leaves>..., true};
        auto at = 0U;
        while (!same[at]) ++at;
        return std::uint64_t{1} << (at < 63 ? at : 63);
    }
    template <class Leaf> static constexpr bool has = (std::is_same_v<Leaf, Leaves> || ...);
    template <class Other> struct joined;
    template <class... Others> struct joined<leaf_list<Others...>> {
        using type = leaf_list<Leaves..., Others...>;
    };
};

/// What refusals speak of: the facets and the leaves of one filter, or of several.
template <class Facets, class Leaves> struct universe_list {
    using facets = Facets;
    using leaves = Leaves;

    template <class Facet> static constexpr auto bit() -> std::uint64_t {
        return Facets::template bit<Facet>();
    }
    template <class Facet> static constexpr bool has = Facets::template has<Facet>;
    template <class Node> static constexpr auto difference(Node const& a, Node const& b) -> facet_set {
        return Facets::difference(a, b);
    }
    template <class Other>
    using joined = universe_list<typename Facets::template joined<typename Other::facets>::type,
                                 typename Leaves::template joined<typename Other::leaves>::type>;
};

template <class Declaration> struct facets_in;
template <auto... Facets> struct facets_in<reads<Facets...>> {
    using type = facet_list<facet_constant<Facets>...>;
};
template <auto... Facets> struct facets_in<surveys<Facets...>> {
    using type = facet_list<facet_constant<Facets>...>;
};
template <> struct facets_in<undeclared> {
    using type = facet_list<>;
};
template <> struct facets_in<anything> {
    using type = facet_list<>;
};

/// A leaf's declarations: those beside its name, else those of its callable.
template <class Leaf, class Callable> struct declared_by {
    using reads = typename own_reads<Callable>::type;
    using surveys = typename own_surveys<Callable>::type;
};
template <class Leaf, class Callable>
    requires requires { typename Leaf::declared; }
struct declared_by<Leaf, Callable> {
    using beside = typename Leaf::declared;
    template <class D, class Own> using or_own = std::conditional_t<std::is_same_v<D, undeclared>, Own, D>;
    using reads = or_own<typename beside::reads, typename own_reads<Callable>::type>;
    using surveys = or_own<typename beside::surveys, typename own_surveys<Callable>::type>;
};

/// Whether what a leaf declares is there: of its node, of any node, or the name of something else.
template <class Leaf, class Callable, class Node>
inline constexpr bool facets_fit =
    facets_in<typename declared_by<Leaf, Callable>::reads>::type::template fit<Node> &&
    facets_in<typename declared_by<Leaf, Callable>::surveys>::type::template fit_or_foreign<Node>;

/// The facets that a leaf names, of its own node and of all.
template <class Leaf, class Callable>
using named_facets = typename facets_in<typename declared_by<Leaf, Callable>::reads>::type::template joined<
    typename facets_in<typename declared_by<Leaf, Callable>::surveys>::type>::type;

/// The bits of what a leaf reads, within a universe of facets.
template <class Universe, class Leaf, class Callable, class Task, class Node>
constexpr auto facets_of_leaf() -> facet_set {
    using declared = declared_by<Leaf, Callable>;
    constexpr auto around = scope_of<Callable, typename declared::surveys, Task, Node>() == scope::cluster;
    auto out = named_facets<Leaf, Callable>::template within<Universe>();
    if constexpr (!is_reads<typename declared::reads> || (around && !is_surveys<typename declared::surveys>))
        out |= facet_set::undeclared();
    if constexpr (around) out |= facet_set::membership();
    return out;
}

} // namespace detail
} // namespace berth::schedule
