#pragma once

/// \file
/// The journal of a store that keeps what it is told: writers work in memory under a lock, one of them brings
/// what all of them wrote to the disk in one go, and only then do readers see it and writers get their
/// answers.

#include <berth/core/error.hpp>
#include <berth/store/detail/local_store.hpp>
#include <berth/store/detail/memory_state.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
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
/// order, and
///   changes of leases to the disk, all or nothing, and returns when they are there;
/// * `note_compaction(revision) -> result<void>`: likewise up to where the store is compacted;
/// * `purge(span<dead_version const>) -> result<void>`: likewise which versions are gone.
///
/// Who writes while nobody waits for the next flush leads it; who comes while the flush before is under way
/// joins the leader's group. When a flush fails, everything that was not flushed is undone, and all who wrote
/// or read it are told.
template <class V, class Sink> class group_commit {
public:
    explicit group_commit(Sink sink) : sink_(std::move(sink)) {}

    template <class Change> auto write(memory_state<V>& state, Change change) -> result<void> {
        auto thrown = std::exception_ptr{};
        auto mine = std::shared_ptr<group>{};
        auto leads = false;
        {
            auto const lock = std::scoped_lock(state.mutex);
            try {
                change();
            } catch (...) {
                thrown = std::current_exception();
            }
            auto const& versions = state.versions;
            if (versions.log_end() != versions.visible_end() || !notes_.empty()) {
                leads = open_ == nullptr;
                if (leads) open_ = std::make_shared<group>();
                mine = open_;
                mine->size.fetch_add(1, std::memory_order_relaxed);
            }
        }
        if (leads) lead(state, *mine);
        else if (mine != nullptr) mine->settled.wait(0);
        if (thrown) std::rethrow_exception(thrown);
        if (mine != nullptr) return mine->outcome;
        return {};
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

    /// Those who wait for one flush.
    struct group {
        std::atomic<int> settled{0};
        std::atomic<std::size_t> size{0};
        result<void> outcome{}; ///< written before `settled`
    };
    /// What a flush brings to the disk.
    struct work {
        std::vector<record<V>*> records;
        std::vector<lease_change> leases;
        std::uint64_t end = 0; ///< of the log
    };

    /// Flushes what there is when the flush before is over.
    auto lead(memory_state<V>& state, group& mine) -> void {
        auto const turn = std::scoped_lock(turn_);
        gather(mine);
        auto todo = work{};
        {
            auto const lock = std::scoped_lock(state.mutex);
            if (mine.settled.load()) return; // the flush before failed, and this write with it
            open_.reset();
            todo = collect(state.versions);
        }
        auto const begun = steady::now();
        auto written = result<void>{};
        if (!todo.records.empty() || !todo.leases.empty()) written = sink_.write(todo.records, todo.leases);
        last_flush_ = steady::now() - begun;
        crowd_ = mine.size.load(std::memory_order_relaxed);
        if (written) publish(state, todo.end);
        else withdraw(state, std::move(todo.leases), written.error());
        settle(mine, std::move(written));
    }

    /// Lets those come who wrote a moment ago: they have just been answered and are likely to write again.
    /// One flush for all is worth a part of the time that another one would take.
    auto gather(group const& mine) const -> void {
        if (mine.size.load(std::memory_order_relaxed) >= crowd_) return;
        auto const until = steady::now() + last_flush_ / 2;
        while (mine.size.load(std::memory_order_relaxed) < crowd_ && steady::now() < until)
            std::this_thread::yield();
    }

    [[nodiscard]] auto collect(history<V> const& versions) -> work {
        auto out = work{{}, std::exchange(notes_, {}), versions.log_end()};
        out.records.reserve(out.end - versions.visible_end());
        for (auto i = versions.visible_end(); i < out.end; ++i) out.records.push_back(&versions.log_at(i));
        return out;
    }

    auto publish(memory_state<V>& state, std::uint64_t end) -> void {
        auto const before = state.newest.load();
        {
            auto const lock = std::scoped_lock(state.mutex);
            state.publish(end);
            if (open_ != nullptr) crowd_ += open_->size.load(std::memory_order_relaxed);
        }
        state.announce_since(before);
    }

    /// Undoes all that is not on the disk, the writes of the group that has formed meanwhile too.
    auto withdraw(memory_state<V>& state, std::vector<lease_change> failed, error const& why) -> void {
        auto others = std::shared_ptr<group>{};
        {
            auto const lock = std::scoped_lock(state.mutex);
            state.versions.withdraw();
            for (auto* changes : {&notes_, &failed}) {
                for (auto i = changes->rbegin(); i != changes->rend(); ++i) undo(state.versions.leases(), *i);
            }
            notes_.clear();
            others = std::exchange(open_, nullptr);
        }
        if (others != nullptr) settle(*others, std::unexpected(why));
    }
    static auto undo(lease_book& leases, lease_change& change) -> void {
        if (change.removed) leases.put_back(std::move(change.removed));
        else static_cast<void>(leases.remove(change.id));
    }

    static auto settle(group& g, result<void> outcome) -> void {
        g.outcome = std::move(outcome);
        g.settled.store(1);
        g.settled.notify_all();
    }

    Sink sink_;                       ///< guarded by `turn_`
    std::shared_ptr<group> open_;     ///< to be flushed next; guarded by the state's lock
    std::vector<lease_change> notes_; ///< not flushed yet; guarded by the state's lock
    std::vector<dead_version> dead_;  ///< to be purged; guarded by `dead_mutex_`
    std::mutex dead_mutex_;
    std::mutex turn_;               ///< one flush at a time
    steady::duration last_flush_{}; ///< guarded by `turn_`
    std::size_t crowd_ = 0;         ///< how many wrote at a time lately; guarded by `turn_`
};

} // namespace berth::store::detail
