#pragma once

/// \file
/// Making room: what `.preempt` answers, and what it may ask.

#include <berth/schedule/filter.hpp>
#include <berth/schedule/verdict.hpp>

#include <cstddef>
#include <optional>
#include <span>
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

/// The filter of a decision, to be asked about nodes as they would be: `what_if(i, emptied)` is the verdict
/// on node `i` if it had the value `emptied` and all others were as they are. A filter that reads one node is
/// asked at the cost of one look; one that surveys the cluster has its state advanced, or else prepared anew,
/// for which the nodes are copied once.
template <class Filter, class State, class Task, class Node, class Prepare> class what_if {
public:
    what_if(Filter const& filter, State const& state, Task const& task, std::span<Node const> nodes,
            Prepare const& prepare)
        : filter_(&filter), state_(&state), task_(&task), nodes_(nodes), prepare_(&prepare) {}

    [[nodiscard]] auto operator()(std::size_t node, Node const& as) const -> verdict {
        if constexpr (sees_one_node) {
            return judge(as, *state_);
        } else {
            if (copy_.empty()) copy_.assign(nodes_.begin(), nodes_.end());
            copy_[node] = as;
            auto const all = std::span<Node const>(copy_);
            auto const shared = (*prepare_)(*task_, all);
            auto says =
                judge(copy_[node], detail::advance(*filter_, *state_, *task_,
                                                   change<Node>{node, nodes_[node], as, true}, all, shared));
            copy_[node] = nodes_[node];
            return says;
        }
    }

private:
    using shared_type = std::remove_cvref_t<decltype(std::declval<Prepare const&>()(
        std::declval<Task const&>(), std::declval<std::span<Node const>>()))>;
    static constexpr bool sees_one_node =
        std::is_same_v<shared_type, detail::nothing> && !detail::prepares_from_nodes<Filter, Task, Node>();

    auto judge(Node const& as, State const& state) const -> verdict {
        return detail::report<detail::no_universe>(*filter_, *task_, as, state).says;
    }

    Filter const* filter_;
    State const* state_;
    Task const* task_;
    std::span<Node const> nodes_;
    Prepare const* prepare_;
    mutable std::vector<Node> copy_;
};

namespace detail {

template <class T> inline constexpr bool is_possible_eviction = false;
template <class V> inline constexpr bool is_possible_eviction<std::optional<eviction<V>>> = true;

} // namespace detail
} // namespace berth::schedule
