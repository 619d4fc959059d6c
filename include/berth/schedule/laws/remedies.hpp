#pragma once

/// \file
/// The law of remedies: what helps, helps.

#include <berth/schedule/remedy.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace berth::schedule::laws {

/// Makes the changes of each complete advice on copies of the task and the nodes, and asks for an explanation
/// anew: the node must accept. Nodes without advice must have accepted before. `report(law, held, where)`.
template <class Task, class Node, class Profile, class Report>
auto remedies(Task const& task, std::vector<Node> const& nodes, Profile const& profile, Report&& report)
    -> void {
    auto const all = schedule::advise(task, nodes, profile);
    auto const again = schedule::advise(task, std::span<Node const>(nodes), profile);
    report("advice is a function of its arguments", all.nodes == again.nodes, "");
    report("every node accepts or has advice", all.accepting + all.nodes.size() == nodes.size(), "");
    for (auto const& a : all.nodes) {
        if (!a.complete()) continue;
        auto changed_task = task;
        auto changed = nodes;
        auto where = "node " + std::to_string(a.node) + ":";
        for (auto const& c : a.changes) {
            where += " [" + c.text() + "]";
            if (c.changes_task()) c.apply_to(changed_task);
            else c.apply_to(changed[a.node]);
        }
        auto const accepts = [&] {
            auto const all_nodes = std::span<Node const>(changed);
            auto const shared = profile.prepare(changed_task, all_nodes);
            auto const state = schedule::detail::prepare(profile.filter, changed_task, all_nodes, shared);
            return schedule::detail::accepts(profile.filter, changed_task, changed[a.node], state);
        };
        report("a node to which all was done that it needs accepts", !a.changes.empty() && accepts(), where);
    }
}

} // namespace berth::schedule::laws
