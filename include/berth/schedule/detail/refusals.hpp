#pragma once

/// \file
/// All that refuse: a conjunction as the row of its parts, each of which is asked for itself.

#include <berth/schedule/detail/judge.hpp>

#include <utility>
#include <vector>

namespace berth::schedule::detail {

/// Calls `visit(part, state)` for each part of a conjunction from left to right; what is none is its own only
/// part. A disjunction is one part: none of its sides refuses alone.
template <class F, class State, class Visit>
constexpr auto for_each_part(F const& f, State const& state, Visit&& visit) -> void {
    if constexpr (conjunction<F>) {
        for_each_part(f.left, state.left, visit);
        for_each_part(f.right, state.right, visit);
    } else {
        visit(f, state);
    }
}

/// All that refuse a node.
struct full_report {
    told first; ///< the one that the decision tells of; accepted if none refuses
    std::vector<told> all;
};

/// Calls `visit(told)` for each part of a conjunction that refuses, from left to right: not only for the
/// first one, of which `report` tells.
template <class Universe, class F, class Task, class Node, class State, class Visit>
constexpr auto for_each_refusal(F const& f, Task const& task, Node const& node, State const& state,
                                Visit visit) -> void {
    for_each_part(f, state, [&](auto const& part, auto const& own) {
        auto what = report<Universe>(part, task, node, own);
        if (!what.says.accepted()) visit(std::move(what));
    });
}

} // namespace berth::schedule::detail
