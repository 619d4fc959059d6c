#pragma once

/// \file
/// Which of several equally good nodes is taken. A tie policy is a pure function
/// `(std::span<std::size_t const> equals, std::uint64_t turn) -> std::size_t` from the indices of
/// the best nodes (ascending, at least one) to one of them. `turn` counts the placements made
/// through one workspace; it is 0 without one. A policy that looks at the nodes themselves says of which type
/// they are (`using node = host;`) and takes `std::span<host const>` as third argument. One that only draws
/// may have a member `rank(equals, turn)`, the place in that row: then a `placer` need not list the equals.

#include <berth/core/random.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

namespace berth::schedule {

/// A way to choose among equals.
template <class T>
concept tie_policy =
    requires(T const& tie, std::span<std::size_t const> equals, std::uint64_t turn) {
        { tie(equals, turn) } -> std::convertible_to<std::size_t>;
    } || requires(T const& tie, std::span<std::size_t const> equals, std::uint64_t turn,
                  std::span<typename T::node const> nodes) {
        { tie(equals, turn, nodes) } -> std::convertible_to<std::size_t>;
    };

/// The lowest index: the default. The same input always gives the same node.
struct lowest_index {
    constexpr auto operator()(std::span<std::size_t const> equals, std::uint64_t) const -> std::size_t {
        return equals.front();
    }
};

/// Each of the equals with the same probability, as kube-scheduler does, but reproducibly: the same
/// seed and the same turn draw the same.
struct seeded_tie {
    std::uint64_t seed = 0;

    constexpr auto operator()(std::span<std::size_t const> equals, std::uint64_t turn) const -> std::size_t {
        return equals[rank(equals.size(), turn)];
    }
    /// Which of so many equals.
    [[nodiscard]] constexpr auto rank(std::size_t equals, std::uint64_t turn) const -> std::size_t {
        auto draw = berth::random_engine(seed + turn * 0x9e3779b97f4a7c15U);
        return static_cast<std::size_t>(draw.below(equals));
    }
};

namespace detail {

template <class Tie, class Node>
constexpr auto choose(Tie const& tie, std::span<std::size_t const> equals, std::uint64_t turn,
                      std::span<Node const> nodes) -> std::size_t {
    if constexpr (requires { typename Tie::node; }) {
        return static_cast<std::size_t>(tie(equals, turn, nodes));
    } else {
        return static_cast<std::size_t>(tie(equals, turn));
    }
}

} // namespace detail

static_assert(tie_policy<lowest_index> && tie_policy<seeded_tie>);

} // namespace berth::schedule
