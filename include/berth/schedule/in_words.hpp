#pragma once

/// \file
/// An explanation in words: where the task goes and why there, all points leaf by leaf, and all that stands
/// against the other nodes, those alike in one line.

#include <berth/schedule/contest.hpp>
#include <berth/schedule/explain.hpp>

#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace berth::schedule {

/// Nodes of which all filters say the same.
struct refusal_group {
    std::vector<filter_refusal> refusals; ///< in the order of the conjunction
    std::vector<std::size_t> nodes;       ///< ascending

    friend auto operator==(refusal_group const&, refusal_group const&) -> bool = default;
};

/// The refused nodes of an account by what is said against them: the largest group first, of equals that with
/// the lower first node.
[[nodiscard]] inline auto group_refusals(explanation const& a) -> std::vector<refusal_group> {
    auto found = std::vector<refusal_group>{};
    for (auto const& n : a.nodes) {
        if (n.says.accepted()) continue;
        std::size_t at = 0;
        while (at < found.size() && found[at].refusals != n.all_refusals) ++at;
        if (at == found.size()) found.push_back({n.all_refusals, {}});
        found[at].nodes.push_back(n.node);
    }
    auto out = std::vector<refusal_group>{};
    for (auto& g : found) {
        auto at = out.begin();
        while (at != out.end() && at->nodes.size() >= g.nodes.size()) ++at;
        out.insert(at, std::move(g));
    }
    return out;
}

/// How long the words may be.
struct words_options {
    std::size_t rows = 20;  ///< at most so many nodes in the table of points, the best ones
    std::size_t names = 10; ///< at most so many names of nodes in a line
};

namespace detail {

inline auto number_text(points value) -> std::string {
    auto out = std::string{};
    append_number(out, value);
    return out;
}

/// The words of an account, with `name_of(index)` for a node's name. (A template, so that it costs nothing to
/// those who include but do not use it.)
template <class NameOf> class narrator {
public:
    narrator(explanation const& a, words_options how, NameOf name_of)
        : account_(&a), how_(how), name_of_(std::move(name_of)) {}

    [[nodiscard]] auto text() const -> std::string {
        auto out = wrapped(account_->policy) + '\n' + outcome();
        if (auto const c = contest_of(*account_)) out += victory(*c);
        return out + room() + points_table() + refusals();
    }

private:
    [[nodiscard]] auto name(std::size_t node) const -> std::string { return std::string(name_of_(node)); }
    [[nodiscard]] auto names(std::vector<std::size_t> const& nodes) const -> std::string {
        auto out = std::string{};
        for (std::size_t i = 0; i < nodes.size() && i < how_.names; ++i)
            out += (i == 0 ? "" : ", ") + name(nodes[i]);
        if (nodes.size() > how_.names) out += " and " + std::to_string(nodes.size() - how_.names) + " more";
        return out;
    }
    [[nodiscard]] auto accepted() const -> std::vector<std::size_t> {
        auto out = std::vector<std::size_t>{};
        for (auto const& n : account_->nodes)
            if (n.says.accepted()) out.push_back(n.node);
        return out;
    }
    [[nodiscard]] auto outcome() const -> std::string {
        auto const all = std::to_string(account_->nodes.size());
        if (!account_->chosen) return "no place: none of " + all + " nodes will do\n";
        auto const& n = account_->nodes[account_->chosen->node];
        return "goes to " + name(n.node) + " with " + number_text(n.total) + " points; " +
               std::to_string(accepted().size()) + " of " + all + " nodes will do\n";
    }
    [[nodiscard]] auto victory(contest const& c) const -> std::string {
        if (!c.runner_up) return "no other node will do\n";
        auto out = std::string{};
        if (!c.equals.empty()) {
            out = "tie: " + names(c.equals) + (c.equals.size() == 1 ? " has" : " have") +
                  " as many points, and the profile's tie policy chose\n";
        } else {
            out = number_text(magnitude(c.margin)) + " points " + (c.margin < 0 ? "behind " : "ahead of ") +
                  name(*c.runner_up) + (c.margin < 0 ? ", but it was promised this node\n" : "\n");
        }
        for (auto const& l : c.leaves)
            out += (l.ahead > 0 ? "  +" : "  ") + number_text(l.ahead) + "  " + account_->leaves[l.leaf] +
                   (l.decisive ? "  (without it another node would have won)\n" : "\n");
        return out;
    }
    [[nodiscard]] auto room() const -> std::string {
        if (!account_->room) return {};
        auto out = "room on " + name(account_->room->node) + " if these leave:";
        for (auto const& victim : account_->room->victims) out += " " + victim;
        return out + '\n';
    }
    /// The accepted nodes, the best first, of equals the lower index.
    [[nodiscard]] auto ranking() const -> std::vector<std::size_t> {
        auto by_points = std::set<std::pair<double, std::size_t>>{};
        for (auto const node : accepted()) by_points.emplace(-account_->nodes[node].total, node);
        auto order = std::vector<std::size_t>{};
        for (auto const& [points, node] : by_points) order.push_back(node);
        return order;
    }
    /// "raw > normalised > weighted", what is the same as before it left out.
    [[nodiscard]] auto cell(node_explanation const& n, std::size_t leaf) const -> std::string {
        auto out = number_text(n.raw[leaf]);
        if (n.normalised[leaf] != n.raw[leaf]) out += " > " + number_text(n.normalised[leaf]);
        if (n.columns[leaf] != n.normalised[leaf]) out += " > " + number_text(n.columns[leaf]);
        return out;
    }
    [[nodiscard]] auto points_table() const -> std::string {
        auto const order = ranking();
        if (order.empty()) return {};
        auto rows = text_table<std::string>{};
        auto head = std::vector<std::string>{"node"};
        head.insert(head.end(), account_->leaves.begin(), account_->leaves.end());
        head.insert(head.end(), {"total", ""});
        rows.add(std::move(head));
        for (std::size_t i = 0; i < order.size() && i < how_.rows; ++i) {
            auto const& n = account_->nodes[order[i]];
            auto cells = std::vector<std::string>{name(n.node)};
            for (std::size_t leaf = 0; leaf < n.columns.size(); ++leaf) cells.push_back(cell(n, leaf));
            cells.push_back(number_text(n.total));
            cells.push_back(account_->chosen && account_->chosen->node == n.node ? "<- chosen" : "");
            rows.add(std::move(cells));
        }
        auto out = "\npoints (raw > normalised > weighted):\n" + rows.text();
        if (order.size() > how_.rows)
            out += "and " + std::to_string(order.size() - how_.rows) + " nodes with no more points\n";
        return out;
    }
    [[nodiscard]] auto refusals() const -> std::string {
        auto const groups = group_refusals(*account_);
        if (groups.empty()) return {};
        auto out = std::string("\nrefused:\n");
        for (auto const& g : groups) {
            out += "  " + std::to_string(g.nodes.size()) + (g.nodes.size() == 1 ? " node (" : " nodes (") +
                   names(g.nodes) + ")\n";
            for (auto const& r : g.refusals)
                out += "      " + r.filter +
                       (r.says.reason_count() == 0 ? ": it is none of the nodes that are asked for"
                                                   : ": " + r.says.text()) +
                       "\n";
        }
        return out;
    }

    explanation const* account_;
    words_options how_;
    NameOf name_of_;
};

} // namespace detail

/// An explanation in words; `name_of(index)` gives a node's name. The same account gives the same text.
template <class NameOf>
[[nodiscard]] auto in_words(explanation const& a, NameOf name_of, words_options how = {}) -> std::string {
    return detail::narrator<NameOf>(a, how, std::move(name_of)).text();
}

} // namespace berth::schedule
