#pragma once

/// \file
/// A work queue of keys with the rules of client-go's (1.36, `util/workqueue`): a key waits once however
/// often it is added, is never given out twice at once, and runs again if it was added while it ran.

#include <berth/core/step.hpp>
#include <berth/object/meta.hpp>
#include <berth/reconcile/detail/flat_index.hpp>
#include <berth/reconcile/detail/hash.hpp>

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::reconcile {

/// Hashes the usual keys. The same on every run.
struct key_hash {
    template <class T>
        requires std::integral<T> || std::is_enum_v<T>
    auto operator()(T n) const -> std::uint64_t {
        return detail::mix(static_cast<std::uint64_t>(n));
    }
    auto operator()(std::string_view text) const -> std::uint64_t { return detail::hash_text(text); }
    auto operator()(object::key const& k) const -> std::uint64_t {
        return detail::hash_name(k.namespace_, k.name);
    }
};

/// For queues that do not say why a key is in them.
struct no_causes {
    auto merge(no_causes) -> void {}
};

/// How long a key waits after failures: `base` after the first, twice as long after each further one, never
/// longer than `max` (client-go's `ItemExponentialFailureRateLimiter` and its defaults).
struct back_off {
    duration base = milliseconds(5);
    duration max = seconds(1000);

    /// The wait after so many earlier failures.
    [[nodiscard]] constexpr auto after(std::uint32_t failures) const -> duration {
        if (failures >= 63 || base.nanoseconds > (max.nanoseconds >> failures)) return max;
        return base * (std::int64_t{1} << failures);
    }
};

/// What has happened to a queue.
struct queue_counters {
    std::uint64_t adds = 0;    ///< keys that began to wait (`workqueue_adds_total`)
    std::uint64_t retries = 0; ///< calls of `add_rate_limited` (`workqueue_retries_total`)
    std::uint64_t given = 0;   ///< keys given out

    friend auto operator==(queue_counters const&, queue_counters const&) -> bool = default;
};

/// Keys have their turn as they came: the usual order of a `work_queue`. Whoever wants another one gives it a
/// type with these members, of which `push` and `pop` decide (`fair_turns`); keys are told by their slots.
class turns_as_they_came {
public:
    /// A key waits for its turn.
    template <class Key> auto push(std::uint32_t slot, Key const&) -> void {
        if (waiting_ == ring_.size()) grow();
        ring_[(head_ + waiting_) & (ring_.size() - 1)] = slot;
        ++waiting_;
    }
    /// Whose turn it is; `nowhere` if `ready` says no.
    auto pop() -> std::uint32_t {
        if (waiting_ == 0) return detail::nowhere;
        auto const slot = ring_[head_ & (ring_.size() - 1)];
        ++head_;
        --waiting_;
        return slot;
    }
    /// A key that was popped is finished.
    auto done(std::uint32_t) -> void {}
    /// Whether anybody may have its turn now.
    [[nodiscard]] auto ready() const -> bool { return waiting_ != 0; }
    /// How many wait.
    [[nodiscard]] auto size() const -> std::size_t { return waiting_; }

private:
    auto grow() -> void {
        auto bigger = std::vector<std::uint32_t>(ring_.empty() ? 16 : ring_.size() * 2);
        for (std::size_t i = 0; i < waiting_; ++i) bigger[i] = ring_[(head_ + i) & (ring_.size() - 1)];
        ring_ = std::move(bigger);
        head_ = 0;
    }

    std::vector<std::uint32_t> ring_;
    std::size_t head_ = 0;
    std::size_t waiting_ = 0;
};

/// The queue for one thread; `shared_queue` is the one for several. Time is a parameter, there is no hidden
/// clock.
///
/// A key is any regular type; interned numbers are the fastest. `Causes` is a value with a `merge` that says
/// why a key is to be looked at. All operations are constant time (delayed ones logarithmic in the number of
/// delayed keys) and allocate nothing once the queue has seen its greatest number of keys.
///
/// Laws: *once*: any number of `add` before a `get` gives the key once. *alone*: a key that was given out is
/// not given out again before `done`. *not lost*: an `add` before `done` makes it run once more. *in order*:
/// keys come in the order in which they began to wait, unless `Turns` says another. *earliest*: of several
/// delayed adds the earliest counts.
template <class Key, class Hash = key_hash, class Causes = no_causes, class Turns = turns_as_they_came>
class work_queue {
public:
    using key_type = Key;

    work_queue() : work_queue(back_off{}) {}
    explicit work_queue(back_off wait, Hash hash = {}, Turns turns = {})
        : wait_(wait), hash_(std::move(hash)), turns_(std::move(turns)) {}

    /// The key is to be given out. Does nothing if it waits already, and after `shut_down`. Answers whether
    /// it began to wait.
    auto add(Key const& key, Causes why = {}) -> bool {
        if (shutting_down_) return false;
        return wait_for_turn(find_or_make(key), std::move(why));
    }
    /// The key is to be given out at `t`, or when an earlier wish says; an `add` is not held up by it.
    auto add_at(Key const& key, time_point t, Causes why = {}) -> void {
        if (shutting_down_) return;
        delay(find_or_make(key), t, std::move(why));
    }
    /// The key is to be given out after `d`; at once if `d` is not positive.
    auto add_after(Key const& key, duration d, time_point now, Causes why = {}) -> void {
        if (d <= duration{}) add(key, std::move(why));
        else add_at(key, now + d, std::move(why));
    }
    /// The key has failed: it is to be given out after its back-off, which grows with each call until
    /// `forget`.
    auto add_rate_limited(Key const& key, time_point now, Causes why = {}) -> void {
        if (shutting_down_) return;
        auto const slot = find_or_make(key);
        auto const d = wait_.after(items_[slot].failures);
        if (items_[slot].failures < std::numeric_limits<std::uint32_t>::max()) ++items_[slot].failures;
        ++counters_.retries;
        if (d <= duration{}) wait_for_turn(slot, std::move(why));
        else delay(slot, now + d, std::move(why));
    }
    /// The key's failures are forgotten. It stays in the queue if it is there.
    auto forget(Key const& key) -> void {
        auto const slot = find(key);
        if (slot == detail::nowhere) return;
        items_[slot].failures = 0;
        release(slot);
    }
    /// How often the key has failed since it was last forgotten.
    [[nodiscard]] auto requeues(Key const& key) const -> std::uint32_t {
        auto const slot = find(key);
        return slot == detail::nowhere ? 0 : items_[slot].failures;
    }

    /// The key whose turn it is, or nothing. Whoever gets it says `done`.
    [[nodiscard]] auto get(time_point now) -> std::optional<Key> {
        if (!delayed_.empty()) move_due(now);
        auto const slot = turns_.pop();
        if (slot == detail::nowhere) return std::nullopt;
        auto& it = items_[slot];
        it.dirty = false;
        it.processing = true;
        it.current = std::exchange(it.pending, Causes{});
        ++processing_;
        ++counters_.given;
        return it.key;
    }
    /// Why the key was given out; of a key between `get` and `done`.
    [[nodiscard]] auto causes(Key const& key) const -> Causes {
        auto const slot = find(key);
        return slot == detail::nowhere ? Causes{} : items_[slot].current;
    }
    /// The key that was given out is finished; it waits again if it was added meanwhile. Answers whether it
    /// had been given out.
    auto done(Key const& key) -> bool {
        auto const slot = find(key);
        if (slot == detail::nowhere || !items_[slot].processing) return false;
        auto& it = items_[slot];
        it.processing = false;
        it.current = Causes{};
        --processing_;
        if (it.dirty) {
            turns_.push(slot, it.key); // before `done`, so that its tenant is not seen idle
            turns_.done(slot);
        } else {
            turns_.done(slot);
            release(slot);
        }
        return true;
    }

    /// When the next delayed key is due, if there is one.
    [[nodiscard]] auto next_ready() const -> std::optional<time_point> {
        if (delayed_.empty()) return std::nullopt;
        return delayed_.front().at;
    }
    /// When a component that takes from this queue has something to do.
    [[nodiscard]] auto next() const -> wake {
        if (turns_.ready()) return wake::again();
        return delayed_.empty() ? wake::signalled() : wake::at(delayed_.front().at);
    }

    /// Whose turn it is: `fair_turns` takes the terms of tenants.
    [[nodiscard]] auto turns() -> Turns& { return turns_; }
    /// How many keys wait for their turn.
    [[nodiscard]] auto size() const -> std::size_t { return turns_.size(); }
    /// How many keys are given out.
    [[nodiscard]] auto processing() const -> std::size_t { return processing_; }
    /// How many keys wait for their time.
    [[nodiscard]] auto delayed() const -> std::size_t { return delayed_.size(); }
    [[nodiscard]] auto counters() const -> queue_counters const& { return counters_; }

    /// Nothing is added any more, and nothing delayed comes due; what waits is still given out.
    auto shut_down() -> void {
        shutting_down_ = true;
        while (!delayed_.empty()) {
            auto const slot = delayed_.front().slot;
            remove_first();
            release(slot);
        }
    }
    [[nodiscard]] auto shutting_down() const -> bool { return shutting_down_; }
    /// After `shut_down`: nothing waits and nothing is given out.
    [[nodiscard]] auto drained() const -> bool {
        return shutting_down_ && turns_.size() == 0 && processing_ == 0;
    }

private:
    struct item {
        Key key{};
        std::uint64_t hash = 0;
        std::uint32_t failures = 0;
        std::uint32_t heap = detail::nowhere; ///< where it stands in `delayed_`
        bool dirty = false;                   ///< to be given out (again)
        bool processing = false;              ///< given out
        [[no_unique_address]] Causes pending{};
        [[no_unique_address]] Causes current{};
    };
    struct appointment {
        time_point at;
        std::uint64_t order = 0; ///< of equal times, the first that was made
        std::uint32_t slot = 0;

        auto before(appointment const& other) const -> bool {
            return at != other.at ? at < other.at : order < other.order;
        }
    };

    [[nodiscard]] auto find(Key const& key) const -> std::uint32_t {
        return index_.find(hash_(key), [&](auto slot) { return items_[slot].key == key; });
    }
    auto find_or_make(Key const& key) -> std::uint32_t {
        auto const hash = hash_(key);
        auto slot = index_.find(hash, [&](auto s) { return items_[s].key == key; });
        if (slot != detail::nowhere) return slot;
        if (free_.empty()) {
            slot = static_cast<std::uint32_t>(items_.size());
            items_.emplace_back();
        } else {
            slot = free_.back();
            free_.pop_back();
        }
        items_[slot].key = key;
        items_[slot].hash = hash;
        index_.insert(hash, slot);
        return slot;
    }
    /// Forgets an item about which there is nothing to remember.
    auto release(std::uint32_t slot) -> void {
        auto const& it = items_[slot];
        if (it.dirty || it.processing || it.failures != 0 || it.heap != detail::nowhere) return;
        index_.erase(it.hash, slot);
        free_.push_back(slot);
    }

    auto wait_for_turn(std::uint32_t slot, Causes why) -> bool {
        auto& it = items_[slot];
        it.pending.merge(std::move(why));
        if (it.dirty) return false;
        it.dirty = true;
        ++counters_.adds;
        if (!it.processing) turns_.push(slot, it.key);
        return true;
    }
    auto delay(std::uint32_t slot, time_point t, Causes why) -> void {
        auto& it = items_[slot];
        it.pending.merge(std::move(why));
        if (it.heap == detail::nowhere) {
            it.heap = static_cast<std::uint32_t>(delayed_.size());
            delayed_.push_back({t, order_++, slot});
        } else if (t < delayed_[it.heap].at) delayed_[it.heap].at = t;
        else return;
        sift_up(it.heap);
    }
    auto move_due(time_point now) -> void {
        while (!delayed_.empty() && delayed_.front().at <= now) {
            auto const slot = delayed_.front().slot;
            remove_first();
            wait_for_turn(slot, {});
        }
    }
    auto remove_first() -> void {
        items_[delayed_.front().slot].heap = detail::nowhere;
        auto const last = delayed_.back();
        delayed_.pop_back();
        if (delayed_.empty()) return;
        place(0, last);
        sift_down();
    }
    auto place(std::uint32_t at, appointment a) -> void {
        delayed_[at] = a;
        items_[a.slot].heap = at;
    }
    auto sift_up(std::uint32_t at) -> void {
        auto const moving = delayed_[at];
        for (; at != 0 && moving.before(delayed_[(at - 1) / 2]); at = (at - 1) / 2)
            place(at, delayed_[(at - 1) / 2]);
        place(at, moving);
    }
    auto sift_down() -> void {
        auto const moving = delayed_[0];
        auto const count = static_cast<std::uint32_t>(delayed_.size());
        auto at = std::uint32_t{0};
        for (auto child = std::uint32_t{1}; child < count; child = 2 * at + 1) {
            if (child + 1 < count && delayed_[child + 1].before(delayed_[child])) ++child;
            if (!delayed_[child].before(moving)) break;
            place(at, delayed_[child]);
            at = child;
        }
        place(at, moving);
    }

    back_off wait_;
    [[no_unique_address]] Hash hash_;
    std::vector<item> items_;
    std::vector<std::uint32_t> free_;
    detail::flat_index index_;
    [[no_unique_address]] Turns turns_;
    std::size_t processing_ = 0;
    std::vector<appointment> delayed_;
    std::uint64_t order_ = 0;
    queue_counters counters_;
    bool shutting_down_ = false;
};

} // namespace berth::reconcile
