#pragma once

/// \file
/// Why a task went where it went: every node's refusal or its points leaf by leaf, as a value and
/// as a table.

#include <berth/schedule/place.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::schedule {

/// What one node got.
struct node_explanation {
    std::size_t node = 0;        ///< index into the nodes that were offered
    std::string filter;          ///< the filter that refused it; empty when accepted
    verdict says;                ///< accepted, or the refusal with all reasons
    std::vector<points> columns; ///< weighted points, one per leaf; empty when refused
    points total = 0;            ///< their sum
};

/// The account of one placement. Leaves that take no part in it (their state is empty) have no
/// column.
struct explanation {
    std::string policy;                  ///< the profile in one line
    std::vector<std::string> leaves;     ///< the columns' names with their weights: "3 * roomy"
    std::vector<node_explanation> nodes; ///< one per node, in the nodes' order
    std::optional<placement> chosen;     ///< what `place` answers, if it finds a place

    /// The account as a table with nodes called by their index.
    [[nodiscard]] auto table() const -> std::string {
        return table([](std::size_t node) { return std::to_string(node); });
    }

    /// The account as a table; `name_of(index)` gives a node's name.
    template <class NameOf> [[nodiscard]] auto table(NameOf name_of) const -> std::string;
};

namespace detail {

/// The weighted column of every leaf for the survivors, and its name.
template <class P, class Task, class Node, class Shared>
auto explain_scores(P const& p, Task const& task, candidates<Node> found, Shared const& shared,
                    explanation& out) -> void {
    auto const states = prepare_score(p.score, task, found, shared);
    auto column = std::vector<points>(found.size());
    for_each_term(p.score, states, points{1}, [&](auto const& leaf, auto const& own, points weight) {
        auto name = std::string{};
        if (weight != 1) {
            append_number(name, weight);
            name += " * ";
        }
        describe_into(name, leaf, weight != 1 ? binding::product : binding::sum);
        if (!takes_part(own)) return;
        out.leaves.push_back(std::move(name));
        fill_column(leaf, own, task, found, std::span(column));
        for (std::size_t i = 0; i < found.size(); ++i) {
            out.nodes[found.index(i)].columns.push_back(weight * column[i]);
        }
    });
    auto totals = std::vector<points>(found.size());
    fill_totals(p.score, states, task, found, std::span(totals), std::span(column));
    for (std::size_t i = 0; i < found.size(); ++i) out.nodes[found.index(i)].total = totals[i];
}

template <class P, class Task, class Node>
auto explain(Task const& task, std::span<Node const> nodes, P const& p, workspace& work) -> explanation {
    auto out = explanation{.policy = p.describe(), .leaves = {}, .nodes = {}, .chosen = {}};
    auto const shared = p.prepare(task, nodes);
    auto const filtering = prepare(p.filter, task, nodes, shared);
    work.survivors.clear();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        auto says = judge(p.filter, task, nodes[i], filtering);
        auto by = std::string{};
        if (says.accepted()) {
            work.survivors.push_back(i);
        } else {
            by = refuser(p.filter, task, nodes[i], filtering);
        }
        out.nodes.push_back({i, std::move(by), std::move(says), {}, 0});
    }
    if (work.survivors.empty()) return out;
    explain_scores(p, task, candidates<Node>{nodes, work.survivors}, shared, out);
    if (auto const where = schedule::place(task, nodes, p, work)) out.chosen = *where;
    return out;
}

/// A table of text: every column as wide as its widest cell, numbers to the right.
class text_table {
public:
    using row = std::vector<std::string>;

    auto add(row cells) -> void {
        if (widths_.size() < cells.size()) widths_.resize(cells.size());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (cells[i].size() > widths_[i]) widths_[i] = cells[i].size();
        }
        rows_.push_back(std::move(cells));
    }

    /// The first column is aligned left, the last column too if `last_left`, the rest right.
    [[nodiscard]] auto text() const -> std::string {
        auto out = std::string{};
        for (auto const& cells : rows_) {
            auto line = std::string{};
            for (std::size_t i = 0; i < cells.size(); ++i) {
                auto const padding = std::string(widths_[i] - cells[i].size(), ' ');
                if (i > 0) line += "  ";
                auto const left = i == 0 || i + 1 == widths_.size();
                line += left ? cells[i] + padding : padding + cells[i];
            }
            while (!line.empty() && line.back() == ' ') line.pop_back();
            out += line + '\n';
        }
        return out;
    }

private:
    std::vector<row> rows_;
    std::vector<std::size_t> widths_;
};

} // namespace detail

template <class NameOf> auto explanation::table(NameOf name_of) const -> std::string {
    auto const number = [](points value) {
        auto out = std::string{};
        detail::append_number(out, value);
        return out;
    };
    auto rows = detail::text_table{};
    auto head = detail::text_table::row{"node"};
    for (auto const& leaf : leaves) head.push_back(leaf);
    head.insert(head.end(), {"total", ""});
    rows.add(std::move(head));
    for (auto const& node : nodes) {
        auto cells = detail::text_table::row{std::string(name_of(node.node))};
        if (node.says.accepted()) {
            for (auto const value : node.columns) cells.push_back(number(value));
            cells.push_back(number(node.total));
            auto const best = chosen && chosen->total == node.total;
            cells.push_back(chosen && chosen->node == node.node ? "<- chosen" : best ? "   equal" : "");
        } else {
            cells.insert(cells.end(), leaves.size() + 1, "-");
            cells.push_back(node.filter + ": " + node.says.text());
        }
        rows.add(std::move(cells));
    }
    return policy + '\n' + rows.text();
}

/// Everything that `place` considers, node by node and leaf by leaf. The chosen node is the one
/// that `place` answers for the same arguments. Linear in nodes times leaves; allocates the
/// account.
template <class Task, class Nodes, class Profile>
[[nodiscard]] auto explain(Task const& task, Nodes const& nodes, Profile const& profile, workspace& work)
    -> explanation {
    constexpr auto in_a_row = detail::contiguous<Nodes>;
    static_assert(in_a_row, "explain: the nodes must be a vector, an array or a span");
    if constexpr (in_a_row) {
        using node = detail::node_of<Nodes>;
        constexpr auto good = detail::check_profile<Profile, Task, node>();
        if constexpr (good) return detail::explain(task, std::span<node const>(nodes), profile, work);
    }
    return {};
}

/// The same with a workspace of its own.
template <class Task, class Nodes, class Profile>
[[nodiscard]] auto explain(Task const& task, Nodes const& nodes, Profile const& profile) -> explanation {
    auto work = workspace{};
    return schedule::explain(task, nodes, profile, work);
}

} // namespace berth::schedule
