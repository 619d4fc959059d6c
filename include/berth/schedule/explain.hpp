#pragma once

/// \file
/// Why a task went where it went: every node's refusal or its points leaf by leaf, as a value and
/// as a table. An account is written while the decision is made, from the very verdicts and columns
/// that it is made of: nothing is evaluated a second time.

#include <berth/schedule/detail/make_room.hpp>
#include <berth/schedule/place.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
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

/// Who was to leave which node, in words.
struct room_explanation {
    std::size_t node = 0;             ///< index into the nodes that were offered
    std::vector<std::string> victims; ///< as text where victims have one, else "1st", "2nd" ... as "#0", "#1"
};

/// The account of one placement. Leaves that take no part in it (their state is empty) have no
/// column.
struct explanation {
    std::string policy;                   ///< the profile in one line
    std::vector<std::string> leaves;      ///< the columns' names with their weights: "3 * roomy"
    std::vector<node_explanation> nodes;  ///< one per node, in the nodes' order
    std::optional<placement> chosen;      ///< where the task goes, if there is a place
    std::optional<room_explanation> room; ///< what `.preempt` answered, if there is none

    /// The account as a table with nodes called by their index.
    [[nodiscard]] auto table() const -> std::string {
        return table([](std::size_t node) { return std::to_string(node); });
    }

    /// The account as a table; `name_of(index)` gives a node's name.
    template <class NameOf> [[nodiscard]] auto table(NameOf name_of) const -> std::string;
};

namespace detail {

/// The name of a column: "3 * roomy".
template <class Leaf> auto column_name(Leaf const& leaf, points weight) -> std::string {
    auto name = std::string{};
    if (weight != 1) {
        append_number(name, weight);
        name += " * ";
    }
    describe_into(name, &leaf, weight != 1 ? binding::product : binding::sum);
    return name;
}

/// A victim as text.
template <class Victim> auto victim_text(Victim const& v, std::size_t index) -> std::string {
    if constexpr (std::convertible_to<Victim const&, std::string_view>) {
        return std::string(std::string_view(v));
    } else if constexpr (std::integral<Victim>) {
        return std::to_string(v);
    } else {
        return "#" + std::to_string(index);
    }
}

/// Keeps the account of a placement while it is decided. (A template, so that its functions cost nothing to
/// those who include but do not use it.)
template <class Node> class recorder {
public:
    static constexpr bool on = true;

    explicit recorder(std::string description) { of_policy(std::move(description)); }

    auto of_policy(std::string description) -> void { out_.policy = std::move(description); }

    auto judged(std::size_t node, told what) -> bool {
        auto const accepted = what.says.accepted();
        read_ |= what.read;
        leaves_ |= what.leaves;
        out_.nodes.push_back({node, std::move(what.by), std::move(what.says), {}, 0});
        return accepted;
    }
    auto columns(candidates<Node> found) {
        return [this, found](auto const& leaf, points weight, std::span<points const> column) {
            out_.leaves.push_back(column_name(leaf, weight));
            for (std::size_t i = 0; i < found.size(); ++i)
                out_.nodes[found.index(i)].columns.push_back(weight * column[i]);
        };
    }
    auto added_up(candidates<Node> found, std::span<points const> totals) -> void {
        for (std::size_t i = 0; i < found.size(); ++i) out_.nodes[found.index(i)].total = totals[i];
    }
    auto chose(placement where) -> void { out_.chosen = where; }
    [[nodiscard]] auto refused() const -> refusal {
        auto why = refusal{.nodes = out_.nodes.size(), .refused = {}};
        why.read |= read_;
        why.leaves = leaves_;
        for (auto const& node : out_.nodes) why.refused.push_back({node.node, node.filter, node.says});
        return why;
    }
    template <class Victim> auto evicts(eviction<Victim> const& room) -> void {
        auto& told = out_.room.emplace();
        told.node = room.node;
        for (auto const& v : room.victims) told.victims.push_back(victim_text(v, told.victims.size()));
    }
    [[nodiscard]] auto account() && -> explanation { return std::move(out_); }

private:
    explanation out_;
    facet_set read_;
    std::uint64_t leaves_ = 0;
};

/// A table of text: every column as wide as its widest cell, numbers to the right.
/// (A template for the same reason.)
template <class Cell> class text_table {
public:
    using row = std::vector<Cell>;

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
    auto rows = detail::text_table<std::string>{};
    auto head = std::vector<std::string>{"node"};
    for (auto const& leaf : leaves) head.push_back(leaf);
    head.insert(head.end(), {"total", ""});
    rows.add(std::move(head));
    for (auto const& node : nodes) {
        auto cells = std::vector<std::string>{std::string(name_of(node.node))};
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
    auto out = policy + '\n' + rows.text();
    if (!room) return out;
    out += "room on " + std::string(name_of(room->node)) + " if these leave:";
    for (auto const& victim : room->victims) out += " " + victim;
    return out + '\n';
}

namespace detail {

template <class P, class Task, class Node>
auto explain(Task const& task, std::span<Node const> nodes, P const& p, workspace& work) -> explanation {
    auto record = recorder<Node>(p.describe());
    (void)decide_with_room<universe_of<P>>(task, nodes, p, work, record);
    return std::move(record).account();
}

} // namespace detail

/// Makes a decision like `place` (and asks `.preempt` where there is no place), and tells all that it
/// considered, node by node and leaf by leaf. Linear in nodes times leaves; allocates the account.
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
