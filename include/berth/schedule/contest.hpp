#pragma once

/// \file
/// How the winner won: by how much, over whom, and which leaves made the difference.

#include <berth/schedule/explain.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace berth::schedule {

/// What one leaf did for the winner.
struct leaf_margin {
    std::size_t leaf = 0; ///< index into `explanation::leaves`
    points ahead = 0;     ///< weighted points of the winner less those of the runner-up; negative: against it
    bool decisive = false; ///< without this leaf another node would have had more points than the winner

    friend auto operator==(leaf_margin const&, leaf_margin const&) -> bool = default;
};

/// The winner against the others. All nodes are indices into `explanation::nodes`.
struct contest {
    std::size_t winner = 0;
    std::optional<std::size_t> runner_up; ///< the best of the others; nothing if no other node will do
    points margin = 0;                    ///< the winner's total less the runner-up's; 0 without one
    std::vector<std::size_t> equals;      ///< the others with the winner's total, ascending
    std::vector<leaf_margin> leaves;      ///< those that differ from the runner-up's, the greatest first

    friend auto operator==(contest const&, contest const&) -> bool = default;
};

namespace detail {

/// The best accepted node but `winner`; of equals the first.
inline auto runner_up(explanation const& a, std::size_t winner) -> std::optional<std::size_t> {
    auto best = std::optional<std::size_t>();
    for (auto const& n : a.nodes) {
        if (!n.says.accepted() || n.node == winner) continue;
        if (!best || n.total > a.nodes[*best].total) best = n.node;
    }
    return best;
}

/// Whether another node would lead the winner if a leaf took no part.
inline auto decides(explanation const& a, std::size_t winner, std::size_t leaf) -> bool {
    auto const& first = a.nodes[winner];
    auto const without = first.total - first.columns[leaf];
    for (auto const& n : a.nodes)
        if (n.says.accepted() && n.total <= first.total && n.total - n.columns[leaf] > without) return true;
    return false;
}

inline auto magnitude(points p) -> points { return p < 0 ? -p : p; }

} // namespace detail

/// Who came near the chosen node, and what kept them behind; nothing if no node was chosen. A node that was
/// promised to the task may win with fewer points than others: then the margin is negative. Linear in nodes
/// times leaves.
[[nodiscard]] inline auto contest_of(explanation const& a) -> std::optional<contest> {
    if (!a.chosen || a.chosen->node >= a.nodes.size()) return std::nullopt;
    auto out = contest{.winner = a.chosen->node, .runner_up = {}, .margin = 0, .equals = {}, .leaves = {}};
    auto const& first = a.nodes[out.winner];
    for (auto const& n : a.nodes)
        if (n.says.accepted() && n.node != out.winner && n.total == first.total) out.equals.push_back(n.node);
    out.runner_up = detail::runner_up(a, out.winner);
    if (!out.runner_up) return out;
    auto const& second = a.nodes[*out.runner_up];
    out.margin = first.total == second.total ? 0 : first.total - second.total;
    for (std::size_t i = 0; i < first.columns.size(); ++i) {
        auto const ahead = first.columns[i] - second.columns[i];
        if (!(ahead != 0)) continue;
        auto at = out.leaves.begin(); // the greatest first, equals in the leaves' order
        while (at != out.leaves.end() && detail::magnitude(at->ahead) >= detail::magnitude(ahead)) ++at;
        out.leaves.insert(at, {i, ahead, ahead > 0 && detail::decides(a, out.winner, i)});
    }
    return out;
}

} // namespace berth::schedule
