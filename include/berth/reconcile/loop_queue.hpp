#pragma once

/// \file
/// The queue of a loop.

#include <berth/object/meta.hpp>
#include <berth/reconcile/causes.hpp>
#include <berth/reconcile/priority_turns.hpp>
#include <berth/reconcile/shared_queue.hpp>

namespace berth::reconcile {
namespace detail {

/// What was only found when the caches began comes after what has happened since.
struct loop_priority {
    key_priority of;

    auto operator()(object::key const& k, causes const& why) const -> int {
        return of ? of(k, why) : why.news ? 1 : 0;
    }
};

} // namespace detail

/// Keys, by what is important about them, with the causes for which they wait.
class loop_queue
    : public shared_queue<object::key, key_hash, causes, priority_turns<detail::loop_priority, 4>> {
public:
    using shared_queue::shared_queue;
};

} // namespace berth::reconcile
