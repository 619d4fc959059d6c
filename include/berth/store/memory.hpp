#pragma once

/// \file
/// `store::memory`: a versioned store in this process's memory.

#include <berth/core/error.hpp>
#include <berth/core/step.hpp>
#include <berth/store/detail/check_txn.hpp>
#include <berth/store/detail/memory_state.hpp>
#include <berth/store/detail/transaction.hpp>
#include <berth/store/errors.hpp>
#include <berth/store/memory_cursor.hpp>
#include <berth/store/types.hpp>
#include <berth/store/versioned_store.hpp>

#include <concepts>
#include <cstddef>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace berth::store {

struct memory_options {
    /// The greatest number of comparisons, and of operations per branch, of a transaction; what a transaction
    /// uses is missing to those nested in it (etcd's `--max-txn-ops`).
    std::size_t max_txn_operations = 128;
};

/// A whole store in memory: etcd v3's model for values of any regular type, serializing nothing.
///
/// * A value is moved in once and never copied again: readers and watchers share the record it lies in.
/// * One log serves all watches; a cursor is a position in it. Nothing is kept per watcher.
/// * A write of a known key costs one hash look-up, a new key a logarithmic search as well. Reads of the
/// newest
///   revision and of past ones cost the same, plus the steps back through each key's own versions.
/// * Reads run beside each other; a write waits for reads under way and goes before those that come later.
/// * Nothing is forgotten before `compact`, which frees in small steps between which others may work.
///
/// Models `versioned_store`. Movable; cursors keep the history alive by themselves.
template <class V = std::string> class memory {
public:
    using value_type = V;
    using cursor = memory_cursor<V>;

    memory() : memory(memory_options{}) {}
    explicit memory(memory_options options)
        : state_(std::make_shared<detail::memory_state<V>>()), options_(options) {}

    /// The newest revision. Takes no lock.
    [[nodiscard]] auto revision() const -> revision_number {
        state_->await_change();
        return state_->newest.load();
    }

    /// The oldest revision that can be read; 0 if nothing was compacted yet. Takes no lock.
    [[nodiscard]] auto compacted() const -> revision_number { return state_->oldest.load(); }

    /// Notified after a commit that changed something, if anything was read from the store (also by an empty
    /// `next` or `revision()`) since it was last notified: whoever is awake already is not called again.
    [[nodiscard]] auto changed() -> signal& { return state_->changed; }

    /// See `versioned_store`. Copies one pointer per key. A long range lets writers in between stretches, and
    /// is of one revision all the same.
    [[nodiscard]] auto range(range_request const& request) const -> result<range_reply<V>> {
        if (auto checked = detail::check_request(request); !checked) return refuse(checked);
        state_->await_change();
        auto const& versions = state_->versions;
        auto lock = std::shared_lock(state_->mutex);
        if (auto checked = detail::readable(versions, request.revision); !checked) return refuse(checked);
        auto reader = detail::range_reader<V>{versions, request};
        while (!reader.step(stretch)) {
            lock.unlock();
            lock.lock();
            if (versions.compacted() <= reader.revision()) continue;
            if (request.revision > 0) return errors::compacted();
            return detail::read(versions, request); // overtaken by a compaction: again, and without a pause
        }
        return std::move(reader).take();
    }

    /// See `versioned_store`. The whole batch takes the lock once and wakes watchers once.
    auto commit(std::span<txn<V> const> batch) -> std::vector<result<txn_reply<V>>> {
        auto out = std::vector<result<txn_reply<V>>>{};
        out.reserve(batch.size());
        for (auto const& t : batch) {
            auto checked = detail::check_request(t, options_.max_txn_operations);
            out.push_back(checked ? result<txn_reply<V>>{} : result<txn_reply<V>>{refuse(checked)});
        }
        write([&] {
            for (std::size_t i = 0; i < batch.size(); ++i) {
                if (out[i]) out[i] = detail::execute(state_->versions, batch[i]);
            }
        });
        return out;
    }

    /// A transaction of one put, without the ceremony; moves the value in.
    auto put(put_request<V> request) -> result<put_reply<V>> {
        if (auto checked = detail::check_request(request); !checked) return refuse(checked);
        auto out = result<put_reply<V>>{};
        write([&] {
            auto& versions = state_->versions;
            if (auto checked = detail::acceptable(versions, request); !checked) {
                out = refuse(checked);
                return;
            }
            out = detail::as_one_revision(versions,
                                          [&] { return detail::apply(versions, std::move(request)); });
        });
        return out;
    }

    /// A transaction of one deletion.
    auto erase(erase_request const& request) -> result<erase_reply<V>> {
        if (auto checked = detail::check_request(request); !checked) return refuse(checked);
        auto out = erase_reply<V>{};
        write([&] {
            auto& versions = state_->versions;
            out = detail::as_one_revision(versions, [&] { return detail::apply(versions, request); });
        });
        return out;
    }

    /// See `versioned_store`. Returns when the memory is free, unless another compaction is at work on it.
    auto compact(revision_number at) -> result<void> {
        for (auto first = true, done = false; !done; first = false) {
            auto const lock = std::scoped_lock(state_->mutex);
            if (first) {
                if (auto checked = state_->versions.compact(at); !checked) return checked;
                state_->oldest.store(at);
            }
            done = state_->versions.sweep(stretch);
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

private:
    /// How many keys or log entries are worked on before others may have the lock.
    static constexpr std::size_t stretch = 2'048;

    [[nodiscard]] static auto refuse(result<void>& checked) -> std::unexpected<error> {
        return std::unexpected(std::move(checked.error()));
    }

    /// Runs `change` alone, then makes what it did known, also if it throws after some of a batch.
    template <class Change> auto write(Change change) -> void {
        struct publication {
            detail::memory_state<V>& state;
            revision_number before = state.newest.load(std::memory_order_relaxed);
            std::unique_lock<detail::writer_first_mutex> lock{state.mutex};
            ~publication() {
                state.publish();
                lock.unlock();
                if (state.newest.load() != before) state.announce();
            }
        };
        auto const publish_at_end = publication{.state = *state_};
        change();
    }

    std::shared_ptr<detail::memory_state<V>> state_;
    memory_options options_;
};

static_assert(versioned_store<memory<std::string>>);
static_assert(versioned_store<memory<int>>);

} // namespace berth::store
