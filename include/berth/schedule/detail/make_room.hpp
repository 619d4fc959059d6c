#pragma once

/// \file
/// A decision with `.preempt`: where a task goes, or who should leave which node for it.

#include <berth/schedule/place.hpp>

#include <expected>
#include <optional>
#include <span>
#include <type_traits>

namespace berth::schedule::detail {

/// What was decided; `room` is asked for only where there is no place.
template <class Victim> struct decision {
    std::expected<placement, refusal> where;
    std::optional<eviction<Victim>> room;
};

template <class Task, class Node, class P, class Record>
constexpr auto decide_with_room(Task const& task, std::span<Node const> nodes, P const& p, workspace& work,
                                Record& record) -> decision<victim_of<P, Task, Node>> {
    auto room = std::optional<eviction<victim_of<P, Task, Node>>>{};
    auto where = decide(task, nodes, p, work, record, [&](refusal const& why, auto const& state) {
        if constexpr (!std::is_same_v<decltype(P::preempt), defaults::nobody_leaves>) {
            room = call_preempt(p, task, nodes, why,
                                what_if_of<P, Task, Node>(p.filter, state, task, nodes, p.prepare));
            if constexpr (Record::on) {
                if (room) record.evicts(*room);
            }
        }
    });
    return {std::move(where), std::move(room)};
}

} // namespace berth::schedule::detail
