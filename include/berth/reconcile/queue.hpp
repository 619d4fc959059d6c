#pragma once

/// \file
/// A work queue of keys with the rules of client-go's (1.36, `util/workqueue`): a key waits once however
/// often it is added, is never given out twice at once, and runs again if it was added while it ran.

#include <berth/core/step.hpp>
#include <berth/object/meta.hpp>
#include <berth/reconcile/back_off.hpp>
#include <berth/reconcile/detail/flat_index.hpp>
#include <berth/reconcile/detail/hash.hpp>
#include <berth/reconcile/queue_times.hpp>
#include <berth/reconcile/token_bucket.hpp>
#include <berth/reconcile/turns.hpp>

#include <algorithm>
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

/// What a queue may be told.
struct queue_options {
    back_off wait = {};     ///< of keys that fail
    std::uint64_t seed = 0; ///< of the jitter of `wait`
    /// How often keys that failed may come back, all together; nothing: as often as `wait` says.
    /// (`rate_limit{}` is client-go's: 10 a second, and 100 at once.)
    std::optional<rate_limit> retries = {};
};

/// Where a key is in a queue.
struct queue_state {
    bool waiting = false;            ///< for its turn
    bool processing = false;         ///< given out
    bool again = false;              ///< given out, and to be given out once more
    std::optional<time_point> due{}; ///< when it will wait for its turn, if it waits for its time
    std::uint32_t failures = 0;      ///< since it was last forgotten

    friend auto operator==(queue_state const&, queue_state const&) -> bool = default;
};

/// What has happened to a queue.
struct queue_counters {
    std::uint64_t adds = 0;    ///< keys that began to wait (`workqueue_adds_total`)
    std::uint64_t retries = 0; ///< calls of `add_rate_limited` (`workqueue_retries_total`)
    std::uint64_t given = 0;   ///< keys given out

    friend auto operator==(queue_counters const&, queue_counters const&) -> bool = default;
};

/// The queue for one thread; `shared_queue` is the one for several. Time is a parameter, there is no hidden
/// clock.
///
/// A key is any regular type; interned numbers are the fastest. `Causes` is a value with a `merge` that says
/// why a key is to be looked at. All operations are constant time (delayed ones logarithmic in the number of
/// delayed keys) and allocate nothing while there are no more keys than there were before. Room for more than
/// 1,024 keys is given back when the queue becomes empty and has needed less than a quarter of it since it
/// was last empty: a crowd that does not come again leaves nothing behind.
///
/// Laws: *once*: any number of `add` before a `get` gives the key once. *alone*: a key that was given out is
/// not given out again before `done`. *not lost*: an `add` before `done` makes it run once more. *in order*:
/// keys come in the order in which they began to wait, unless `Turns` says another. *earliest*: of several
/// delayed adds the earliest counts.
template <class Key, class Hash = key_hash, class Causes = no_causes, class Turns = turns_as_they_came>
class work_queue {
public:
    using key_type = Key;

    work_queue() : work_queue(queue_options{}) {}
    explicit work_queue(back_off wait, Hash hash = {}, Turns turns = {})
        : work_queue(queue_options{wait, 0, {}}, std::move(hash), std::move(turns)) {}
    explicit work_queue(queue_options options, Hash hash = {}, Turns turns = {})
        : wait_(options.wait), seed_(options.seed), hash_(std::move(hash)), turns_(std::move(turns)) {
        if (options.retries) bucket_.emplace(*options.retries);
    }

    /// The key is to be given out. Does nothing if it waits already, and after `shut_down`. Answers whether
    /// it began to wait.
    auto add(Key const& key, Causes why = {}) -> bool { return add_now(key, {}, std::move(why)); }
    /// The same at a time that is known, so that `times` can tell how long it waited.
    auto add_now(Key const& key, time_point now, Causes why = {}) -> bool {
        if (shutting_down_) return false;
        return wait_for_turn(find_or_make(key), std::move(why), now);
    }
    /// The key is to be given out at `t`, or when an earlier wish says; an `add` is not held up by it.
    auto add_at(Key const& key, time_point t, Causes why = {}) -> void {
        if (shutting_down_) return;
        delay(find_or_make(key), t, std::move(why));
    }
    /// The key is to be given out after `d`; at once if `d` is not positive.
    auto add_after(Key const& key, duration d, time_point now, Causes why = {}) -> void {
        if (d <= duration{}) add_now(key, now, std::move(why));
        else add_at(key, now + d, std::move(why));
    }
    /// The key has failed: it is to be given out after its back-off, which grows with each call until
    /// `forget`; not before `at_least` is over, and where retries are limited, not before there is a token.
    /// (`add_after` counts as no failure, and forgets none.)
    auto add_rate_limited(Key const& key, time_point now, Causes why = {}, duration at_least = {}) -> void {
        if (shutting_down_) return;
        auto const slot = find_or_make(key);
        auto& it = items_[slot];
        auto d = std::max(wait_.after(it.failures, hash_(it.key), seed_), at_least);
        if (bucket_) d = std::max(d, bucket_->reserve(now));
        if (it.failures < std::numeric_limits<std::uint32_t>::max()) ++it.failures;
        ++counters_.retries;
        if (d <= duration{}) wait_for_turn(slot, std::move(why), now);
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
        it.work = begin_work(std::exchange(it.pending, Causes{}));
        if (it.since != time_point{}) times_.waited.add(now - it.since);
        it.since = now;
        ++counters_.given;
        return it.key;
    }
    /// Why the key was given out; of a key between `get` and `done`.
    [[nodiscard]] auto causes(Key const& key) const -> Causes {
        auto const slot = find(key);
        return slot == detail::nowhere || !items_[slot].processing() ? Causes{}
                                                                     : work_[items_[slot].work].why;
    }
    /// The key that was given out is finished; it waits again if it was added meanwhile. Answers whether it
    /// had been given out. `now`: if it is known, so that `times` can tell how long it took.
    auto done(Key const& key, time_point now = {}) -> bool {
        auto const slot = find(key);
        if (slot == detail::nowhere || !items_[slot].processing()) return false;
        auto& it = items_[slot];
        auto const again_since = end_work(std::exchange(it.work, detail::nowhere));
        if (now != time_point{} && it.since != time_point{}) times_.worked.add(now - it.since);
        it.since = again_since;
        if (it.dirty) {
            line_up(slot); // before `done`, so that its tenant is not seen idle
            turns_.done(slot);
        } else {
            turns_.done(slot);
            release(slot);
        }
        if (dropping_) drop_waiting();
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
    [[nodiscard]] auto processing() const -> std::size_t { return work_.size() - free_work_.size(); }
    /// How many keys wait for their time.
    [[nodiscard]] auto delayed() const -> std::size_t { return delayed_.size(); }
    [[nodiscard]] auto counters() const -> queue_counters const& { return counters_; }
    /// How long keys took whose times are known.
    [[nodiscard]] auto times() const -> queue_times const& { return times_; }
    /// How long what is given out has been worked on. Costs time in the number of keys.
    [[nodiscard]] auto unfinished(time_point now) const -> unfinished_work {
        auto out = unfinished_work{};
        for (auto const& it : items_) {
            if (!it.processing() || it.since == time_point{}) continue;
            auto const d = std::max(now - it.since, duration{});
            out.total = out.total + d;
            out.longest = std::max(out.longest, d);
        }
        return out;
    }
    /// Where a key is, and how often it has failed.
    [[nodiscard]] auto where_is(Key const& key) const -> queue_state {
        auto const slot = find(key);
        if (slot == detail::nowhere) return {};
        auto const& it = items_[slot];
        auto out = queue_state{
            it.dirty && !it.processing(), it.processing(), it.dirty && it.processing(), {}, it.failures};
        if (it.heap != detail::nowhere) out.due = delayed_[it.heap].at;
        return out;
    }

    /// Nothing is added any more, and nothing delayed comes due; what waits is still given out, so that the
    /// work is finished. (client-go's `ShutDown`; `ShutDownWithDrain` waits for `drained` besides.)
    auto shut_down() -> void {
        shutting_down_ = true;
        while (!delayed_.empty()) {
            auto const slot = delayed_.front().slot;
            remove_first();
            release(slot);
        }
    }
    /// The same, and what waits is forgotten: only what is given out is left.
    auto shut_down_now() -> void {
        shut_down();
        dropping_ = true;
        drop_waiting();
    }
    [[nodiscard]] auto shutting_down() const -> bool { return shutting_down_; }
    /// After `shut_down`: nothing waits and nothing is given out.
    [[nodiscard]] auto drained() const -> bool {
        return shutting_down_ && turns_.size() == 0 && processing() == 0;
    }

private:
    /// Room for so many keys is never given back.
    static constexpr std::size_t kept_room = 1024;

    struct item {
        Key key{};
        time_point since{}; ///< when it began to wait, or was given out; if known
        [[no_unique_address]] Causes pending{};
        std::uint32_t tag = 0; ///< of its hash, all that the index needs
        std::uint32_t failures = 0;
        std::uint32_t heap = detail::nowhere; ///< where it stands in `delayed_`
        std::uint32_t work = detail::nowhere; ///< where it stands in `work_`
        bool dirty = false;                   ///< to be given out (again)

        /// Whether it is given out.
        [[nodiscard]] auto processing() const -> bool { return work != detail::nowhere; }
    };
    /// What is known of a key only while it is given out: of few keys at a time.
    struct work {
        time_point again_since{}; ///< when it was added meanwhile
        [[no_unique_address]] Causes why{};
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
        items_[slot].tag = static_cast<std::uint32_t>(hash);
        index_.insert(hash, slot);
        most_ = std::max(most_, index_.size());
        return slot;
    }
    /// Forgets an item about which there is nothing to remember.
    auto release(std::uint32_t slot) -> void {
        auto const& it = items_[slot];
        if (it.dirty || it.processing() || it.failures != 0 || it.heap != detail::nowhere) return;
        index_.erase(it.tag, slot);
        free_.push_back(slot);
        if (index_.size() == 0) give_back(std::exchange(most_, 0));
    }
    /// Gives room back that was needed once, if the empty queue has had no more than so many keys since.
    auto give_back(std::size_t most) -> void {
        if (items_.size() <= kept_room || most >= items_.size() / 4) return;
        items_ = {};
        free_ = {};
        index_ = {};
        work_ = {};
        free_work_ = {};
        delayed_ = {};
        if constexpr (requires { turns_.give_back(); }) turns_.give_back();
    }

    auto begin_work(Causes why) -> std::uint32_t {
        if (free_work_.empty()) {
            work_.push_back({{}, std::move(why)});
            return static_cast<std::uint32_t>(work_.size() - 1);
        }
        auto const at = free_work_.back();
        free_work_.pop_back();
        work_[at].why = std::move(why);
        return at;
    }
    /// Since when the key waits again, if it does and that is known.
    auto end_work(std::uint32_t at) -> time_point {
        work_[at].why = Causes{};
        free_work_.push_back(at);
        return std::exchange(work_[at].again_since, time_point{});
    }

    auto wait_for_turn(std::uint32_t slot, Causes why, time_point now) -> bool {
        auto& it = items_[slot];
        it.pending.merge(std::move(why));
        if (it.dirty) {
            if constexpr (requires { turns_.again(slot, it.key, it.pending); })
                if (!it.processing()) turns_.again(slot, it.key, it.pending);
            return false;
        }
        it.dirty = true;
        (it.processing() ? work_[it.work].again_since : it.since) = now;
        ++counters_.adds;
        if (!it.processing()) line_up(slot);
        return true;
    }
    auto line_up(std::uint32_t slot) -> void {
        auto const& it = items_[slot];
        if constexpr (requires { turns_.push(slot, it.key, it.pending); })
            turns_.push(slot, it.key, it.pending);
        else turns_.push(slot, it.key);
    }
    auto drop_waiting() -> void {
        for (auto slot = turns_.pop(); slot != detail::nowhere; slot = turns_.pop()) {
            items_[slot].dirty = false;
            items_[slot].pending = Causes{};
            turns_.done(slot);
            release(slot);
        }
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
            auto const first = delayed_.front();
            remove_first();
            wait_for_turn(first.slot, {}, first.at);
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
    std::uint64_t seed_;
    std::optional<token_bucket> bucket_;
    [[no_unique_address]] Hash hash_;
    std::vector<item> items_;
    std::vector<std::uint32_t> free_;
    detail::flat_index index_;
    [[no_unique_address]] Turns turns_;
    std::vector<work> work_; ///< of the keys that are given out, and free places
    std::vector<std::uint32_t> free_work_;
    std::size_t most_ = 0; ///< keys at once since the queue was last empty
    std::vector<appointment> delayed_;
    std::uint64_t order_ = 0;
    queue_counters counters_;
    queue_times times_;
    bool shutting_down_ = false;
    bool dropping_ = false; ///< what waits is forgotten
};

} // namespace berth::reconcile
