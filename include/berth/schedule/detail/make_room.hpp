#pragma once

/// \file
/// A decision with `.preempt`: where a task goes, or who should leave which node for it.

#include <berth/schedule/place.hpp>
#include <berth/schedule/shared_text.hpp>

#include <expected>
#include <optional>
#include <span>
#include <type_traits>

namespace berth::schedule::detail {

/// What was decided; `room` is asked for only where there is no place.
template <class Victim> struct decision {
    std::expected<placement, refusal> where;
    std::optional<eviction<Victim>> room;
    shared_text no_room; ///< why none can be made, if `.preempt` says so
};

/// What `.preempt` answered, in one form.
template <class Victim, class Answer>
constexpr auto hear_preempt(decision<Victim>& out, Answer answer) -> void {
    if (answer) {
        out.room = *std::move(answer);
    } else {
        if constexpr (requires { answer.error(); }) out.no_room = std::move(answer.error());
    }
}

template <class Universe, class Task, class Node, class P, class Record, class Outlook = as_they_are>
constexpr auto decide_with_room(Task const& task, std::span<Node const> nodes, P const& p, workspace& work,
                                Record& record, Outlook const& outlook = {})
    -> decision<victim_of<P, Task, Node>> {
    auto out = decision<victim_of<P, Task, Node>>{};
    out.where =
        decide<Universe>(task, nodes, p, work, record, outlook, [&](refusal const& why, auto const& state) {
            if constexpr (!std::is_same_v<decltype(P::preempt), defaults::nobody_leaves>) {
                hear_preempt(out, call_preempt(p, task, nodes, why,
                                               what_if_of<P, Task, Node, Outlook>(
                                                   p.filter, state, task, nodes, p.prepare, outlook)));
                if constexpr (Record::on) {
                    if (out.room) record.evicts(*out.room);
                }
            }
        });
    return out;
}

} // namespace berth::schedule::detail
