#pragma once

/// \file
/// Leader election through a store's leases: of many candidates one leads, and another does when it is gone.

#include <berth/core/error.hpp>
#include <berth/core/random.hpp>
#include <berth/core/step.hpp>
#include <berth/core/time.hpp>
#include <berth/store/election_options.hpp>
#include <berth/store/fwd.hpp>
#include <berth/store/operations.hpp>
#include <berth/store/types.hpp>
#include <berth/store/versioned_store.hpp>
#include <berth/store/watch.hpp>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace berth::store {

/// A candidate for one leadership, as a component: no threads, no sleeping, time by `step(now)` only.
///
/// Whoever creates the leadership key leads; the key hangs on a lease of the leader's own, so that it
/// vanishes when the leader does (as in etcd's `client/v3/concurrency`), and those who wait watch it. The
/// timing is client-go's (`tools/leaderelection`): the lease is renewed every `retry_period`; a leader that
/// could not renew it for `renew_deadline` steps down by its own clock, which is before the lease can end at
/// the store. So clocks need not agree, only run about equally fast.
///
/// * A lease counts as one's own only if this very object was granted it; a key is one's own only if it hangs
///   on that lease. After an outcome that is unknown it looks before it acts.
/// * A leader that is paused may go on for a moment after its time. What it writes must therefore carry its
///   `token()`: `with_fence(key, token)`.
/// * The worst case from a crash to the next leader is the lease's time and what the store takes to notice;
///   after `resign` the next one leads at once.
///
/// `step`, `drain`, `resign` and `campaign` exclude each other, and may be called from different threads; the
/// listener is called from within them and must not call them. The rest may be called from any thread. The
/// store must outlive it, and should be the bare one, not the fenced one.
template <versioned_store Store> class election {
public:
    using value_type = typename Store::value_type;

    /// A candidate from now on. The options must pass `check`.
    election(Store& store, election_options<value_type> options, leadership_listener listener = {})
        : store_(&store), options_(std::move(options)), listener_(listener), jitter_(options_.seed) {
        assert(check(options_) && "the times of a candidature must leave room for each other: see check()");
    }
    election(election const&) = delete;
    auto operator=(election const&) -> election& = delete;
    /// Ends the campaign, but tells only the listener: the lease runs out by itself. `resign` before, to hand
    /// over at once.
    ~election() { stop(); }

    /// Whether it leads, as the last step found.
    [[nodiscard]] auto is_leader() const -> bool { return token_.load() != 0; }
    /// Whether it leads at a time: false from the moment at which it will have to step down, even if no step
    /// comes.
    [[nodiscard]] auto is_leader(time_point now) const -> bool {
        return is_leader() && now.nanoseconds < until_.load();
    }
    /// The fencing token: the create revision of the leadership key while it leads, else 0. It grows from
    /// leader to leader.
    [[nodiscard]] auto token() const -> revision_number { return token_.load(); }
    /// Who leads, as far as it knows; `V{}` if nobody does.
    [[nodiscard]] auto leader() const -> value_type {
        auto const lock = std::scoped_lock(leader_mutex_);
        return leader_;
    }
    /// Notified when it begins or ceases to lead, and when it sees another leader.
    [[nodiscard]] auto changed() -> wake_signal& { return changed_; }

    auto on_wake(waker w) -> void {
        auto const lock = std::scoped_lock(work_);
        waker_ = w;
        if (cursor_) cursor_->on_wake(w);
    }

    /// Does what is due: at most a few operations of the store.
    auto step(time_point now) -> wake {
        auto const lock = std::scoped_lock(work_);
        if (!wanted_) return release(now);
        pull();
        return is_leader() ? lead(now) : run(now);
    }

    /// Resigns, and is done when the store has heard it.
    auto drain(time_point now) -> std::optional<wake> {
        auto const lock = std::scoped_lock(work_);
        withdraw();
        auto const next = release(now);
        return lease_ == 0 ? std::nullopt : std::optional{next};
    }

    /// Ceases to lead and to be a candidate: first tells the listener, then revokes the lease, and the key
    /// with it. An error means that the store may not have heard it; further steps try again.
    auto resign() -> result<void> {
        auto const lock = std::scoped_lock(work_);
        withdraw();
        auto done = give_back();
        if (!done) waker_();
        return done;
    }

    /// A candidate again, after `resign`.
    auto campaign() -> void {
        auto const lock = std::scoped_lock(work_);
        if (std::exchange(wanted_, true)) return;
        owed_ = true;
        next_try_ = {};
        waker_();
    }

private:
    // --- what is known of the key --------------------------------------------------------------------------

    auto observe(key_value<value_type> kv, revision_number at) -> void {
        seen_ = std::move(kv);
        seen_at_ = at;
        {
            auto const lock = std::scoped_lock(leader_mutex_);
            if (leader_ == seen_->value()) return;
            leader_ = seen_->value();
        }
        changed_.notify();
    }
    auto forget() -> void {
        seen_.reset();
        cursor_.reset();
    }

    /// Reads the key. False if the store does not answer.
    auto look() -> bool {
        auto found = store_->range({.key = options_.key});
        if (!found) return false;
        cursor_.reset();
        observe(found->kvs.empty() ? key_value<value_type>{} : found->kvs.front(), found->revision);
        return true;
    }

    /// Watches the key from what is known on; without a watch nothing stays known.
    auto follow() -> void {
        if (cursor_ || !seen_) return;
        auto made = store_->watch({.key = options_.key, .start = seen_at_ + 1});
        if (!made) return seen_.reset();
        cursor_.emplace(std::move(*made));
        cursor_->on_wake(waker_);
    }

    /// Takes in what happened to the key.
    auto pull() -> void {
        while (cursor_) {
            auto const events = cursor_->next();
            if (!events) {
                if (events.error().code == error_code::expired) forget();
                return;
            }
            if (events->empty()) return;
            for (auto const& e : *events) {
                if (e.kv.mod_revision() <= seen_at_) continue; // known from an answer already
                observe(e.type == event_type::put ? e.kv : key_value<value_type>{}, e.kv.mod_revision());
            }
        }
    }

    // --- candidate -----------------------------------------------------------------------------------------

    auto run(time_point now) -> wake {
        if (now < next_try_) return wake::at(next_try_);
        if (!seen_ && !look()) return try_later(now);
        auto const held = static_cast<bool>(*seen_);
        auto const mine = held && lease_ != 0 && seen_->lease() == lease_;
        follow();
        if (mine) return adopt(now);
        return held ? wake::at(now + jittered()) : acquire(now);
    }

    /// The key is there by an attempt of one's own whose outcome was unknown, or from before a lost deadline.
    auto adopt(time_point now) -> wake {
        auto const token = seen_ ? seen_->create_revision() : 0;
        if (token == 0) return try_later(now); // the watch could not be had: look again first
        if (auto const kept = keep_alive(now); !kept) return try_later(now);
        return start(token);
    }

    /// Nobody leads: creates the key, if still nobody does.
    auto acquire(time_point now) -> wake {
        if (!ensure_lease(now)) return try_later(now);
        auto t = txn<value_type>{};
        t.when.push_back({.key = options_.key, .target = compare_target::create, .number = 0});
        t.then.emplace_back(
            put_request<value_type>{.key = options_.key, .value = options_.identity, .lease = lease_});
        t.otherwise.emplace_back(range_request{.key = options_.key});
        auto const done = commit_one(*store_, t);
        if (!done) {
            if (done.error().code == error_code::not_found) lease_ = 0;
            forget(); // it may have been done
            return try_later(now);
        }
        if (!done->succeeded) {
            auto const& there = done->replies.front().range().kvs;
            observe(there.empty() ? key_value<value_type>{} : there.front(), done->revision);
            return wake::again();
        }
        observe(key_value<value_type>::make(
                    options_.key,
                    {.mod = done->revision, .create = done->revision, .version = 1, .lease = lease_},
                    options_.identity),
                done->revision);
        return start(done->revision);
    }

    /// A lease of one's own that was renewed less than a retry period ago. False if the store does not give
    /// it.
    auto ensure_lease(time_point now) -> bool {
        if (lease_ != 0) {
            if (now - renewed_ < options_.retry_period) return true;
            auto const kept = keep_alive(now);
            if (kept || lease_ != 0) return kept.has_value();
        }
        auto const granted = store_->grant({.ttl = whole_seconds(options_.lease)});
        if (!granted) return false; // if it was granted all the same, it ends by itself, unused
        lease_ = granted->id;
        renewed_ = now;
        return true;
    }

    // --- leader --------------------------------------------------------------------------------------------

    auto start(revision_number token) -> wake {
        until_ = (renewed_ + options_.renew_deadline).nanoseconds;
        next_renewal_ = renewed_ + options_.retry_period;
        owed_ = true;
        token_ = token;
        if (listener_.started != nullptr) listener_.started(listener_.context, token);
        changed_.notify();
        return next_look();
    }

    auto lead(time_point now) -> wake {
        if (!is_leader(now)) return step_down();
        if (!seen_) static_cast<void>(look());
        follow();
        if (seen_ && seen_->create_revision() != token()) return step_down();
        if (now >= next_renewal_) {
            next_renewal_ = now + options_.retry_period;
            if (keep_alive(now)) until_ = (now + options_.renew_deadline).nanoseconds;
            else if (lease_ == 0) return step_down();
        }
        return next_look();
    }

    [[nodiscard]] auto next_look() const -> wake {
        return wake::at(std::min(next_renewal_, time_point{until_.load()}));
    }

    /// The leadership was lost, or may have been.
    auto step_down() -> wake {
        stop();
        forget();
        return wake::again();
    }

    /// Ceases to lead, and tells the listener if it has not been told yet.
    auto stop() -> void {
        token_ = 0;
        if (!std::exchange(owed_, false)) return;
        if (listener_.stopped != nullptr) listener_.stopped(listener_.context);
        changed_.notify();
    }

    // --- the end -------------------------------------------------------------------------------------------

    auto withdraw() -> void {
        if (!std::exchange(wanted_, false)) return;
        stop();
        forget();
        next_try_ = {};
        auto const lock = std::scoped_lock(leader_mutex_);
        leader_ = value_type{};
    }

    auto give_back() -> result<void> {
        if (lease_ == 0) return {};
        auto const revoked = store_->revoke(lease_);
        if (!revoked && revoked.error().code != error_code::not_found)
            return std::unexpected(revoked.error());
        lease_ = 0;
        return {};
    }

    auto release(time_point now) -> wake {
        if (now < next_try_) return wake::at(next_try_);
        return give_back() ? wake::signalled() : try_later(now);
    }

    // --- time and the lease --------------------------------------------------------------------------------

    /// Renews the lease, as of `now`: the request cannot arrive earlier. A lease that is gone is forgotten.
    auto keep_alive(time_point now) -> result<lease_grant> {
        auto kept = store_->keep_alive(lease_);
        if (kept) renewed_ = now;
        else if (kept.error().code == error_code::not_found) lease_ = 0;
        return kept;
    }

    /// A retry period and up to 1.2 of it more (client-go's `JitterUntil`).
    auto jittered() -> duration {
        auto const more = static_cast<double>(options_.retry_period.nanoseconds) * 1.2 * jitter_.fraction();
        return options_.retry_period + nanoseconds(static_cast<std::int64_t>(more));
    }
    auto try_later(time_point now) -> wake {
        next_try_ = now + jittered();
        return wake::at(next_try_);
    }

    Store* store_;
    election_options<value_type> options_;
    leadership_listener listener_;

    mutable std::mutex work_; ///< guards all below but what says otherwise
    random_engine jitter_;
    waker waker_{};
    bool wanted_ = true;                          ///< is a candidate, or leads
    bool owed_ = true;                            ///< the listener has not been told of the end
    lease_id lease_ = 0;                          ///< granted to this object
    time_point renewed_{};                        ///< when the last grant or renewal that went well was sent
    time_point next_try_{};                       ///< after a failure: not before
    time_point next_renewal_{};                   ///< while it leads
    std::optional<key_value<value_type>> seen_{}; ///< the key as last seen; none: unknown
    revision_number seen_at_ = 0;                 ///< as of this revision
    std::optional<typename Store::cursor> cursor_{}; ///< follows the key from there
    std::atomic<revision_number> token_{0};          ///< of the leadership; 0: does not lead
    std::atomic<std::int64_t> until_{0};             ///< nanoseconds: when it must step down
    mutable std::mutex leader_mutex_;
    value_type leader_{}; ///< guarded by `leader_mutex_`
    wake_signal changed_;
};

} // namespace berth::store
