#pragma once

/// \file
/// The watch of `store::memory`: a position in its log.

#include <berth/core/error.hpp>
#include <berth/core/step.hpp>
#include <berth/store/detail/memory_state.hpp>
#include <berth/store/errors.hpp>
#include <berth/store/range_signal.hpp>
#include <berth/store/watch.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <utility>
#include <vector>

namespace berth::store {

/// Follows the log of a `memory<V>`, which all cursors share; see `watch_cursor`. Its store may be destroyed
/// first: the history lives until the last cursor goes. One thread at a time may use it.
template <class V> class memory_cursor {
public:
    /// For `memory::watch`, which has taken the lock and checked the start.
    memory_cursor(std::shared_ptr<detail::memory_state<V>> store, watch_request request)
        : store_(std::move(store)), request_(std::move(request)) {
        auto const& versions = store_->versions;
        if (request_.key.empty()) request_.key = smallest_key;
        progress_ = request_.start > 0 ? request_.start - 1 : versions.visible();
        position_ = versions.position_of(progress_ + 1);
    }

    /// The next events, about `at_most` of them: a revision is never divided, so the last one may exceed
    /// that. None: nothing more has happened yet. Error `expired`: what comes next has been compacted away.
    ///
    /// When there is nothing new it takes no lock and allocates nothing.
    [[nodiscard]] auto next(std::size_t at_most = 1'000) -> batch<V> {
        auto out = std::vector<event<V>>{};
        begin_look();
        do {
            store_->await_change();
            if (store_->oldest.load() > progress_ + 1) return errors::compacted();
            if (store_->newest.load() <= progress_) break;
            auto const lock = std::shared_lock(store_->mutex);
            if (store_->versions.compacted() > progress_ + 1) return errors::compacted();
            scan(at_most, out);
        } while (out.empty());
        is_drained_ = out.empty();
        return out;
    }

    /// See `watch_cursor`. With a waker, what was written elsewhere while it waited costs `next` nothing.
    auto on_wake(waker w) -> void {
        is_drained_ = false;
        woken_ = w == waker{} ? range_signal::subscription() : store_->watched.subscribe(request_.keys(), w);
        if (woken_ && store_->newest.load() > progress_) woken_.notify();
    }

    /// Every event that was asked for up to this revision has been delivered, and none beyond it.
    [[nodiscard]] auto progress() const -> revision_number { return progress_; }

private:
    /// How many log entries are looked at in one go while the store is locked against writers.
    static constexpr std::uint64_t stretch = 4'096;
    /// For how many events there is room at first, if there may be so many.
    static constexpr std::size_t first_batch = 64;

    /// Wants to be woken by what the look does not find. What was written since a look that found nothing,
    /// and before the waker was called, is none of this cursor's concern: that can be passed over, even if it
    /// is compacted.
    auto begin_look() -> void {
        if (!woken_) return;
        if (std::exchange(is_drained_, false) && store_->newest.load() > progress_) {
            auto const lock = std::shared_lock(store_->mutex); // no write is half announced now
            auto const& versions = store_->versions;
            auto const since = woken_.concerned_since();
            auto const quiet = since == 0 ? versions.visible() : since - 1;
            if (progress_ < quiet) {
                progress_ = quiet;
                position_ = since == 0 ? versions.visible_end() : versions.position_of(since);
            }
        }
        woken_.arm();
    }

    /// Moves on by whole revisions until there are enough events, the stretch is walked, or the log ends.
    auto scan(std::size_t at_most, std::vector<event<V>>& out) -> void {
        auto const& versions = store_->versions;
        auto const end = versions.visible_end();
        position_ = std::max(position_, versions.log_begin());
        auto const tired = position_ + stretch;
        auto inside = progress_; // the revision of the last entry looked at
        for (; position_ != end; ++position_) {
            auto& r = versions.log_at(position_);
            if (r.mod <= progress_) continue;
            if (r.mod > inside && (position_ >= tired || out.size() >= at_most)) {
                progress_ = std::max(progress_, r.mod - 1);
                return;
            }
            inside = r.mod;
            if (!wants(r)) continue;
            if (out.empty())
                out.reserve(std::min({at_most, static_cast<std::size_t>(end - position_), first_batch}));
            out.push_back(event_of(r));
        }
        progress_ = std::max(progress_, versions.visible());
    }

    [[nodiscard]] auto wants(detail::record<V> const& r) const -> bool {
        if (r.is_live() ? request_.skip_puts : request_.skip_deletes) return false;
        return request_.keys().contains(r.key->view());
    }

    [[nodiscard]] auto event_of(detail::record<V>& r) const -> event<V> {
        auto out = event<V>{r.is_live() ? event_type::put : event_type::erase, pair_of(r), {}};
        if (!request_.want_previous || r.mod <= store_->versions.compacted()) return out;
        auto* before = r.previous;
        while (before != nullptr && before->mod == r.mod) before = before->previous;
        if (before != nullptr && before->is_live()) out.previous = pair_of(*before);
        return out;
    }
    [[nodiscard]] auto pair_of(detail::record<V>& r) const -> key_value<V> {
        return key_value<V>::adopt(store_->versions.readable(r));
    }

    std::shared_ptr<detail::memory_state<V>> store_;
    watch_request request_;
    std::uint64_t position_ = 0; ///< in the log: the next entry to look at
    revision_number progress_ = 0;
    bool is_drained_ = false; ///< nothing that was asked for came up to `progress_`
    range_signal::subscription woken_{};
};

} // namespace berth::store
