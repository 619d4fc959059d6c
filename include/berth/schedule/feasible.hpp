#pragma once

/// \file
/// The nodes that will do, as a range-v3 view that one can go on with. In no umbrella: it brings range-v3.

#include <berth/schedule/check.hpp>
#include <berth/schedule/place.hpp>

#include <range/v3/view/filter.hpp>
#include <range/v3/view/indices.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

namespace berth::schedule {
namespace detail {

/// A filter with all that it prepared for one task, where it can be shared.
template <class Task, class Node, class P> class prepared_filter {
public:
    prepared_filter(Task task, std::span<Node const> nodes, P const& p)
        : task_(std::move(task)),
          filter_(p.filter),
          shared_(p.prepare(task_, nodes)),
          state_(detail::prepare(filter_, task_, nodes, shared_)) {}
    prepared_filter(prepared_filter const&) = delete; // the state may refer to what is shared
    auto operator=(prepared_filter const&) -> prepared_filter& = delete;

    [[nodiscard]] auto operator()(Node const& node) const -> bool {
        return detail::accepts(filter_, task_, node, state_);
    }

private:
    using filter = std::remove_cvref_t<decltype(P::filter)>;
    using shared = shared_of<P, Task, Node>;

    Task task_;
    filter filter_;
    shared shared_;
    state_of<filter, Task, Node, shared> state_;
};

template <class Task, class Node, class P>
auto feasible(Task const& task, std::span<Node const> nodes, P const& p) {
    auto const will_do = std::make_shared<prepared_filter<Task, Node, P> const>(task, nodes, p);
    return ranges::views::indices(nodes.size()) |
           ranges::views::filter([will_do, nodes](std::size_t i) { return (*will_do)(nodes[i]); });
}

} // namespace detail

/// The indices of the nodes that pass the profile's filter for a task, ascending, as a view:
/// `feasible(task, hosts, batch) | ranges::views::take(3)` asks about no more nodes than it takes to find
/// three. The filter is prepared at once, for all nodes, and each node is asked when the view comes to it.
/// The nodes must outlive the view; task and filter are copied. Allocates one state.
template <class Task, class Nodes, class Profile>
[[nodiscard]] auto feasible(Task const& task, Nodes const& nodes, Profile const& profile) {
    constexpr auto in_a_row = detail::contiguous<Nodes>;
    static_assert(in_a_row, "feasible: the nodes must be a vector, an array or a span");
    if constexpr (in_a_row) {
        using node = detail::node_of<Nodes>;
        constexpr auto good = detail::check_profile<Profile, Task, node>();
        if constexpr (good) return detail::feasible(task, std::span<node const>(nodes), profile);
    }
}

} // namespace berth::schedule
