#pragma once

/// \file
/// The work queue for several threads: `work_queue` behind locks, with workers that wait.

#include <berth/core/config.hpp>
#include <berth/core/step.hpp>
#include <berth/core/time.hpp>
#include <berth/reconcile/queue.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace berth::reconcile {

namespace detail {

/// Locks a mutex that is held for some microseconds at most: tries for about as long as a sleep and a wake
/// would take, more and more rarely, and lets other threads run, before it sleeps.
[[nodiscard]] BERTH_DECL auto lock_soon(std::mutex& m) -> std::unique_lock<std::mutex>;

/// A thread takes so many keys of a shard before it looks at another one.
inline constexpr std::size_t keys_of_turn = 32;

/// How many keys this thread has taken, `keys_of_turn` more for each shard where it found none. Threads begin
/// with different shards.
[[nodiscard]] BERTH_DECL auto turns_taken() -> std::size_t&;

/// Sleeps for so long at most, or until it is woken (perhaps for nothing). The lock is held afterwards.
BERTH_DECL auto sleep_for(std::condition_variable& awake, std::unique_lock<std::mutex>& lock, duration d)
    -> void;

/// Lets other threads run.
BERTH_DECL auto let_others_run() -> void;

} // namespace detail

/// A `work_queue` that any number of threads may use at once. With one shard (the default) its laws are the
/// same. With more, keys are spread over that many queues with a lock each: much less contention between many
/// threads, and the order in which keys come (and whose turn it is) is only kept within a shard. Retries are
/// limited for all shards together.
///
/// Who has many short pieces of work loses more time to the lock than to the work: `add_all`, `get_some` and
/// `done_all` take it once for many keys.
template <class Key, class Hash = key_hash, class Causes = no_causes, class Turns = turns_as_they_came>
class shared_queue {
    using one_queue = work_queue<Key, Hash, Causes, Turns>;

public:
    using key_type = Key;
    using turns_type = Turns;

    shared_queue() : shared_queue(queue_options{}) {}
    explicit shared_queue(back_off wait, std::size_t shards = 1, Hash hash = {}, Turns turns = {})
        : shared_queue(queue_options{wait, 0, {}}, shards, std::move(hash), std::move(turns)) {}
    explicit shared_queue(queue_options options, std::size_t shards = 1, Hash hash = {}, Turns turns = {})
        : hash_(hash), count_(std::max<std::size_t>(shards, 1)), shards_(std::make_unique<shard[]>(count_)) {
        if (options.retries) bucket_.emplace(*options.retries);
        options.retries.reset();
        for (std::size_t i = 0; i < count_; ++i) shards_[i].queue = one_queue(options, hash, turns);
    }

    /// As in `work_queue`. `add` wakes a waiting worker, and calls the wakers of `ready()`.
    auto add(Key const& key, Causes why = {}) -> bool { return add_now(key, {}, std::move(why)); }
    auto add_now(Key const& key, time_point now, Causes why = {}) -> bool {
        return change(shard_of(key), [&](auto& q) { return q.add_now(key, now, std::move(why)); });
    }
    /// Adds all of them for the same cause, with the lock taken once for those in a row of one shard. (Of
    /// very many, others are let in between.) Answers how many began to wait.
    auto add_all(std::span<Key const> keys, time_point now = {}, Causes const& why = {}) -> std::size_t {
        auto out = std::size_t{0};
        change_each(keys, [&](auto& q, Key const& k) { out += q.add_now(k, now, why) ? 1U : 0U; });
        return out;
    }
    auto add_at(Key const& key, time_point t, Causes why = {}) -> void {
        change(shard_of(key), [&](auto& q) { q.add_at(key, t, std::move(why)); });
    }
    auto add_after(Key const& key, duration d, time_point now, Causes why = {}) -> void {
        change(shard_of(key), [&](auto& q) { q.add_after(key, d, now, std::move(why)); });
    }
    auto add_rate_limited(Key const& key, time_point now, Causes why = {}, duration at_least = {}) -> void {
        if (bucket_) {
            auto const lock = std::scoped_lock(bucket_mutex_);
            at_least = std::max(at_least, bucket_->reserve(now));
        }
        change(shard_of(key), [&](auto& q) { q.add_rate_limited(key, now, std::move(why), at_least); });
    }
    auto done(Key const& key, time_point now = {}) -> bool {
        auto const out = change(shard_of(key), [&](auto& q) { return q.done(key, now); });
        tell_who_drains();
        return out;
    }
    /// All of them, with the lock taken once for those in a row of one shard.
    auto done_all(std::span<Key const> keys, time_point now = {}) -> void {
        change_each(keys, [&](auto& q, Key const& k) { q.done(k, now); });
        tell_who_drains();
    }
    auto forget(Key const& key) -> void {
        auto& s = shard_of(key);
        auto const lock = std::scoped_lock(s.mutex);
        s.queue.forget(key);
    }
    [[nodiscard]] auto requeues(Key const& key) const -> std::uint32_t {
        auto& s = shard_of(key);
        auto const lock = std::scoped_lock(s.mutex);
        return s.queue.requeues(key);
    }
    [[nodiscard]] auto where_is(Key const& key) const -> queue_state {
        auto& s = shard_of(key);
        auto const lock = std::scoped_lock(s.mutex);
        return s.queue.where_is(key);
    }
    [[nodiscard]] auto causes(Key const& key) const -> Causes {
        auto& s = shard_of(key);
        auto const lock = std::scoped_lock(s.mutex);
        return s.queue.causes(key);
    }

    /// The key whose turn it is, or nothing. Does not wait.
    [[nodiscard]] auto get(time_point now) -> std::optional<Key> {
        auto out = std::optional<Key>();
        from_a_shard([&](auto& q) { return (out = q.get(now)).has_value(); });
        return out;
    }
    /// The keys whose turn it is, as many as there is room for, with the lock taken once: those of one shard,
    /// which may be fewer than wait in all. Answers how many. Each of them is given out from now on, so
    /// others cannot take it while whoever got it is still busy with the ones before. Does not wait.
    [[nodiscard]] auto get_some(std::span<Key> room, time_point now) -> std::size_t {
        auto count = std::size_t{0};
        from_a_shard([&](auto& q) {
            for (; count < room.size(); ++count) {
                auto key = q.get(now);
                if (!key) break;
                room[count] = *std::move(key);
            }
            return count > 0;
        });
        return count;
    }

    /// Waits for a key's turn. Nothing if a stop is requested, or after `shut_down` when no key waits.
    [[nodiscard]] auto wait(std::stop_token const& stop, time_source auto const& time) -> std::optional<Key> {
        return wait_for(stop, time, [&] { return get(time.now()); });
    }
    /// Waits for a key's turn, and takes all whose turn it is, as `get_some` does. None if a stop is
    /// requested, or after `shut_down` when no key waits.
    [[nodiscard]] auto wait_some(std::stop_token const& stop, time_source auto const& time,
                                 std::span<Key> room) -> std::size_t {
        return wait_for(stop, time, [&] { return get_some(room, time.now()); });
    }

    /// When a component that takes from this queue has something to do.
    [[nodiscard]] auto next() const -> wake {
        auto out = wake::signalled();
        for (auto const& s : std::span(shards_.get(), count_)) {
            if (s.holds.load() == content::nothing) continue;
            auto const lock = std::scoped_lock(s.mutex);
            out = sooner(out, s.queue.next());
        }
        return out;
    }
    [[nodiscard]] auto size() const -> std::size_t {
        return fold(std::size_t{0}, [](auto n, auto const& q) { return n + q.size(); });
    }
    [[nodiscard]] auto processing() const -> std::size_t {
        return fold(std::size_t{0}, [](auto n, auto const& q) { return n + q.processing(); });
    }
    [[nodiscard]] auto delayed() const -> std::size_t {
        return fold(std::size_t{0}, [](auto n, auto const& q) { return n + q.delayed(); });
    }
    [[nodiscard]] auto counters() const -> queue_counters {
        return fold(queue_counters{}, [](queue_counters sum, auto const& q) {
            sum.adds += q.counters().adds;
            sum.retries += q.counters().retries;
            sum.given += q.counters().given;
            return sum;
        });
    }

    [[nodiscard]] auto times() const -> queue_times {
        return fold(queue_times{}, [](queue_times sum, auto const& q) {
            sum.merge(q.times());
            return sum;
        });
    }
    [[nodiscard]] auto unfinished(time_point now) const -> unfinished_work {
        return fold(unfinished_work{}, [now](unfinished_work sum, auto const& q) {
            auto const here = q.unfinished(now);
            return unfinished_work{sum.total + here.total, std::max(sum.longest, here.longest)};
        });
    }

    /// As in `work_queue`; wakes everybody who waits.
    auto shut_down() -> void {
        end([](auto& q) { q.shut_down(); });
    }
    auto shut_down_now() -> void {
        end([](auto& q) { q.shut_down_now(); });
    }
    /// Shuts down and waits until what waited has been given out and finished, or a stop is requested.
    /// Answers whether all is finished. (client-go's `ShutDownWithDrain`.) Not for who works on a key itself.
    auto drain(std::stop_token stop = {}) -> bool {
        draining_ = true;
        shut_down();
        auto const on_stop = std::stop_callback(stop, [this] { wake_all(); });
        auto lock = std::unique_lock(sleep_mutex_);
        while (!drained() && !stop.stop_requested()) awake_.wait(lock);
        return drained();
    }
    [[nodiscard]] auto shutting_down() const -> bool {
        auto const lock = std::scoped_lock(shards_[count_ - 1].mutex);
        return shards_[count_ - 1].queue.shutting_down();
    }
    [[nodiscard]] auto drained() const -> bool {
        return fold(true, [](bool all, auto const& q) { return all && q.drained(); });
    }

    /// Called when a key comes to wait for its turn, or its time, and none waited before.
    [[nodiscard]] auto ready() -> wake_signal& { return ready_; }

private:
    /// What waits in a shard.
    enum class content : std::uint8_t {
        nothing,
        for_its_time,
        for_its_turn, ///< and perhaps for its time too
    };
    struct alignas(64) shard {
        mutable std::mutex mutex;
        one_queue queue;
        std::atomic<content> holds = content::nothing; ///< told to who has no lock

        auto settle() -> void {
            auto const now = queue.size() > 0      ? content::for_its_turn
                             : queue.delayed() > 0 ? content::for_its_time
                                                   : content::nothing;
            if (holds.load(std::memory_order_relaxed) != now) holds.store(now);
        }
    };

    [[nodiscard]] auto any_ready() const -> bool {
        return std::ranges::any_of(std::span(shards_.get(), count_),
                                   [](shard const& s) { return s.holds.load() == content::for_its_turn; });
    }

    auto shard_of(Key const& key) const -> shard& {
        return shards_[count_ == 1 ? 0 : (hash_(key) >> 32U) % count_];
    }

    /// Has `take` look at one shard after another until it has found something. A thread stays with a shard
    /// for some keys: they lie in its core's cache by then.
    template <class F> auto from_a_shard(F&& take) -> void {
        using detail::keys_of_turn;
        auto& turn = detail::turns_taken();
        for (std::size_t i = 0; i < count_; ++i, turn = (turn / keys_of_turn + 1) * keys_of_turn) {
            auto& s = shards_[turn / keys_of_turn % count_];
            if (s.holds.load(std::memory_order_relaxed) == content::nothing) continue;
            auto const lock = detail::lock_soon(s.mutex);
            auto const found = take(s.queue);
            s.settle();
            if (!found) continue;
            ++turn;
            return;
        }
    }

    /// Waits until `take` gets something; what it gets, or nothing.
    template <class Take>
    auto wait_for(std::stop_token const& stop, time_source auto const& time, Take take) -> decltype(take()) {
        if (stop.stop_requested()) return {};
        auto got = take();
        if (got) return got;
        auto const on_stop = std::stop_callback(stop, [this] { wake_all(); });
        auto slept = false;
        auto patience = 4;
        while (!got && !stop.stop_requested()) {
            // Let those who add run first: a switch is cheaper than to sleep and to be woken.
            if (patience > 0) {
                --patience;
                detail::let_others_run();
            } else {
                auto lock = std::unique_lock(sleep_mutex_);
                sleepers_.fetch_add(1);
                auto const next = this->next();
                auto const over = next.kind == wake::when::signalled && shutting_down();
                if (!over && !stop.stop_requested()) sleep(lock, next, time);
                sleepers_.fetch_sub(1);
                waking_.store(false);
                slept = true;
                patience = 1;
                if (over) break;
            }
            got = take();
        }
        if (slept && any_ready()) wake_one();
        return got;
    }

    /// Changes a shard, and tells those who wait if it now has something that it had not.
    template <class F> auto change(shard& s, F&& f) -> std::invoke_result_t<F, one_queue&> {
        auto news = false;
        auto first = false;
        auto const tell = [&] {
            if (first) ready_.notify();
            if (news) wake_one();
        };
        auto const changed = [&](auto&& act) {
            auto const before = s.queue.size();
            auto const due = s.queue.next_ready();
            act();
            s.settle();
            auto const sooner_due = s.queue.next_ready() && (!due || *s.queue.next_ready() < *due);
            news = s.queue.size() > before || sooner_due;
            first = (before == 0 && s.queue.size() > 0) || sooner_due;
        };
        auto lock = detail::lock_soon(s.mutex);
        if constexpr (std::is_void_v<std::invoke_result_t<F, one_queue&>>) {
            changed([&] { f(s.queue); });
            lock.unlock();
            tell();
        } else {
            auto out = decltype(f(s.queue)){};
            changed([&] { out = f(s.queue); });
            lock.unlock();
            tell();
            return out;
        }
    }

    /// Has `act(queue, key)` change the shards of all these keys: those of one shard under one lock, in their
    /// order, but not so many that it is held for long.
    template <class F> auto change_each(std::span<Key const> keys, F&& act) -> void {
        std::array<shard*, 256> at; // of each key; null: changed already
        while (!keys.empty()) {
            auto const n = std::min(keys.size(), at.size());
            for (std::size_t i = 0; i < n; ++i) at[i] = &shard_of(keys[i]);
            for (std::size_t first = 0; first < n; ++first) {
                auto* const here = at[first];
                if (here == nullptr) continue;
                change(*here, [&](one_queue& q) {
                    for (auto i = first; i < n; ++i) {
                        if (at[i] != here) continue;
                        act(q, keys[i]);
                        at[i] = nullptr;
                    }
                });
            }
            keys = keys.subspan(n);
        }
    }

    template <class F> auto end(F&& how) -> void {
        for (std::size_t i = 0; i < count_; ++i) {
            auto const lock = std::scoped_lock(shards_[i].mutex);
            how(shards_[i].queue);
            shards_[i].settle();
        }
        wake_all();
        ready_.notify();
    }

    template <class T, class F> auto fold(T value, F&& f) const -> T {
        for (std::size_t i = 0; i < count_; ++i) {
            auto const lock = std::scoped_lock(shards_[i].mutex);
            value = f(std::move(value), shards_[i].queue);
        }
        return value;
    }

    auto sleep(std::unique_lock<std::mutex>& lock, wake until, time_source auto const& time) -> void {
        if (until.kind == wake::when::signalled) awake_.wait(lock);
        else if (until.kind == wake::when::at) detail::sleep_for(awake_, lock, until.time - time.now());
    }
    /// Wakes a worker, unless one is waking already: that one wakes the next if it leaves anything.
    auto wake_one() -> void {
        if (sleepers_.load() == 0 || waking_.exchange(true)) return;
        { auto const lock = std::scoped_lock(sleep_mutex_); }
        awake_.notify_one();
    }
    auto wake_all() -> void {
        { auto const lock = std::scoped_lock(sleep_mutex_); }
        awake_.notify_all();
    }

    auto tell_who_drains() -> void {
        if (draining_.load() && drained()) wake_all();
    }

    [[no_unique_address]] Hash hash_;
    std::size_t count_;
    std::unique_ptr<shard[]> shards_;
    std::mutex bucket_mutex_;
    std::optional<token_bucket> bucket_;
    std::atomic<bool> draining_{false};
    std::mutex sleep_mutex_;
    std::condition_variable awake_;
    std::atomic<int> sleepers_{0};
    std::atomic<bool> waking_{false};
    wake_signal ready_;
};

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/shared_queue.ipp>
#endif
