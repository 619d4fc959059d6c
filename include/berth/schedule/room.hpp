#pragma once

/// \file
/// Room made node by node: a `.preempt` that asks what each node would cost, and takes the cheapest.
///
/// ```cpp
/// struct fewest_lost {
///     using offer = schedule::offer<int, job>;   // how many leave; and who
///     template <class Ask>
///     auto look(job const& j, host const& h, Ask const& ask) const
///         -> std::expected<offer, schedule::verdict> {
///         if (!ask(without_lesser(h, j)).accepted()) return std::unexpected(schedule::reject("no use"));
///         ...
///     }
/// };
/// constexpr auto policy = schedule::profile{.filter = fits,
///                                           .preempt = schedule::room_by_node{fewest_lost{}}};
/// ```
/// As each node is looked at for itself, a `placer` keeps what it offers until the node changes.
///
/// **A leaf** has a type `offer`, and `look(task, node, ask) -> std::expected<offer, verdict>`: what room on
/// this node costs and who leaves it, or why none can be made. `ask(as)` is the verdict of the filter on the
/// node if it had the value `as` (`what_if`). Only nodes that have rejected the task are looked at, not those
/// that are ruled out. `look` must be a pure function of the node, of what the filter answers, and of what
/// all tasks of one class have in common (see `placer.hpp`). If it likes, a leaf has
/// * `may(task, nodes, how) -> std::expected<void, std::string>`: whether anybody may leave for this task at
///   all, or a sentence why not; `how(i)` is the grade of the refusal of a node;
/// * `enough(rejected) -> std::size_t`: how many offers are enough, of so many nodes that have rejected the
///   task: the nodes are looked at in their order until there are so many, and one that is harmless;
/// * `harmless(cost) -> bool`; if it is not said, all offers are.

#include <berth/schedule/eviction.hpp>
#include <berth/schedule/refusal.hpp>
#include <berth/schedule/verdict.hpp>

#include <concepts>
#include <cstddef>
#include <expected>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule {

/// What room on one node costs, the less the better; and who leaves it.
template <std::totally_ordered Cost, class Victim> struct offer {
    using cost_type = Cost;
    using victim_type = Victim;

    Cost cost{};
    std::vector<Victim> victims;
};

namespace detail {

/// What a leaf asks about its node.
template <class Node> struct no_answer {
    auto operator()(Node const&) const -> verdict { return {}; }
};
template <class Leaf, class Task, class Node>
concept looks_for_room = requires(Leaf const& leaf, Task const& task, Node const& node) {
    typename Leaf::offer;
    {
        leaf.look(task, node, no_answer<Node>())
    } -> std::same_as<std::expected<typename Leaf::offer, verdict>>;
};

template <class Leaf, class Task, class Node, class How>
auto may_make_room(Leaf const& leaf, Task const& task, std::span<Node const> nodes, How const& how)
    -> std::expected<void, std::string> {
    if constexpr (requires { leaf.may(task, nodes, how); }) return leaf.may(task, nodes, how);
    else return {};
}
template <class Leaf> auto enough_offers(Leaf const& leaf, std::size_t rejected) -> std::size_t {
    if constexpr (requires { leaf.enough(rejected); }) return leaf.enough(rejected);
    else return std::numeric_limits<std::size_t>::max();
}
template <class Leaf, class Cost> auto is_harmless(Leaf const& leaf, Cost const& cost) -> bool {
    if constexpr (requires { leaf.harmless(cost); }) return leaf.harmless(cost);
    else return true;
}
/// Of a node on which nobody is looked for.
inline constexpr auto no_use = rule_out("Preemption is not helpful for scheduling");

/// Why there is no room anywhere, in one sentence; none where the leaf has none.
inline auto no_room(std::string_view why) -> std::string {
    return why.empty() ? std::string() : "preemption: " + std::string(why);
}

} // namespace detail

/// A `.preempt` by a leaf that looks at one node at a time: the cheapest offer, the first of equals. Linear
/// in the nodes; where a `placer` decides, in those that have changed. Its sentence where there is no room is
/// that of kube-scheduler (kubernetes 1.36, `pkg/scheduler/framework/preemption`).
template <class Leaf> struct room_by_node {
    [[no_unique_address]] Leaf leaf{};

    using victim = typename Leaf::offer::victim_type;

    template <class Task, class Node, class Ask>
    auto operator()(Task const& task, std::span<Node const> nodes, refusal const& why, Ask const& ask) const
        -> std::expected<eviction<victim>, std::string> {
        constexpr auto fits = detail::looks_for_room<Leaf, Task, Node>;
        static_assert(fits, "room_by_node: its leaf needs a type offer, and look(task const&, node const&, "
                            "ask const&) -> std::expected<offer, verdict>");
        if constexpr (fits) return search(task, nodes, why, ask);
        else return std::unexpected(std::string());
    }

private:
    template <class Task, class Node, class Ask>
    auto search(Task const& task, std::span<Node const> nodes, refusal const& why, Ask const& ask) const
        -> std::expected<eviction<victim>, std::string> {
        auto const how = [&](std::size_t i) { return why.refused[i].says.how(); };
        if (auto const may = detail::may_make_room(leaf, task, nodes, how); !may)
            return std::unexpected(detail::no_room(may.error()));
        auto elsewhere = refusal{.nodes = why.nodes, .refused = {}, .alike = {}};
        auto best = std::optional<typename Leaf::offer>();
        auto where = std::size_t{0};
        auto offers = std::size_t{0};
        auto harmless = false;
        auto const enough = detail::enough_offers(leaf, rejected(why));
        for (std::size_t i = 0; i < why.refused.size() && !(harmless && offers >= enough); ++i) {
            auto found = look(task, nodes, i, how(i), ask);
            if (!found) {
                elsewhere.refused.push_back({i, "preempt", std::move(found.error())});
                continue;
            }
            ++offers;
            harmless = harmless || detail::is_harmless(leaf, found->cost);
            if (best && !(found->cost < best->cost)) continue;
            best = *std::move(found);
            where = i;
        }
        if (!best) return std::unexpected(detail::no_room(elsewhere.summary()));
        return eviction<victim>{where, std::move(best->victims)};
    }
    static auto rejected(refusal const& why) -> std::size_t {
        auto out = std::size_t{0};
        for (auto const& r : why.refused) out += r.says.how() == grade::rejected ? 1 : 0;
        return out;
    }
    template <class Task, class Node, class Ask>
    auto look(Task const& task, std::span<Node const> nodes, std::size_t i, grade how, Ask const& ask) const
        -> std::expected<typename Leaf::offer, verdict> {
        if (how != grade::rejected) return std::unexpected(detail::no_use);
        return leaf.look(task, nodes[i], [&](Node const& as) { return ask(i, as); });
    }
};
template <class Leaf> room_by_node(Leaf) -> room_by_node<Leaf>;

namespace detail {
template <class Preempt> inline constexpr bool is_room_by_node = false;
template <class Leaf> inline constexpr bool is_room_by_node<room_by_node<Leaf>> = true;
} // namespace detail

} // namespace berth::schedule
