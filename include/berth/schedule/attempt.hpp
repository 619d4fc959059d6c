#pragma once

/// \file
/// The whole life of a placement over nodes held in memory, for those who keep no queue: `attempt` does it
/// for one task, `place_all` for many in the profile's order. Who has tasks that come, wait and go takes
/// `cycle`.

#include <berth/schedule/check.hpp>
#include <berth/schedule/detail/walk.hpp>
#include <berth/schedule/queue.hpp>

#include <cstddef>
#include <expected>
#include <span>
#include <utility>

namespace berth::schedule {

/// One attempt to place a task on `nodes`, which are changed by `profile.reserve`. The order is: enqueue,
/// place (or preempt, where no node will do), reserve, permit, bind. A refusal after the reservation releases
/// it.
///
/// Nothing is evicted: who leaves is part of the failure (`stage::evicting`), and the caller tries again when
/// they have left. A reservation that waits (`stage::waiting`, `stage::preparing`) or is in doubt
/// (`stage::in_doubt`) is the caller's, who binds or calls `profile.release`. Allocates nothing but failures,
/// given a workspace that has seen as many nodes.
template <class Task, class Nodes, class Profile>
auto attempt(Task const& task, Nodes& nodes, Profile const& profile, workspace& work) {
    auto const all = std::span(nodes);
    using node = typename decltype(all)::element_type;
    constexpr auto good = detail::check_profile<Profile, Task, node>();
    if constexpr (good) {
        auto shell = no_shell{};
        auto record = detail::no_record{};
        return detail::walk<Profile, no_shell, Task, node>(profile, shell)
            .from_start(task, std::span<node>(all), work, record);
    } else {
        return std::expected<placement, failure<>>(std::unexpect);
    }
}

/// Attempts every task once, in the order of `profile.order`, and tells `observe(task index,
/// outcome)` after each. Where room can be made, `evict(node, eviction)` is asked to make it, and the task is
/// tried a second time. Returns how many were placed.
template <class Tasks, class Nodes, class Profile, class Observe, class Evict>
auto place_all(Tasks const& tasks, Nodes& nodes, Profile const& profile, Observe observe, Evict evict)
    -> std::size_t {
    auto work = workspace{};
    auto placed = std::size_t{0};
    auto const all = std::span(tasks);
    auto const hosts = std::span(nodes);
    for (auto const i : ordered(all, profile)) {
        auto outcome = schedule::attempt(all[i], nodes, profile, work);
        if (!outcome && outcome.error().at == stage::evicting) {
            evict(hosts[outcome.error().room.node], outcome.error().room);
            outcome = schedule::attempt(all[i], nodes, profile, work);
        }
        placed += outcome ? 1 : 0;
        observe(i, std::as_const(outcome));
    }
    return placed;
}

/// The same where nobody is evicted: for profiles without `.preempt`.
template <class Tasks, class Nodes, class Profile, class Observe>
auto place_all(Tasks const& tasks, Nodes& nodes, Profile const& profile, Observe observe) -> std::size_t {
    constexpr auto evicts_nobody = std::same_as<decltype(Profile::preempt), defaults::nobody_leaves>;
    static_assert(evicts_nobody, "place_all: a profile with .preempt needs somebody who evicts: "
                                 "place_all(tasks, nodes, profile, observe, evict)");
    return schedule::place_all(tasks, nodes, profile, std::move(observe), [](auto const&, auto const&) {});
}

} // namespace berth::schedule
