#pragma once

/// \file
/// What a `store::memory` and its cursors share: the history, its lock, and the word that something changed.

#include <berth/core/step.hpp>
#include <berth/store/detail/history.hpp>
#include <berth/store/detail/writer_first_mutex.hpp>
#include <berth/store/fwd.hpp>
#include <berth/store/range_signal.hpp>

#include <atomic>
#include <cstdint>

namespace berth::store::detail {

template <class V> struct memory_state {
    writer_first_mutex mutex;
    history<V> versions;                    ///< guarded by `mutex`
    std::atomic<revision_number> newest{1}; ///< `versions.visible()`, for a look without the lock
    std::atomic<revision_number> oldest{0}; ///< `versions.compacted()`, likewise
    std::atomic<bool> awaited{false};       ///< whether anybody read since `changed` was last notified
    wake_signal changed;
    range_signal watched; ///< the cursors that have a waker
    wake_signal leased;   ///< the next deadline of a lease may be another one

    /// Notes that somebody looks at the store now and may want to hear of the next change. Comes before the
    /// look: then either the look sees a change, or the change sees this note.
    auto await_change() -> void {
        if (!awaited.load()) awaited.store(true);
    }

    /// Lets readers see the writes up to a position of the log. Call with the lock held, and the answer to
    /// `announce` without it.
    auto publish(std::uint64_t end) -> range_signal::found {
        auto const begin = versions.visible_end();
        versions.publish(end);
        newest.store(versions.visible());
        return watched.find([&](auto visit) {
            for (auto i = begin; i != end; ++i) {
                auto const& r = versions.log_at(i);
                visit(r.key->view(), r.mod);
            }
        });
    }

    /// Wakes those who wait, if somebody has looked since they were last woken. Call without the lock.
    auto announce() -> void {
        if (awaited.load() && awaited.exchange(false)) changed.notify();
    }
    /// Announces what was published since the newest revision was `before`.
    auto announce_since(revision_number before, range_signal::found const& concerned) -> void {
        if (newest.load() == before) return;
        announce();
        concerned.notify();
    }
};

} // namespace berth::store::detail
