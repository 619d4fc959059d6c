#pragma once

/// \file
/// The laws of gangs under a profile: whole or not at all, and given back whole. See `laws.hpp` for `report`.

#include <berth/schedule/gang.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace berth::schedule::laws {

/// A gang under a profile, on these nodes, which are compared: *whole* (a placed gang has as many places as
/// it asked for, at least), *or not at all* (after a refusal the nodes are as they were), *given back whole*
/// (so they are after `release_gang`), *again* (then it has the same places). The profile's books must undo
/// themselves.
template <class Profile, class Task, class Node, class Terms, class Report>
auto gang(Profile const& profile, std::vector<Task> const& tasks, std::vector<Node> const& nodes,
          Terms const& terms, Report report) -> void {
    auto now = nodes;
    auto work = workspace{};
    auto const placed = place_gang(tasks, now, profile, terms, work);
    auto const where = profile.describe() + ", " + std::to_string(tasks.size()) + " members";
    if (!placed) {
        report("a gang that is refused leaves the nodes as they were", now == nodes, where);
        report("a gang that is refused has too few places",
               placed.error().placed < placed.error().min_count || !placed.error().denied.empty(), where);
        return;
    }
    std::size_t places = 0;
    for (auto const& member : placed->members) places += member && member->node < nodes.size() ? 1 : 0;
    auto const wanted = terms.min_count == Terms::all ? tasks.size() : terms.min_count;
    report("a gang is placed whole", places == placed->placed && places >= wanted, where);
    release_gang(tasks, now, profile, *placed);
    report("a gang is given back whole", now == nodes, where);
    work = {};
    auto const again = place_gang(tasks, now, profile, terms, work);
    report("the same gang has the same places", again && again->members == placed->members, where);
}

} // namespace berth::schedule::laws
