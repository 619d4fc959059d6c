#pragma once

/// \file
/// Where a task stands after the cycle has taken it on.

#include <berth/core/error.hpp>
#include <berth/core/time.hpp>
#include <berth/schedule/eviction.hpp>
#include <berth/schedule/permission.hpp>
#include <berth/schedule/place.hpp>
#include <berth/schedule/refusal.hpp>

#include <cstdint>
#include <string>

namespace berth::schedule {

/// Which extension point had the last word.
enum class stage : std::uint8_t {
    gated,      ///< `.enqueue` said no
    refused,    ///< no node will do, and `.preempt` knew no room
    evicting,   ///< no node will do, but room can be made: the caller evicts, then tries again
    waiting,    ///< reserved; `.permit` waits for others
    denied,     ///< `.reserve` or `.permit` said no, or waited too long: released
    preparing,  ///< reserved and permitted; `.pre_bind` waits for the world
    unprepared, ///< `.pre_bind` said no, or waited too long: released
    binding,    ///< `.bind` is on its way: the reservation is kept until its answer is told
    bound,      ///< the task has its node
    unbound,    ///< `.bind` failed: released
    in_doubt,   ///< nobody knows whether `.bind` was heard: the reservation is kept until somebody does
};

/// Why an attempt did not end in a bind. Unless it is kept (`waiting`, `preparing`, `binding`,
/// `in_doubt`), the reservation is released.
template <class Victim = nobody> struct failure {
    stage at = stage::refused; ///< which extension point said so
    std::string why{};         ///< in one sentence or two: why no node will do, and why no room can be made
    refusal refused{};         ///< every node's refusal, when `at` is `refused` or `evicting`
    eviction<Victim> room{};   ///< who leaves which node, when `at` is `evicting`
    placement where{};         ///< the place that was found, from `waiting` on
    duration limit{};          ///< how long it waits at most, when `at` is `waiting` or `preparing`
    error_code code{}; ///< of the error of `.pre_bind` or `.bind`, when `at` is `unprepared`, `unbound` or
                       ///< `in_doubt`
};

/// What a shell adds at the points where the world begins: books of its own, kept beside those of `.reserve`
/// and `.release`; what it must do before a bind (`pre_bind -> permission`), which is asked before that of
/// the profile and like it; and how to bind under a profile that does not say: `-> result<void>`, or
/// `-> std::optional<result<void>>`, where nothing means that `cycle::told` will be told. It may be an
/// outlook too (see `as_they_are`). One that remembers has `decide(profile, task, nodes)`, which returns what
/// `placer::decide` does, or nothing where it does not know. This one adds nothing.
struct no_shell {
    template <class Task, class Node> constexpr auto reserve(Task const&, Node&) const -> void {}
    template <class Task, class Node> constexpr auto release(Task const&, Node&) const -> void {}
    template <class Task, class Node> constexpr auto pre_bind(Task const&, Node const&) const -> permission {
        return accept;
    }
    template <class Task, class Node> constexpr auto bind(Task const&, Node const&) const -> result<void> {
        return {};
    }
};

} // namespace berth::schedule
