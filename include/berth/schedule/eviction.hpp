#pragma once

/// \file
/// Making room: what `.preempt` answers, and what it may ask.

#include <berth/schedule/filter.hpp>
#include <berth/schedule/verdict.hpp>

#include <cstddef>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule {

/// Who leaves which node so that a task can go there. A value: nothing has happened yet. A victim is whatever
/// names a task on a node: an index, a name, a handle.
template <class Victim> struct eviction {
    using victim = Victim;

    std::size_t node = 0;        ///< index into the nodes that were offered
    std::vector<Victim> victims; ///< who leaves it

    friend auto operator==(eviction const&, eviction const&) -> bool = default;
};

/// The victim of a profile that evicts nobody.
struct nobody {
    friend constexpr auto operator==(nobody, nobody) -> bool = default;
};

/// The outlook of a decision: what is expected of the nodes beyond what they are. This one expects nothing;
/// one that does says `static constexpr bool looks_ahead = true;` and has two members:
/// * `expected(task, index, node const&) -> std::optional<node>`: the node with those who were promised a
///   place on it, as far as the task must respect them; nothing if there are none;
/// * `promised(task) -> std::optional<index>`: the node on which the task itself was promised a place.
/// For a `placer` it has a third one, `for_each_expecting(visit)`, which calls `visit(index)` for each node
/// that anybody was promised a place on; to tasks of one class the same is expected of each node but that
/// which was promised to the task itself; and where that changes, the placer is told that the node has
/// changed.
struct as_they_are {};

namespace detail {

template <class Outlook> inline constexpr bool looks_ahead = requires { requires Outlook::looks_ahead; };

} // namespace detail

/// The filter of a decision, to be asked about nodes as they would be: `what_if(i, emptied)` is the verdict
/// on node `i` if it had the value `emptied` and all others were as they are; where others are expected, with
/// them and without them. A filter that reads one node is asked at the cost of one look; one that surveys the
/// cluster has its state advanced; or else, if it does not say how, prepared anew, for which the nodes are
/// copied once.
template <class Filter, class State, class Task, class Node, class Prepare, class Outlook = as_they_are>
class what_if {
public:
    constexpr what_if(Filter const& filter, State const& state, Task const& task, std::span<Node const> nodes,
                      Prepare const& prepare, Outlook const& outlook)
        : filter_(&filter),
          state_(&state),
          task_(&task),
          nodes_(nodes),
          prepare_(&prepare),
          outlook_(&outlook) {}

    [[nodiscard]] auto operator()(std::size_t node, Node const& as) const -> verdict {
        if constexpr (detail::looks_ahead<Outlook>) {
            auto crowded = with_expected(node, as);
            if (!crowded.says.accepted()) return std::move(crowded.says);
        }
        return alone(node, as).says;
    }
    /// The same for the node with those who are expected on it; accepted if there are none.
    template <class Universe = detail::no_universe>
    [[nodiscard]] auto with_expected(std::size_t node, Node const& as) const -> detail::told {
        auto const crowded = outlook_->expected(*task_, node, as);
        return crowded ? alone<Universe>(node, *crowded) : detail::told{};
    }
    /// What the filter says of the node with this value, whoever is expected.
    template <class Universe = detail::no_universe>
    [[nodiscard]] auto alone(std::size_t node, Node const& as) const -> detail::told {
        if constexpr (sees_one_node) {
            return detail::report<Universe>(*filter_, *task_, as, *state_);
        } else if constexpr (detail::follows_changes<Filter, Task, Node, shared_type>()) {
            return detail::report<Universe>(*filter_, *task_, as,
                                            detail::advance(*filter_, *state_, *task_,
                                                            change<Node>{node, nodes_[node], as, true},
                                                            nodes_, detail::shared_nothing));
        } else {
            if (copy_.empty()) copy_.assign(nodes_.begin(), nodes_.end());
            copy_[node] = as;
            auto const all = std::span<Node const>(copy_);
            auto const shared = (*prepare_)(*task_, all);
            auto says = detail::report<Universe>(*filter_, *task_, copy_[node],
                                                 detail::advance(*filter_, *state_, *task_,
                                                                 change<Node>{node, nodes_[node], as, true},
                                                                 all, shared));
            copy_[node] = nodes_[node];
            return says;
        }
    }

private:
    using shared_type = std::remove_cvref_t<decltype(std::declval<Prepare const&>()(
        std::declval<Task const&>(), std::declval<std::span<Node const>>()))>;
    static constexpr bool sees_one_node =
        std::is_same_v<shared_type, detail::nothing> && !detail::prepares_from_nodes<Filter, Task, Node>();

    Filter const* filter_;
    State const* state_;
    Task const* task_;
    std::span<Node const> nodes_;
    Prepare const* prepare_;
    Outlook const* outlook_;
    mutable std::vector<Node> copy_;
};

namespace detail {

template <class T> inline constexpr bool is_possible_eviction = false;
template <class V> inline constexpr bool is_possible_eviction<std::optional<eviction<V>>> = true;
template <class V> inline constexpr bool is_possible_eviction<std::expected<eviction<V>, std::string>> = true;

} // namespace detail
} // namespace berth::schedule
