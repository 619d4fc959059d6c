#pragma once

/// \file
/// Why a task went where it went: every node's refusals or its points leaf by leaf, as a value and
/// as a table. An account is written while the decision is made, from the very verdicts and columns
/// that it is made of: nothing is evaluated a second time. Of a node that is refused, the filters that a
/// decision has no need to ask are asked too. `contest.hpp` tells how the winner won, `in_words.hpp` all of
/// it in words.

#include <berth/schedule/detail/make_room.hpp>
#include <berth/schedule/detail/text_table.hpp>
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

/// What one filter said against a node.
struct filter_refusal {
    std::string filter; ///< its name; for `or` those of both sides, for `not x` "not x"
    verdict says;       ///< its grade and all of its reasons

    friend auto operator==(filter_refusal const&, filter_refusal const&) -> bool = default;
};

/// What one node got.
struct node_explanation {
    std::size_t node = 0;        ///< index into the nodes that were offered
    std::string filter;          ///< the filter that refused it first; empty when accepted
    verdict says;                ///< accepted, or the refusal with all reasons
    std::vector<points> columns; ///< weighted points, one per leaf; empty when refused
    points total = 0;            ///< their sum
    /// All filters of the conjunction that refuse, in its order; empty when accepted. Where only those who
    /// are expected on the node are in the way, the first that refuses with them.
    std::vector<filter_refusal> all_refusals{};
    std::vector<points> raw{};        ///< as the leaves gave them, one per leaf; empty when refused
    std::vector<points> normalised{}; ///< the same after normalisation, before the weight
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
    std::vector<points> weights;          ///< of the columns
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

    auto judged(std::size_t node, full_report what) -> bool {
        auto const accepted = what.first.says.accepted();
        read_ |= what.first.read;
        leaves_ |= what.first.leaves;
        auto& told = out_.nodes.emplace_back(
            node_explanation{node, what.first.by.str(), std::move(what.first.says), {}, 0, {}, {}, {}});
        for (auto& one : what.all) told.all_refusals.push_back({one.by.str(), std::move(one.says)});
        return accepted;
    }
    auto columns(candidates<Node> found) { return column_recorder{&out_, found}; }
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
    struct column_recorder {
        explanation* out;
        candidates<Node> found;

        auto raw(std::span<points const> column) const -> void {
            for (std::size_t i = 0; i < found.size(); ++i)
                out->nodes[found.index(i)].raw.push_back(column[i]);
        }
        template <class Leaf>
        auto operator()(Leaf const& leaf, points weight, std::span<points const> column) const -> void {
            out->leaves.push_back(column_name(leaf, weight));
            out->weights.push_back(weight);
            for (std::size_t i = 0; i < found.size(); ++i) {
                auto& node = out->nodes[found.index(i)];
                node.normalised.push_back(column[i]);
                node.columns.push_back(weight * column[i]);
            }
        }
    };

    explanation out_;
    facet_set read_;
    std::uint64_t leaves_ = 0;
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
    auto out = detail::wrapped(policy) + '\n' + rows.text();
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
