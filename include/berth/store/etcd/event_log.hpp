#pragma once

/// \file
/// The newest events of an etcd, decoded once, for all cursors: a window on the server's own log.

#include <berth/core/error.hpp>
#include <berth/store/etcd/watch_message.hpp>
#include <berth/store/range_signal.hpp>
#include <berth/store/watch.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::store::detail {

/// Whether a watch wants an event.
template <class V> [[nodiscard]] auto wants(watch_request const& asked, event<V> const& e) -> bool {
    if (e.type == event_type::put ? asked.skip_puts : asked.skip_deletes) return false;
    return asked.keys().contains(e.kv.key());
}

/// Appends the events that a watch wants of the sorted list `from`, from `begin` on, to `out`: whole
/// revisions, until there are about `at_most`. Returns where it stopped. Before an event that cannot be
/// decoded it stops, too; that event's error comes when there is nothing else to deliver.
template <class V, class List>
[[nodiscard]] auto take_events(List const& from, std::size_t begin, watch_request const& asked,
                               std::size_t at_most, std::vector<event<V>>& out) -> result<std::size_t> {
    auto whole = out.size(); // how many events are of revisions before the present one
    auto start = begin;      // where the present revision begins
    auto i = begin;
    for (; i != from.size(); ++i) {
        auto const& e = from[i];
        if (i == begin || from[i - 1].revision() != e.revision()) {
            if (out.size() >= at_most && i != begin) break;
            whole = out.size();
            start = i;
        }
        if (!wants(asked, e.what)) continue;
        if (e.fault) {
            if (whole == 0) return std::unexpected(*e.fault);
            out.resize(whole);
            return start;
        }
        out.push_back(e.what);
        if (!asked.want_previous) out.back().previous = {};
    }
    return i;
}

/// All events of the revisions from `floor()` to `reached()`. Many may read, one may append, at once.
template <class V> class event_log {
public:
    /// `watched` must outlive it.
    event_log(std::size_t capacity, range_signal& watched) : capacity_(capacity), watched_(watched) {}

    /// The oldest revision whose events are here.
    [[nodiscard]] auto floor() const -> revision_number { return floor_.load(); }
    /// The newest one: the log is complete up to it.
    [[nodiscard]] auto reached() const -> revision_number { return reached_.load(); }

    /// Forgets all; what comes next is the revision after `reached`. Answers whom that concerns.
    auto restart(revision_number reached) -> range_signal::found {
        auto const lock = std::unique_lock(mutex_);
        newest_.clear();
        entries_.clear();
        floor_.store(reached + 1);
        reached_.store(reached);
        return watched_.find_in({smallest_key, unbounded}, 1);
    }

    /// Adds whole revisions that follow, and forgets the oldest ones beyond the capacity. Answers whom that
    /// concerns.
    auto append(std::vector<log_entry<V>> events, revision_number reached) -> range_signal::found {
        auto gone = std::vector<log_entry<V>>{}; // freed without the lock
        auto const lock = std::unique_lock(mutex_);
        auto const first = entries_.size();
        for (auto& e : events) {
            entries_.push_back(std::move(e));
            note_newest(entries_.back().what.kv.key(), first_number_ + entries_.size() - 1);
        }
        reached_.store(std::max(reached_.load(), reached));
        auto concerned = watched_.find([&](auto visit) {
            for (auto i = first; i != entries_.size(); ++i)
                visit(entries_[i].what.kv.key(), entries_[i].revision());
        });
        while (entries_.size() > capacity_ && entries_.front().revision() < entries_.back().revision()) {
            auto const oldest = entries_.front().revision();
            while (entries_.front().revision() == oldest) {
                auto const newest = newest_.find(entries_.front().what.kv.key());
                if (newest != newest_.end() && newest->second == first_number_) newest_.erase(newest);
                gone.push_back(std::move(entries_.front()));
                entries_.pop_front();
                ++first_number_;
            }
            floor_.store(oldest + 1);
        }
        return concerned;
    }

    /// Fills in what was there before each of the events that follow, as far as it is here: what the event
    /// before it wrote. Answers the places of those of which it is not.
    [[nodiscard]] auto complete(std::vector<log_entry<V>>& next) const -> std::vector<std::size_t> {
        auto const lock = std::shared_lock(mutex_);
        auto unknown = std::vector<std::size_t>{};
        auto among = std::map<std::string_view, std::size_t>{}; // the newest of each key in `next`
        for (std::size_t i = 0; i < next.size(); ++i) {
            auto& e = next[i];
            auto const key = e.what.kv.key();
            auto const [at, is_first] = among.try_emplace(key, i);
            auto const* const before = is_first ? newest_of(key) : &next[std::exchange(at->second, i)];
            if (e.what.is_create()) continue;
            if (before == nullptr || before->what.type == event_type::erase) unknown.push_back(i);
            else if (!before->fault) e.what.previous = before->what.kv;
        }
        return unknown;
    }

    /// Up to where there was nothing for a cursor whose last look found nothing.
    [[nodiscard]] auto quiet_until(range_signal::subscription const& of) const -> revision_number {
        auto const lock = std::shared_lock(mutex_); // nothing is half announced now
        auto const since = of.concerned_since();
        return since == 0 ? reached_.load() : std::min(since - 1, reached_.load());
    }

    /// What a cursor found, and how far that brought it.
    struct pulled {
        std::vector<event<V>> events{};
        revision_number progress = 0;
        bool is_past = false; ///< what comes next is not here any more
    };

    /// The events after `progress` that a watch wants; looks at a bounded number.
    [[nodiscard]] auto pull(revision_number progress, watch_request const& asked, std::size_t at_most) const
        -> result<pulled> {
        auto const lock = std::shared_lock(mutex_);
        auto out = pulled{.events = {}, .progress = progress};
        if (progress + 1 < floor_.load()) {
            out.is_past = true;
            return out;
        }
        auto const first = std::partition_point(entries_.begin(), entries_.end(),
                                                [&](auto const& e) { return e.revision() <= progress; });
        auto const begin = static_cast<std::size_t>(first - entries_.begin());
        auto const end = take_events(entries_, begin, asked, at_most, out.events);
        if (!end) return std::unexpected(end.error());
        auto const here = *end == entries_.size() ? reached_.load() : entries_[*end].revision() - 1;
        out.progress = std::max(progress, here);
        return out;
    }

    /// The events of one revision that is here.
    [[nodiscard]] auto of(revision_number at) const -> std::vector<log_entry<V>> {
        auto const lock = std::shared_lock(mutex_);
        auto out = std::vector<log_entry<V>>{};
        for (auto const& e : entries_) {
            if (e.revision() == at) out.push_back(e);
        }
        return out;
    }

private:
    [[nodiscard]] auto newest_of(std::string_view key) const -> log_entry<V> const* {
        auto const at = newest_.find(key);
        return at == newest_.end() ? nullptr : &entries_[at->second - first_number_];
    }
    /// The text of a key must live as long as the entry.
    auto note_newest(std::string_view key, std::size_t number) -> void {
        if (auto node = newest_.extract(key)) {
            node.key() = key;
            node.mapped() = number;
            newest_.insert(std::move(node));
        } else {
            newest_.emplace(key, number);
        }
    }

    std::size_t capacity_;
    range_signal& watched_;
    mutable std::shared_mutex mutex_;
    std::deque<log_entry<V>> entries_{};               ///< in the order of their revisions
    std::size_t first_number_ = 0;                     ///< of the first one; the others follow
    std::map<std::string_view, std::size_t> newest_{}; ///< by key: the number of its newest entry
    std::atomic<revision_number> floor_{1};
    std::atomic<revision_number> reached_{0};
};

} // namespace berth::store::detail
