#pragma once

/// \file
/// What the stores of this process have in common: all that a versioned store does, on a `history` in memory.
/// Where its writes go besides, and when readers see them, is a matter of the journal.

#include <berth/core/clock.hpp>
#include <berth/core/error.hpp>
#include <berth/core/random.hpp>
#include <berth/core/step.hpp>
#include <berth/store/detail/check_txn.hpp>
#include <berth/store/detail/memory_state.hpp>
#include <berth/store/detail/transaction.hpp>
#include <berth/store/errors.hpp>
#include <berth/store/lease.hpp>
#include <berth/store/memory_cursor.hpp>
#include <berth/store/types.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace berth::store {

/// What can be chosen about a store in this process.
struct memory_options {
    /// The greatest number of comparisons, and of operations per branch, of a transaction; what a transaction
    /// uses is missing to those nested in it (etcd's `--max-txn-ops`).
    std::size_t max_txn_operations = 128;
    /// Seconds that a lease lives at least; shorter wishes are raised to it. etcd's is this with its default
    /// election timeout.
    std::int64_t least_ttl = 2;
    /// What leases are timed by; it must outlive the store.
    clock_ref clock = monotonic;
    /// What the store chooses the ids of leases with.
    std::uint64_t seed = 1;
    /// Values that so many of the newest changes have replaced are kept whole, for watchers that are about to
    /// read them. Older ones are put aside as differences, if they are `differing`.
    std::size_t whole_changes = 1'024;
};

namespace detail {

/// A change of a lease that a journal has to note: a grant, or a removal with what was removed.
struct lease_change {
    lease_id id = 0;
    std::int64_t ttl = 0; ///< of a grant; 0: the lease was removed
    lease_book::node removed{};
};

/// The journal of a store that keeps nothing: what was written is published at once.
template <class V> struct no_journal {
    /// Runs `change` alone, then makes what it did known, also if it throws after some of a batch.
    template <class Change> auto write(memory_state<V>& state, Change change) -> result<void> {
        struct publication {
            memory_state<V>& state;
            revision_number before = state.newest.load(std::memory_order_relaxed);
            std::unique_lock<writer_first_mutex> lock{state.mutex};
            ~publication() {
                auto const concerned = state.publish(state.versions.log_end());
                lock.unlock();
                state.announce_since(before, concerned);
            }
        };
        auto const publish_at_end = publication{.state = state};
        change();
        return {};
    }
    /// Notes a grant or a removal that `change` makes. Called inside `write`.
    auto note(lease_change const& /*change*/) -> void {}
    /// Notes that a compaction begins, before anything is forgotten.
    auto compacting(revision_number /*at*/) -> result<void> { return {}; }
    /// Hears of each version that a compaction made unreachable, with the state locked; and that it may act
    /// on what it heard, without the lock.
    auto forget(record<V> const& /*version*/) -> void {}
    auto forgotten() -> result<void> { return {}; }
};

/// A versioned store on a `memory_state`. `Journal` is like `no_journal`. Movable.
template <class V, class Journal> class local_store {
public:
    using value_type = V;
    using cursor = memory_cursor<V>;

    local_store(memory_options const& options, std::unique_ptr<Journal> journal)
        : journal_(std::move(journal)),
          options_(options),
          ids_(std::make_unique<random_engine>(options.seed)) {
        state_->versions.keep_whole(options.whole_changes);
    }

    /// The newest revision. Takes no lock.
    [[nodiscard]] auto revision() const -> revision_number {
        state_->await_change();
        return state_->newest.load();
    }

    /// The oldest revision that can be read; 0 if nothing was compacted yet. Takes no lock.
    [[nodiscard]] auto compacted() const -> revision_number { return state_->oldest.load(); }

    /// Notified after a commit that changed something, if anything was read from the store (also by an empty
    /// `next` or `revision()`) since it was last notified: whoever is awake already is not called again.
    [[nodiscard]] auto changed() -> wake_signal& { return state_->changed; }

    /// See `versioned_store`. Copies one pointer per key. A long range lets writers in between stretches, and
    /// is of one revision all the same.
    [[nodiscard]] auto range(range_request const& request) const -> result<range_reply<V>> {
        if (auto checked = check_request<V>(request); !checked) return refuse(checked);
        state_->await_change();
        auto const& versions = state_->versions;
        auto lock = std::shared_lock(state_->mutex);
        if (auto checked = readable(versions, request.revision, versions.visible()); !checked)
            return refuse(checked);
        auto reader = range_reader<V>{versions, request, versions.visible()};
        while (!reader.step(stretch)) {
            lock.unlock();
            lock.lock();
            if (versions.compacted() <= reader.revision()) continue;
            if (request.revision > 0) return errors::compacted();
            return read(versions, request, versions.visible()); // overtaken: again, and without a pause
        }
        return std::move(reader).take();
    }

    /// See `versioned_store`. The whole batch takes the lock once and wakes watchers once.
    auto commit(std::span<txn<V> const> batch) -> std::vector<result<txn_reply<V>>> {
        auto out = std::vector<result<txn_reply<V>>>{};
        out.reserve(batch.size());
        for (auto const& t : batch) {
            auto checked = check_request(t, options_.max_txn_operations);
            out.push_back(checked ? result<txn_reply<V>>{} : result<txn_reply<V>>{refuse(checked)});
        }
        auto const written = write([&] {
            for (std::size_t i = 0; i < batch.size(); ++i) {
                if (out[i]) out[i] = execute(state_->versions, batch[i]);
            }
        });
        if (written) return out;
        for (auto& one : out) {
            if (one) one = std::unexpected(written.error());
        }
        return out;
    }

    /// A transaction of one put, without the ceremony; moves the value in.
    auto put(put_request<V> request) -> result<put_reply<V>> {
        if (auto checked = check_request(request); !checked) return refuse(checked);
        auto out = result<put_reply<V>>{};
        auto written = write([&] {
            auto& versions = state_->versions;
            if (request.lease != 0 && !versions.leases().contains(request.lease)) {
                out = errors::lease_not_found(); // a put alone is asked for its lease first, as by etcd
                return;
            }
            if (auto checked = acceptable(versions, request); !checked) {
                out = refuse(checked);
                return;
            }
            out = as_one_revision(versions, [&] { return apply(versions, std::move(request)); });
        });
        if (!written) return refuse(written);
        return out;
    }

    /// A transaction of one deletion.
    auto erase(erase_request const& request) -> result<erase_reply<V>> {
        if (auto checked = check_request(request); !checked) return refuse(checked);
        auto out = erase_reply<V>{};
        auto written = write([&] {
            auto& versions = state_->versions;
            out = as_one_revision(versions, [&] { return apply(versions, request); });
        });
        if (!written) return refuse(written);
        return out;
    }

    /// See `versioned_store`. Returns when the memory is free, unless another compaction is at work on it.
    auto compact(revision_number at) -> result<void> {
        {
            auto const lock = std::shared_lock(state_->mutex);
            if (auto checked = state_->versions.compactable(at); !checked) return checked;
        }
        if (auto noted = journal_->compacting(at); !noted) return noted;
        for (auto first = true, done = false; !done; first = false) {
            {
                auto const lock = std::scoped_lock(state_->mutex);
                if (first) {
                    if (auto checked = state_->versions.compact(at); !checked) return checked;
                    state_->oldest.store(at);
                }
                done = state_->versions.sweep(stretch, [&](auto const& r) { journal_->forget(r); });
            }
            if (auto freed = journal_->forgotten(); !freed) return freed;
        }
        state_->announce();
        return {};
    }

    /// See `versioned_store`. Costs a logarithmic search in the log, and nothing from then on.
    [[nodiscard]] auto watch(watch_request request) const -> result<cursor> {
        if (request.start < 0) return errors::negative_revision();
        auto const lock = std::shared_lock(state_->mutex);
        if (request.start > 0 && request.start < state_->versions.compacted()) return errors::compacted();
        return cursor{state_, std::move(request)};
    }

    /// See `versioned_store`.
    auto grant(lease_request const& wish) -> result<lease_grant> {
        if (wish.ttl > greatest_ttl) return errors::ttl_too_large();
        auto out = result<lease_grant>{lease_grant{wish.id, std::max(wish.ttl, options_.least_ttl)}};
        auto written = write([&] {
            auto& leases = state_->versions.leases();
            while (out->id == 0 || (wish.id == 0 && leases.contains(out->id)))
                out->id = static_cast<lease_id>((*ids_)() >> 1U);
            if (leases.contains(out->id)) {
                out = errors::lease_exists();
                return;
            }
            journal_->note({.id = out->id, .ttl = out->ttl});
            leases.add(out->id, out->ttl, options_.clock.now());
        });
        if (!written) return refuse(written);
        if (out) state_->leased.notify();
        return out;
    }

    /// See `versioned_store`. A lease whose time is up cannot be kept alive, removed or not.
    auto keep_alive(lease_id id) -> result<lease_grant> {
        auto const lock = std::scoped_lock(state_->mutex);
        auto& leases = state_->versions.leases();
        auto const* const lease = leases.find(id);
        auto const now = options_.clock.now();
        if (lease == nullptr || lease->deadline <= now) return errors::lease_not_found();
        leases.prolong(id, now);
        return lease_grant{id, lease->ttl};
    }

    /// See `versioned_store`. The answer is the revision afterwards.
    auto revoke(lease_id id) -> result<revision_number> {
        return remove_lease([id](auto const& /*leases*/) { return id; });
    }

    /// See `versioned_store`.
    [[nodiscard]] auto time_to_live(lease_id id, bool with_keys = false) const -> result<lease_status> {
        auto const lock = std::shared_lock(state_->mutex);
        auto const& versions = state_->versions;
        auto const* const lease = versions.leases().find(id);
        if (lease == nullptr) return errors::lease_not_found();
        auto const left = (lease->deadline - options_.clock.now()).nanoseconds / seconds(1).nanoseconds;
        auto out = lease_status{.id = id, .granted_ttl = lease->ttl, .ttl = std::max<std::int64_t>(left, 0)};
        if (with_keys) out.keys = versions.keys_of(id, versions.visible());
        return out;
    }

    /// See `versioned_store`.
    [[nodiscard]] auto leases() const -> result<std::vector<lease_id>> {
        auto const lock = std::shared_lock(state_->mutex);
        return state_->versions.leases().ids();
    }

    /// Removes the leases whose time is up, and what hangs on them: a revision for each that has keys.
    /// Answers how long until the next one ends. Nothing else in the store looks at the clock for this; call
    /// it when that time has passed or `leased()` is notified, or let a `lessor` do so.
    auto expire() -> result<std::optional<duration>> {
        auto removed = result<revision_number>{0};
        while (removed) {
            removed = remove_lease([&](auto const& leases) { return leases.overdue(options_.clock.now()); });
        }
        if (removed.error().code != error_code::not_found) return std::unexpected(removed.error());
        auto const lock = std::shared_lock(state_->mutex);
        auto const next = state_->versions.leases().next_deadline();
        return next ? std::optional{std::max(*next - options_.clock.now(), nanoseconds(0))} : std::nullopt;
    }
    /// Notified after a grant: `expire` may have to be called earlier than it said.
    [[nodiscard]] auto leased() -> wake_signal& { return state_->leased; }

protected:
    [[nodiscard]] auto state() const -> memory_state<V>& { return *state_; }
    [[nodiscard]] auto journal() const -> Journal& { return *journal_; }

private:
    /// How many keys or log entries are worked on before others may have the lock.
    static constexpr std::size_t stretch = 2'048;

    [[nodiscard]] static auto refuse(result<void>& checked) -> std::unexpected<error> {
        return std::unexpected(std::move(checked.error()));
    }

    template <class Change> auto write(Change change) -> result<void> {
        return journal_->write(*state_, std::move(change));
    }

    /// Removes the lease that `choose(leases)` names. Error `not_found`: there is none.
    template <class Choose> auto remove_lease(Choose choose) -> result<revision_number> {
        auto out = result<revision_number>{errors::lease_not_found()};
        auto written = write([&] {
            auto& versions = state_->versions;
            auto const id = choose(std::as_const(versions.leases()));
            if (!versions.leases().contains(id)) return;
            as_one_revision(versions, [&] {
                erase_keys_of(versions, id);
                return true;
            });
            journal_->note({.id = id, .removed = versions.leases().remove(id)});
            out = versions.revision();
        });
        if (!written) return refuse(written);
        return out;
    }

    std::shared_ptr<memory_state<V>> state_ = std::make_shared<memory_state<V>>();
    std::unique_ptr<Journal> journal_;
    memory_options options_;
    std::unique_ptr<random_engine> ids_; ///< guarded by the state's lock
};

} // namespace detail
} // namespace berth::store
