#pragma once

/// \file
/// What a client knows of an etcd without asking, and who wants to hear of news.

#include <berth/core/config.hpp>
#include <berth/core/step.hpp>
#include <berth/store/fwd.hpp>
#include <berth/store/key_range.hpp>
#include <berth/store/range_signal.hpp>

#include <atomic>

namespace berth::store::detail {

/// Raises a number to another, if that is greater.
BERTH_DECL auto raise(std::atomic<revision_number>& number, revision_number to) -> void;

/// Shared by the store, its cursors and the feed.
class etcd_knowledge {
public:
    /// The newest revision that an answer told of.
    [[nodiscard]] auto revision() const -> revision_number { return newest_.load(); }
    /// The greatest compacted revision heard of; 0 for none.
    [[nodiscard]] auto compacted() const -> revision_number { return compacted_.load(); }
    /// The newest revision that certainly changed a key of the watched root.
    [[nodiscard]] auto rooted() const -> revision_number { return rooted_.load(); }

    auto saw(revision_number at) -> void { raise(newest_, at); }
    auto saw_compacted(revision_number at) -> void { raise(compacted_, at); }
    auto saw_rooted(revision_number at) -> void { raise(rooted_, at); }

    /// Notes that somebody looks, and may want to hear of the next change. Comes before the look.
    auto await_change() -> void {
        if (!awaited_.load()) awaited_.store(true);
    }
    /// Wakes those who wait, if somebody has looked since they were last woken.
    auto announce() -> void {
        if (awaited_.load() && awaited_.exchange(false)) changed.notify();
    }

    /// Wakes them, and the cursors that follow a key of a range that was written.
    auto announce(key_range keys, revision_number at) -> void {
        announce();
        watched.find_in(keys, at).notify();
    }

    wake_signal changed;
    range_signal watched; ///< the cursors that have a waker

private:
    std::atomic<revision_number> newest_{1};
    std::atomic<revision_number> compacted_{0};
    std::atomic<revision_number> rooted_{0};
    std::atomic<bool> awaited_{false};
};

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/etcd/knowledge.ipp>
#endif
