#pragma once

/// \file
/// The journal of a store that keeps what it is told: one of the writers that are there at a time does the
/// changes of all of them, in memory, and brings them to the disk in one go; only then do readers see them
/// and writers get their answers.

#include <berth/core/error.hpp>
#include <berth/store/detail/futex.hpp>
#include <berth/store/detail/local_store.hpp>
#include <berth/store/detail/memory_state.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace berth::store::detail {

/// What a compaction made unreachable: a version, by its revision and key.
struct dead_version {
    revision_number mod = 0;
    std::string key;

    friend auto operator<=>(dead_version const&, dead_version const&) = default;
};

/// A journal like `no_journal`, on a sink that has
/// * `write(span<record<V>* const>, span<lease_change const>) -> result<void>`: brings versions, in their
/// order,
///   and changes of leases to the disk, all or nothing, and returns when they are there;
/// * `note_compaction(revision) -> result<void>`: likewise up to where the store is compacted;
/// * `purge(span<dead_version const>) -> result<void>`: likewise which versions are gone.
///
/// Who comes first while a flush is under way leads the next one, who comes later joins the group. When a
/// flush fails, everything that its group did is undone, and all of the group are told.
template <class V, class Sink> class group_commit {
public:
    explicit group_commit(Sink sink) : sink_(std::move(sink)) {}

    template <class Change> auto write(memory_state<V>& state, Change change) -> result<void> {
        auto mine = request{[](void* c) { (*static_cast<Change*>(c))(); }, &change, {}};
        auto const [joined, leads] = join(mine);
        if (leads) lead(state, *joined);
        else joined->settled.wait();
        if (mine.thrown) std::rethrow_exception(mine.thrown);
        return joined->outcome;
    }

    auto note(lease_change change) -> void { notes_.push_back(std::move(change)); }

    auto compacting(revision_number at) -> result<void> {
        auto const turn = std::scoped_lock(turn_);
        return sink_.note_compaction(at);
    }
    auto forget(record<V> const& version) -> void {
        auto const lock = std::scoped_lock(dead_mutex_);
        dead_.push_back({version.mod, std::string{version.key->view()}});
    }
    /// What could not be purged now is tried again by the next compaction.
    auto forgotten() -> result<void> {
        auto const turn = std::scoped_lock(turn_);
        auto batch = std::vector<dead_version>{};
        {
            auto const lock = std::scoped_lock(dead_mutex_);
            batch.swap(dead_);
        }
        std::sort(batch.begin(), batch.end());
        auto purged = sink_.purge(batch);
        if (!purged) {
            auto const lock = std::scoped_lock(dead_mutex_);
            dead_.insert(dead_.end(), batch.begin(), batch.end());
        }
        return purged;
    }

    [[nodiscard]] auto sink() -> Sink& { return sink_; }
    /// Held while the sink works; take it to use the sink from outside.
    [[nodiscard]] auto turn() -> std::mutex& { return turn_; }

private:
    using steady = std::chrono::steady_clock;

    /// A writer that waits, with what it wants to do.
    struct request {
        void (*run)(void*);
        void* change;
        std::exception_ptr thrown;
    };
    /// Those who wait for one flush.
    struct group {
        std::vector<request*> requests;      ///< guarded by `door_` while it is open to others
        std::size_t hoped = ~std::size_t{0}; ///< how many the leader waits for
        gate full;
        gate settled;
        result<void> outcome{}; ///< written before `settled`
    };
    struct membership {
        std::shared_ptr<group> joined;
        bool leads;
    };

    auto join(request& mine) -> membership {
        auto const lock = std::scoped_lock(door_);
        auto const leads = open_ == nullptr;
        if (leads) open_ = std::make_shared<group>();
        open_->requests.push_back(&mine);
        if (open_->requests.size() == open_->hoped) open_->full.open();
        return {open_, leads};
    }

    /// Does and flushes what the group wants, when the flush before is over.
    auto lead(memory_state<V>& state, group& mine) -> void {
        auto const turn = std::scoped_lock(turn_);
        gather(mine);
        auto const end = run(state, mine);
        auto const begun = steady::now();
        auto written = result<void>{};
        if (!records_.empty() || !notes_.empty()) written = sink_.write(records_, notes_);
        last_flush_ = steady::now() - begun;
        if (written) publish(state, end);
        else withdraw(state);
        records_.clear();
        notes_.clear();
        {
            auto const lock = std::scoped_lock(door_);
            crowd_ = mine.requests.size() + (open_ != nullptr ? open_->requests.size() : 0);
        }
        mine.outcome = std::move(written);
        mine.settled.open();
    }

    /// Lets those come who wrote a moment ago: they have just been answered and are likely to write again.
    /// One flush for all is worth a part of the time that another one would take.
    auto gather(group& mine) -> void {
        auto lock = std::unique_lock(door_);
        if (mine.requests.size() < crowd_) {
            mine.hoped = crowd_;
            lock.unlock();
            mine.full.wait_for(std::chrono::nanoseconds(last_flush_).count() / 2);
            lock.lock();
        }
        open_.reset();
    }

    /// Does what all of a group want, and notes what is new. Answers where the log ends.
    auto run(memory_state<V>& state, group& mine) -> std::uint64_t {
        auto const lock = std::scoped_lock(state.mutex);
        for (auto* const r : mine.requests) {
            try {
                r->run(r->change);
            } catch (...) {
                r->thrown = std::current_exception();
            }
        }
        auto const& versions = state.versions;
        for (auto i = versions.visible_end(); i < versions.log_end(); ++i)
            records_.push_back(&versions.log_at(i));
        return versions.log_end();
    }

    auto publish(memory_state<V>& state, std::uint64_t end) -> void {
        if (records_.empty()) return;
        auto const before = state.newest.load();
        auto const concerned = [&] {
            auto const lock = std::scoped_lock(state.mutex);
            return state.publish(end);
        }();
        state.announce_since(before, concerned);
    }

    /// Undoes all that is not on the disk.
    auto withdraw(memory_state<V>& state) -> void {
        auto const lock = std::scoped_lock(state.mutex);
        state.versions.withdraw();
        auto& leases = state.versions.leases();
        for (auto i = notes_.rbegin(); i != notes_.rend(); ++i) {
            if (i->removed) leases.put_back(std::move(i->removed));
            else static_cast<void>(leases.remove(i->id));
        }
    }

    std::mutex door_;
    std::shared_ptr<group> open_; ///< to be flushed next; guarded by `door_`
    std::mutex turn_;             ///< one flush at a time; guards what follows
    Sink sink_;
    std::vector<record<V>*> records_; ///< what the present flush brings to the disk
    std::vector<lease_change> notes_; ///< likewise
    steady::duration last_flush_{};
    std::size_t crowd_ = 0; ///< how many wrote at a time lately
    std::mutex dead_mutex_;
    std::vector<dead_version> dead_; ///< to be purged; guarded by `dead_mutex_`
};

} // namespace berth::store::detail
