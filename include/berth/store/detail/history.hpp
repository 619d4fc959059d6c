#pragma once

/// \file
/// The multi-version map inside `store::memory`: keys by hash and in order, the versions of each key as a
/// chain from the newest to the oldest, the log of all versions in the order of their writing, and the leases
/// that keys hang on. What has been written can be withheld from readers until it is published. Not
/// synchronized.

#include <berth/core/error.hpp>
#include <berth/store/detail/key_order.hpp>
#include <berth/store/detail/key_sort.hpp>
#include <berth/store/detail/key_table.hpp>
#include <berth/store/detail/lease_book.hpp>
#include <berth/store/detail/record.hpp>
#include <berth/store/detail/record_pool.hpp>
#include <berth/store/detail/superseded.hpp>
#include <berth/store/errors.hpp>
#include <berth/store/key_range.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::store::detail {

/// Keys, versions, log, leases. A write happens between `begin` and `finish`, which gives it its revision if
/// it changed something; `roll_back` undoes it. Readers see what was published; `withdraw` undoes the rest.
template <class V> class history {
public:
    static constexpr revision_number newest = std::numeric_limits<revision_number>::max();

    history() = default;
    history(history const&) = delete;
    auto operator=(history const&) -> history& = delete;
    ~history() {
        table_.each([&](key_text<V>& key) {
            for (auto* r = key.newest; r != nullptr;) pool_->drop(*std::exchange(r, r->previous));
            key.release();
        });
    }

    /// The newest revision that was written, and the newest that readers see.
    [[nodiscard]] auto revision() const -> revision_number { return revision_; }
    [[nodiscard]] auto visible() const -> revision_number { return visible_; }
    [[nodiscard]] auto compacted() const -> revision_number { return compacted_; }

    // --- reading -------------------------------------------------------------------------------------------

    /// The version of a key that was in force at a revision, tombstones excluded; or null.
    [[nodiscard]] static auto version_at(key_text<V> const& key, revision_number at) -> record<V>* {
        auto* r = key.newest;
        while (r != nullptr && r->mod > at) r = r->previous;
        return r != nullptr && r->is_live() ? r : nullptr;
    }

    [[nodiscard]] auto find(std::string_view key, revision_number at = newest) const -> record<V>* {
        auto const* const text = table_.find(key);
        return text != nullptr ? version_at(*text, at) : nullptr;
    }

    /// Calls `visit(record&)` for each key of a range at a revision, in order, until it returns false. True
    /// if it never did.
    template <class Visit> auto visit(key_range keys, revision_number at, Visit visit) const -> bool {
        if (keys.is_single()) {
            auto* const r = find(keys.begin, at);
            return r == nullptr || visit(*r);
        }
        for (auto p = order_.seek(keys.begin); !order_.is_end(p); p = order_.next(p)) {
            order_.fetch_ahead(p);
            auto const& key = order_.at(p);
            if (keys.is_past(key.view())) break;
            auto* const r = version_at(key, at);
            if (r != nullptr && !visit(*r)) return false;
        }
        return true;
    }

    /// How many keys of a range there were at a revision. Logarithmic in the keys for the present, and linear
    /// in the changes since then for the past, or in the keys of the range if those are fewer to expect.
    [[nodiscard]] auto count(key_range keys, revision_number at = newest) const -> std::int64_t {
        if (keys.is_single()) return find(keys.begin, at) != nullptr ? 1 : 0;
        auto const changes = log_end() - position_of(at == newest ? at : at + 1);
        auto total = order_.count(
            keys, [](auto const& key) { return key.newest != nullptr && key.newest->is_live(); });
        if (static_cast<std::int64_t>(changes) > 2 * total + 1024) return count_slowly(keys, at);
        for (auto i = log_end() - changes; i < log_end(); ++i) {
            auto const& r = log_at(i);
            auto const was_live = r.previous != nullptr && r.previous->is_live();
            if (r.is_live() != was_live && keys.contains(r.key->view())) total += was_live ? 1 : -1;
        }
        return total;
    }

    // --- the log -------------------------------------------------------------------------------------------

    /// The first position that is still there, and the one behind the last.
    [[nodiscard]] auto log_begin() const -> std::uint64_t { return base_; }
    [[nodiscard]] auto log_end() const -> std::uint64_t { return base_ + log_.size(); }
    /// Where the published part of the log ends.
    [[nodiscard]] auto visible_end() const -> std::uint64_t { return visible_end_; }
    [[nodiscard]] auto log_at(std::uint64_t position) const -> record<V>& { return *log_[position - base_]; }

    /// A version from the log with its value, and a reference on it for the caller; see `readable_records`.
    [[nodiscard]] auto readable(record<V>& r) const -> record<V>* { return readable_.find(r); }

    /// The first position in the log whose revision is not less than `at`. Logarithmic.
    [[nodiscard]] auto position_of(revision_number at) const -> std::uint64_t {
        if (log_.empty() || log_.back()->mod < at) return log_end();
        auto const found = std::lower_bound(log_.begin(), log_.end(), at,
                                            [](auto const* r, auto rev) { return r->mod < rev; });
        return base_ + static_cast<std::uint64_t>(found - log_.begin());
    }

    // --- writing -------------------------------------------------------------------------------------------

    /// The revision that reads inside the current write see: the next one as soon as something has changed.
    [[nodiscard]] auto current() const -> revision_number {
        return log_end() > write_begin_ ? revision_ + 1 : revision_;
    }

    auto begin() -> void { write_begin_ = log_end(); }

    auto finish() -> void {
        revision_ = current();
        write_begin_ = log_end();
    }

    /// Undoes everything since `begin`.
    auto roll_back() -> void { undo_to(write_begin_); }

    /// Lets readers see what has been written up to a position of the log, where a revision ends.
    auto publish(std::uint64_t end) -> void {
        for (; visible_end_ < end; ++visible_end_) {
            auto const& r = log_at(visible_end_);
            visible_ = r.mod;
            if (r.previous == nullptr || r.previous->lease() == 0) continue;
            if (r.key->newest->lease() != r.previous->lease())
                leases_.detach(r.previous->lease(), r.key->view());
        }
        put_aside();
    }
    auto publish() -> void { publish(log_end()); }

    /// Values that so many of the newest entries of the log have replaced are not put aside.
    auto keep_whole(std::uint64_t entries) -> void { recent_ = entries; }

    /// Undoes everything that was not published.
    auto withdraw() -> void {
        undo_to(visible_end_);
        revision_ = visible_;
        write_begin_ = log_end();
    }

    /// Writes a key.
    auto put(std::string_view key, V value, lease_id lease) -> void {
        auto* text = table_.find(key);
        if (text == nullptr) text = &add_key(key);
        auto const* const before = text->newest;
        auto const existed = before != nullptr && before->is_live();
        auto const next = revision_ + 1;
        append(*text,
               {.mod = next,
                .create = existed ? before->create : next,
                .version = existed ? before->version + 1 : 1,
                .lease = lease},
               std::move(value));
        if (!existed) order_.count_existing(*text, +1);
    }

    /// Deletes a key that exists.
    auto erase(key_text<V>& key) -> void {
        append(key, {.mod = revision_ + 1}, V{});
        order_.count_existing(key, -1);
    }

    /// Puts a version back that was written before, oldest first. Not published, nor in order until
    /// `restored`.
    auto restore(std::string_view key, record_numbers const& numbers, V value) -> void {
        auto* text = table_.find(key);
        if (text == nullptr) {
            text = key_text<V>::make(key);
            try {
                table_.insert(*text);
            } catch (...) {
                text->release();
                throw;
            }
        }
        append(*text, numbers, std::move(value));
        revision_ = numbers.mod;
        write_begin_ = log_end();
    }
    /// Ends the restoring: brings the keys in order, publishes all, and says up to where it had been
    /// compacted.
    auto restored(revision_number compacted) -> void {
        auto keys = table_.keys();
        sort_keys(keys);
        order_.build(keys);
        publish();
        revision_ = visible_ = std::max(revision_, compacted);
        compacted_ = compacted;
    }

    // --- leases --------------------------------------------------------------------------------------------

    [[nodiscard]] auto leases() -> lease_book& { return leases_; }
    [[nodiscard]] auto leases() const -> lease_book const& { return leases_; }

    /// The keys that hang on a lease at a revision, in order; none if there is no such lease.
    [[nodiscard]] auto keys_of(lease_id id, revision_number at = newest) const -> std::vector<std::string> {
        auto out = std::vector<std::string>{};
        auto const* const lease = leases_.find(id);
        if (lease == nullptr) return out;
        for (auto const& key : lease->keys) {
            auto const* const r = find(key.view(), at);
            if (r != nullptr && r->lease() == id) out.emplace_back(key.view());
        }
        return out;
    }

    // --- compaction ----------------------------------------------------------------------------------------

    /// Whether everything before a revision may be forgotten.
    [[nodiscard]] auto compactable(revision_number at) const -> result<void> {
        if (at <= compacted_) return errors::compacted();
        if (at > visible_) return errors::future_revision();
        return {};
    }
    /// Declares everything before a revision forgotten. `sweep` then frees it.
    [[nodiscard]] auto compact(revision_number at) -> result<void> {
        auto checked = compactable(at);
        if (checked) compacted_ = at;
        return checked;
    }

    /// Frees what the compacted revision made unreachable, looking at `budget` log entries or a few more, and
    /// tells `forget(record const&)` of each version. True once there is nothing left to free. Entries of the
    /// compacted revision itself stay in the log for watchers.
    template <class Forget> auto sweep(std::size_t budget, Forget forget) -> bool {
        while (!log_.empty() && log_.front()->mod < compacted_) {
            if (budget-- == 0) return false;
            fetch_ahead();
            auto* const r = log_.front();
            log_.pop_front();
            ++base_;
            cut(*r, forget);
            if (!r->is_live() && r->key->newest == r) {
                forget(std::as_const(*r));
                drop_key(*r->key);
            }
        }
        for (auto i = std::size_t{0}; i < log_.size() && log_[i]->mod == compacted_; ++i)
            cut(*log_[i], forget);
        pool_->collect();
        readable_.clear();
        return true;
    }

private:
    [[nodiscard]] auto count_slowly(key_range keys, revision_number at) const -> std::int64_t {
        auto total = std::int64_t{0};
        visit(keys, at, [&](auto const&) {
            ++total;
            return true;
        });
        return total;
    }

    /// Puts aside what was replaced so long ago that watchers have seen it. Each entry of the log comes up
    /// once.
    auto put_aside() noexcept -> void {
        if constexpr (differing<V>) {
            auto const end = std::max(visible_end_, recent_) - recent_;
            for (aside_end_ = std::max(aside_end_, base_); aside_end_ < end; ++aside_end_)
                put_aside_before(log_at(aside_end_));
        }
    }

    auto add_key(std::string_view key) -> key_text<V>& {
        auto* const text = key_text<V>::make(key);
        try {
            table_.insert(*text);
        } catch (...) {
            text->release();
            throw;
        }
        try {
            order_.insert(*text);
        } catch (...) {
            table_.erase(*text);
            text->release();
            throw;
        }
        return *text;
    }
    auto remove_key(key_text<V>& key) -> void {
        table_.erase(key);
        order_.erase(key);
        key.release();
    }
    /// Removes a key of which nothing is left but a tombstone that is in the log no more.
    auto drop_key(key_text<V>& key) -> void {
        pool_->drop(*std::exchange(key.newest, nullptr));
        remove_key(key);
    }

    /// Undoes the writes behind a position of the log, the last one first.
    auto undo_to(std::uint64_t position) -> void {
        while (log_end() > position) {
            auto* const r = log_.back();
            log_.pop_back();
            auto& key = *r->key;
            auto* const before = r->previous;
            auto const was_live = before != nullptr && before->is_live();
            if (r->is_live() != was_live) order_.count_existing(key, was_live ? 1 : -1);
            key.newest = before;
            pool_->drop(*r);
            if (before == nullptr) remove_key(key);
            else if (!was_live && is_swept(*before)) drop_key(key);
        }
    }
    /// Whether a version has left the log.
    [[nodiscard]] auto is_swept(record<V> const& r) const -> bool {
        return r.mod < compacted_ && (log_.empty() || r.mod < log_.front()->mod);
    }

    /// Makes a new version the newest. A key that was just added goes away again if that fails.
    auto append(key_text<V>& key, record_numbers numbers, V value) -> void {
        auto* made = static_cast<record<V>*>(nullptr);
        try {
            made = pool_->make(key, numbers, std::move(value));
            log_.push_back(made);
            try {
                if (numbers.lease != 0) leases_.attach(numbers.lease, key);
            } catch (...) {
                log_.pop_back();
                throw;
            }
        } catch (...) {
            if (made != nullptr) pool_->drop(*made);
            if (key.newest == nullptr) remove_key(key);
            throw;
        }
        made->previous = key.newest;
        key.newest = made;
    }

    /// Asks for the memory that the sweep will need some steps later: what it frees was written long ago.
    auto fetch_ahead() const -> void {
        if (log_.size() > 16) __builtin_prefetch(log_[16]);
        if (log_.size() <= 8 || log_[8]->previous == nullptr) return;
        __builtin_prefetch(log_[8]->previous);
        __builtin_prefetch(log_[8]->key);
    }

    /// Frees the version that a version at or below the compacted revision has replaced, unless it is of that
    /// very revision and hence still in the log.
    template <class Forget> auto cut(record<V>& r, Forget& forget) -> void {
        if (r.previous == nullptr || r.previous->mod >= compacted_) return;
        forget(std::as_const(*r.previous));
        pool_->drop(*std::exchange(r.previous, nullptr));
    }

    typename record_pool<V>::owner pool_ = record_pool<V>::make_owner();
    key_table<V> table_;
    key_order<V> order_;
    std::deque<record<V>*> log_;
    [[no_unique_address]] mutable readable_records<V> readable_;
    lease_book leases_;
    std::uint64_t base_ = 0;        ///< the position of the log's front
    std::uint64_t write_begin_ = 0; ///< where the current write began
    std::uint64_t visible_end_ = 0; ///< where the published part of the log ends
    std::uint64_t aside_end_ = 0;   ///< how far what was replaced has been put aside
    std::uint64_t recent_ = 1'024;  ///< how many entries at the end have replaced values that stay whole
    revision_number revision_ = 1;
    revision_number visible_ = 1;
    revision_number compacted_ = 0;
};

} // namespace berth::store::detail
