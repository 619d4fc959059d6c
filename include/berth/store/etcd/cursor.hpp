#pragma once

/// \file
/// The watch of `basic_etcd`: a position in the log that the store's one feed fills.

#include <berth/core/error.hpp>
#include <berth/core/step.hpp>
#include <berth/store/errors.hpp>
#include <berth/store/etcd/event_log.hpp>
#include <berth/store/etcd/event_source.hpp>
#include <berth/store/etcd/state.hpp>
#include <berth/store/range_signal.hpp>
#include <berth/store/watch.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace berth::store {

/// Follows an etcd; see `watch_cursor` and `basic_etcd::watch`. While it is behind the shared log it has a
/// connection of its own; then it is but a position. Its store may be destroyed first. One thread at a time
/// may use it.
template <class V, class Codec> class etcd_cursor {
public:
    /// For `basic_etcd::watch`.
    etcd_cursor(std::shared_ptr<detail::etcd_state<V, Codec>> store, watch_request request,
                revision_number progress)
        : store_(std::move(store)), request_(std::move(request)), progress_(progress) {
        if (request_.key.empty()) request_.key = smallest_key;
    }

    /// The next events, about `at_most` of them: a revision is never divided, so the last one may exceed
    /// that. None: nothing more has happened that this client could know of. If it has seen a newer revision
    /// in any answer, it waits for its events. Errors: `expired`; `unavailable` if the events do not come
    /// before the deadline: ask again; `internal` if a value cannot be decoded.
    [[nodiscard]] auto next(std::size_t at_most = 1'000) -> batch<V> {
        auto const until = store_->client.deadline();
        auto const& log = store_->feed->log;
        auto out = std::vector<event<V>>{};
        auto polled = false;
        begin_look(until);
        store_->known.await_change();
        progress_ = std::max(progress_, first_revision);
        while (out.empty() || out.size() < at_most) {
            auto done = result<void>{};
            if (store_->known.compacted() > progress_ + 1) {
                done = errors::compacted();
            } else if (progress_ + 1 < log.floor()) {
                done = catch_up(at_most, until, out);
            } else if (auto const wanted = wanted_for(at_most);
                       log.reached() < wanted && progress_ < wanted) {
                done = store_->feed->pump(wanted, until);
                if (!done && log.reached() > progress_) done = pull(at_most, out);
            } else if (log.reached() > progress_) {
                done = pull(at_most, out);
            } else if (!polled && out.empty()) {
                done = store_->feed->poll();
                polled = true;
            } else {
                break;
            }
            if (!done && out.empty()) return std::unexpected(std::move(done.error()));
            if (!done) break;
        }
        is_drained_ = out.empty();
        return out;
    }

    /// See `watch_cursor`. That other clients have written is known, and told, when somebody reads the watch
    /// that all cursors share: see `basic_etcd::run`.
    auto on_wake(waker w) -> void {
        is_drained_ = false;
        woken_ =
            w == waker{} ? range_signal::subscription() : store_->known.watched.subscribe(request_.keys(), w);
        if (woken_ && (store_->news() > progress_ || store_->feed->log.reached() > progress_))
            woken_.notify();
    }

    /// Every event that was asked for up to this revision has been delivered, and none beyond it.
    [[nodiscard]] auto progress() const -> revision_number { return progress_; }

private:
    static constexpr revision_number first_revision = 1; ///< of an empty store: nothing happened there

    /// The cursor's own watch of what the log has forgotten, or never had.
    struct history {
        detail::event_source<V, Codec> source;
        detail::event_batch<V> batch{};
        std::size_t position = 0; ///< in the batch
    };

    /// Wants to be woken by what the look does not find. What the log has taken in since a look that found
    /// nothing, and before the waker was called, is none of this cursor's concern.
    auto begin_look(net::instant until) -> void {
        if (!woken_) return;
        if (std::exchange(is_drained_, false)) {
            // The log may come to what has been compacted meanwhile, though the cursor could not.
            if (auto const gone = store_->known.compacted(); gone > progress_ + 1)
                static_cast<void>(store_->feed->pump(std::min(gone, store_->news()), until));
            progress_ = std::max(progress_, store_->feed->log.quiet_until(woken_));
        }
        woken_.arm();
    }

    auto pull(std::size_t at_most, std::vector<event<V>>& out) -> result<void> {
        history_.reset();
        auto got = store_->feed->log.pull(progress_, request_, at_most - std::min(at_most, out.size()));
        if (!got) return std::unexpected(std::move(got.error()));
        progress_ = got->progress;
        std::ranges::move(got->events, std::back_inserter(out));
        return {};
    }

    /// To which revision the log must come for a full answer, or for all that is known to have happened.
    [[nodiscard]] auto wanted_for(std::size_t at_most) const -> revision_number {
        constexpr auto greatest = std::size_t{100'000};
        return std::min(store_->news(),
                        progress_ + static_cast<revision_number>(std::min(at_most, greatest)));
    }

    auto catch_up(std::size_t at_most, net::instant until, std::vector<event<V>>& out) -> result<void> {
        if (auto const kept = store_->kept_events(progress_ + 1); kept && !history_) {
            auto const taken = detail::take_events(*kept, 0, request_, at_most, out);
            if (!taken) return std::unexpected(taken.error());
            ++progress_;
            return {};
        }
        if (!history_) history_.reset(new history{.source = {store_->settings(), progress_}});
        auto& h = *history_;
        if (h.position == h.batch.events.size()) {
            auto batch = h.source.read(until);
            if (!batch) return std::unexpected(std::move(batch.error()));
            if (batch->reached == 0) return late(until);
            h.batch = std::move(*batch);
            h.position = 0;
        }
        auto const end = detail::take_events(h.batch.events, h.position, request_, at_most, out);
        if (!end) return std::unexpected(end.error());
        h.position = *end;
        auto const is_done = h.position == h.batch.events.size();
        progress_ = is_done ? h.batch.reached : h.batch.events[h.position].revision() - 1;
        return {};
    }

    [[nodiscard]] static auto late(net::instant until) -> result<void> {
        if (net::steady_clock::now() < until) return {};
        return fail(error_code::unavailable, "etcd: the history of a watch does not come");
    }

    std::shared_ptr<detail::etcd_state<V, Codec>> store_;
    watch_request request_;
    revision_number progress_;
    std::unique_ptr<history> history_{};
    bool is_drained_ = false; ///< nothing that was asked for came up to `progress_`
    range_signal::subscription woken_{};
};

} // namespace berth::store
