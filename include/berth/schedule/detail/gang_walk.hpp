#pragma once

/// \file
/// The way of a gang through the fields of a profile: one transaction of decisions and reservations, then the
/// permissions of all, then the binds.

#include <berth/schedule/gang.hpp>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace berth::schedule::detail {

/// What became of each member, in their order.
template <class Outcome> struct gang_outcomes {
    std::vector<Outcome> members;
    bool placed = false; ///< whether the gang got its places; a bind may have failed all the same
};

/// The first member that has no permission now, and why.
template <class P, class TaskAt, class Node>
auto denied_member(P const& p, TaskAt task_at, std::span<Node> nodes, gang_placement const& placed)
    -> std::optional<std::pair<std::size_t, std::string>> {
    for (std::size_t i = 0; i < placed.members.size(); ++i) {
        if (!placed.members[i]) continue;
        auto const says = permission(p.permit(task_at(i), std::as_const(nodes[placed.members[i]->node])));
        if (says.permits()) continue;
        auto why = std::string(says.why());
        if (says.waits()) why = "a gang does not wait with reservations: " + why;
        return std::pair(i, std::move(why));
    }
    return std::nullopt;
}

/// A member without a place. Whatever changes may help its gang, as far as a leaf of the filter says so of
/// any member: who is helped takes the place of whom, nobody knows before all are tried.
template <class Outcome> auto without_place(stage at, std::string why, std::size_t nodes) -> Outcome {
    auto out = typename Outcome::error_type{.at = at};
    out.why = std::move(why);
    out.refused = {.nodes = nodes, .refused = {}, .read = facet_set::all(), .leaves = ~std::uint64_t{0}};
    return std::unexpected(std::move(out));
}

template <class P, class Way, class Shell, class TaskAt, class Node, class Terms>
auto take_gang_on(P const& p, Way const& way, Shell const& shell, std::size_t members, TaskAt task_at,
                  std::span<Node> nodes, Terms const& terms, workspace& work)
    -> gang_outcomes<typename Way::outcome> {
    using outcome = typename Way::outcome;
    auto out = gang_outcomes<outcome>{};
    auto placed = detail::place_gang(p, way, shell, members, task_at, nodes, terms, work);
    if (placed) {
        if (auto denied = denied_member(p, task_at, nodes, *placed)) {
            for (auto i = members; i-- > 0;)
                if (placed->members[i]) way.release(task_at(i), nodes[placed->members[i]->node]);
            auto why = gang_refusal{.members = members, .min_count = members, .placed = placed->placed};
            why.member = denied->first;
            why.denied = std::move(denied->second);
            placed = std::unexpected(std::move(why));
        }
    }
    out.placed = placed.has_value();
    for (std::size_t i = 0; i < members; ++i) {
        if (!placed) {
            auto& why = placed.error();
            auto const at = why.denied.empty() ? stage::refused : stage::denied;
            out.members.push_back(without_place<outcome>(at, why.text(), nodes.size()));
            if (i == why.member) out.members.back().error().refused.refused = why.why.refused;
        } else if (auto const where = placed->members[i]) {
            out.members.push_back(way.bind(task_at(i), nodes[where->node], *where));
        } else {
            out.members.push_back(
                without_place<outcome>(stage::refused, "its gang is placed without it", nodes.size()));
        }
    }
    return out;
}

} // namespace berth::schedule::detail
