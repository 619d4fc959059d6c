#pragma once

/// \file
/// The whole life of a placement over nodes held in memory: admit, place, make room, reserve,
/// permit, bind. `attempt` does it for one task, `place_all` for many in the profile's order.

#include <berth/schedule/place.hpp>
#include <berth/schedule/queue.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace berth::schedule {

/// Where an attempt ended.
enum class step : std::uint8_t { enqueue, place, permit, bind };

/// Why an attempt failed. The nodes are as they were before it.
struct failure {
    step at = step::place; ///< which extension point said no
    std::string why;       ///< in one sentence
    refusal refused;       ///< every node's refusal, when `at` is `step::place`
};

namespace detail {

template <class Task, class Node, class P>
auto place_or_make_room(Task const& task, std::span<Node> nodes, P const& p, workspace& work)
    -> std::expected<placement, refusal> {
    auto const seen = std::span<Node const>(nodes);
    auto where = schedule::place(task, seen, p, work);
    if constexpr (std::same_as<decltype(P::preempt), defaults::nobody_leaves>) {
        return where;
    } else {
        if (where) return where;
        auto proposal = p.preempt(task, seen, where.error());
        static_assert(
            requires { nodes[proposal->index] = proposal->node; },
            "attempt: profile.preempt must return std::optional<schedule::vacancy<node>>");
        if (!proposal) return where;
        auto before = std::exchange(nodes[proposal->index], std::move(proposal->node));
        auto again = schedule::place(task, seen, p, work);
        if (!again) nodes[proposal->index] = std::move(before);
        return again;
    }
}

template <class Task, class Node, class P>
auto attempt(Task const& task, std::span<Node> nodes, P const& p, workspace& work)
    -> std::expected<placement, failure> {
    if (auto const says = admit(task, p); !says.accepted()) {
        return std::unexpected(failure{step::enqueue, says.text(), {}});
    }
    auto where = place_or_make_room(task, nodes, p, work);
    if (!where) {
        auto why = where.error().summary();
        return std::unexpected(failure{step::place, std::move(why), std::move(where.error())});
    }
    auto& node = nodes[where->node];
    constexpr auto may_fail = !std::same_as<decltype(P::permit), defaults::permitted> ||
                              !std::same_as<decltype(P::bind), defaults::nobody_to_tell>;
    if constexpr (!may_fail) {
        p.reserve(task, node);
    } else {
        auto before = node;
        p.reserve(task, node);
        if (auto const says = p.permit(task, std::as_const(node)); !says.accepted()) {
            node = std::move(before);
            return std::unexpected(failure{step::permit, says.text(), {}});
        }
        if (auto const told = p.bind(task, std::as_const(node)); !told) {
            node = std::move(before);
            return std::unexpected(failure{step::bind, told.error().message, {}});
        }
    }
    return *where;
}

} // namespace detail

/// One attempt to place a task on `nodes`, which are changed by `profile.reserve` when it succeeds.
/// The order is: enqueue, place (with preempt where no node will do), reserve, permit, bind. A
/// refusal after the reservation takes it back; room that was made stays made.
template <class Task, class Nodes, class Profile>
auto attempt(Task const& task, Nodes& nodes, Profile const& profile, workspace& work)
    -> std::expected<placement, failure> {
    auto const all = std::span(nodes);
    using node = typename decltype(all)::element_type;
    constexpr auto good = detail::check_profile<Profile, Task, node>();
    if constexpr (good) return detail::attempt(task, std::span<node>(all), profile, work);
    return std::unexpected(failure{});
}

/// Attempts every task once, in the order of `profile.order`, and tells `observe(task index,
/// outcome)` after each. Returns how many were placed.
template <class Tasks, class Nodes, class Profile, class Observe>
auto place_all(Tasks const& tasks, Nodes& nodes, Profile const& profile, Observe observe) -> std::size_t {
    auto work = workspace{};
    auto placed = std::size_t{0};
    auto const all = std::span(tasks);
    for (auto const i : ordered(all, profile)) {
        auto const outcome = schedule::attempt(all[i], nodes, profile, work);
        placed += outcome ? 1 : 0;
        observe(i, outcome);
    }
    return placed;
}

} // namespace berth::schedule
