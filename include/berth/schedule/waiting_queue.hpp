#pragma once

/// \file
/// The tasks that wait for a node: those to be tried, those that back off, those for which nothing has
/// changed, those that may not be tried, and those that are held with a reservation (compare kubernetes 1.36,
/// `pkg/scheduler/backend/queue`).

#include <berth/core/time.hpp>
#include <berth/schedule/detail/indexed_heap.hpp>
#include <berth/schedule/facet.hpp>
#include <berth/schedule/line.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace berth::schedule {

/// How long a task that found no node waits before it is tried again, once something has changed.
struct back_off {
    duration first = seconds(1);
    duration most = seconds(10); ///< it doubles with each attempt up to this; zero: nobody backs off
    /// A task for which nothing changes is tried again all the same after this time.
    duration forgotten = minutes(5);
    /// Whether a task that backs off after a refusal is tried before its time when no other is to be tried
    /// (kubernetes 1.36, `SchedulerPopFromBackoffQ`).
    bool cut_short = false;
};

/// Names a task within a queue as long as it is there; the name of one that has left is never used again.
struct ticket {
    std::uint32_t slot = 0;
    std::uint32_t turn = 0;

    friend constexpr auto operator==(ticket, ticket) -> bool = default;
};

/// What can help a task that was refused.
struct queueing_hint {
    facet_set facets;         ///< a change of any of these
    std::uint64_t leaves = 0; ///< in the eyes of these leaves of the filter, see `refusal`
};

/// Tasks without a node. A task is in one of these places:
/// * *active*: to be tried, in the order of `Order`, then who came or was tried the longest ago; an order
/// that
///   `keeps_line` may hold them back;
/// * *taken*: being tried; whoever takes a task puts it into another place;
/// * *parked*: refused, until something changes that helps it, or for a long time;
/// * *backing off*: active as soon as its time has come;
/// * *gated*: not to be tried as it is; its own new value, or `again`, helps;
/// * *held*: reserved somewhere, until somebody decides, at most until a deadline.
///
/// The back-off counts refusals, and after a failure (see `failed`) the failures in a row. Changes cost the
/// logarithm of the tasks, `changed` the number of those parked; memory is kept for as many as there ever
/// were.
template <class Task, class Order> class waiting_queue {
public:
    explicit waiting_queue(Order order = {}, back_off wait = {}) : order_(std::move(order)), wait_(wait) {}

    /// A task comes, active. `lane` is the caller's, see `lane_of`.
    auto add(Task task, std::uint32_t lane = 0) -> ticket {
        if (free_.empty()) {
            free_.push_back(static_cast<std::uint32_t>(entries_.size()));
            entries_.emplace_back();
        }
        auto const slot = free_.back();
        free_.pop_back();
        auto& e = entries_[slot];
        auto const turn = e.turn + 1;
        e = entry{.task = std::move(task), .turn = turn, .lane = lane, .sequence = ++sequence_};
        activate(slot);
        ++size_;
        return {slot, turn};
    }
    /// A task has another value. It is tried again only if `helps` says that it may do better now. The value
    /// of a task that is held stays as it was when it was reserved.
    auto replace(ticket t, Task task, bool helps, time_point now) -> void {
        if (!knows(t) || entries_[t.slot].at == place::held) return;
        auto& e = entries_[t.slot];
        auto const kept = e.at;
        if (kept == place::active || kept == place::backing) unlink(t.slot);
        e.task = std::move(task);
        if (kept == place::active) activate(t.slot);
        else if (kept == place::backing) back(t.slot, e.timer, e.cut_short);
        else if (helps && kept == place::gated) reactivate(t.slot);
        else if (helps && kept == place::parked) release(t.slot, now);
    }
    /// The task leaves; it is the answer.
    auto remove(ticket t) -> std::optional<Task> {
        if (!knows(t)) return std::nullopt;
        unlink(t.slot);
        auto& e = entries_[t.slot];
        ++e.turn;
        free_.push_back(t.slot);
        --size_;
        return std::exchange(e.task, std::nullopt);
    }
    [[nodiscard]] auto find(ticket t) const -> Task const* {
        return knows(t) ? &*entries_[t.slot].task : nullptr;
    }
    /// What was said of a task when it came.
    [[nodiscard]] auto lane_of(ticket t) const -> std::uint32_t {
        return knows(t) ? entries_[t.slot].lane : 0;
    }

    /// The next task to be tried.
    auto take() -> std::optional<ticket> {
        auto next = active_.take(order_, in_order());
        while (!next && !early_.empty()) {
            reactivate(early_.front());
            next = active_.take(order_, in_order());
        }
        if (!next) return std::nullopt;
        entries_[*next].at = place::taken;
        entries_[*next].sequence = ++sequence_;
        return name(*next);
    }
    /// A taken or held task was refused; it waits for what helps it.
    auto refused(ticket t, queueing_hint hears, time_point now) -> void {
        if (!knows(t)) return;
        count_refusal(t.slot, now);
        entries_[t.slot].hears = hears;
        heard_ |= hears.facets;
        wait_until(t.slot, place::parked, now + wait_.forgotten);
        entries_[t.slot].row = parked_.size();
        parked_.push_back(t.slot);
    }
    /// The same; nothing but its back-off keeps it from being tried again.
    auto put_off(ticket t, time_point now) -> void {
        if (!knows(t)) return;
        count_refusal(t.slot, now);
        back(t.slot, ready_at(t.slot), false);
    }
    /// A taken or held task found its place, but did not come there. It is tried again after a back-off.
    auto failed(ticket t, time_point now) -> void {
        if (!knows(t)) return;
        pass_turn(t.slot);
        unlink(t.slot);
        auto& e = entries_[t.slot];
        ++e.failures;
        e.since = now;
        back(t.slot, ready_at(t.slot), false);
    }
    /// A taken task may not be tried as it is. That does not count as an attempt.
    auto gate(ticket t) -> void {
        if (!knows(t)) return;
        pass_turn(t.slot);
        unlink(t.slot);
        entries_[t.slot].at = place::gated;
    }
    /// A task is kept from being tried; `due` tells when the deadline has passed.
    auto hold(ticket t, std::optional<time_point> deadline) -> void {
        if (!knows(t)) return;
        unlink(t.slot);
        entries_[t.slot].at = place::held;
        if (deadline) wait_until(t.slot, place::held, *deadline);
    }
    /// A task is tried again after its back-off, whatever changes; one that was gated at once.
    auto again(ticket t, time_point now) -> void {
        if (!knows(t)) return;
        auto const at = entries_[t.slot].at;
        if (at == place::gated) reactivate(t.slot);
        else if (at == place::parked || at == place::held) release(t.slot, now);
    }
    /// A task is tried again at once.
    auto at_once(ticket t) -> void {
        if (knows(t) && entries_[t.slot].at != place::active) reactivate(t.slot);
    }
    /// These facets have changed: parked tasks that hear of them, and of which `helps(task, lane, leaves)` is
    /// true, may do better now.
    template <class Helps> auto changed(facet_set what, time_point now, Helps helps) -> void {
        if (!heard_.meets(what)) return;
        heard_ = {};
        for (auto i = parked_.size(); i-- > 0;) { // backwards: the last one takes the place of who leaves
            auto const& e = entries_[parked_[i]];
            if (e.hears.facets.meets(what) && helps(*e.task, e.lane, e.hears.leaves))
                release(parked_[i], now);
            else heard_ |= e.hears.facets;
        }
    }
    auto changed(facet_set what, time_point now) -> void {
        changed(what, now, [](Task const&, std::uint32_t, std::uint64_t) { return true; });
    }

    /// Makes those active whose time has come; a held task whose deadline has passed is the answer.
    auto due(time_point now) -> std::optional<ticket> {
        while (!timers_.empty() && entries_[timers_.front()].timer <= now) {
            auto const slot = timers_.front();
            if (entries_[slot].at == place::held) return name(slot);
            reactivate(slot);
        }
        return std::nullopt;
    }
    /// When there is something to do next; nothing if never, unless something happens.
    [[nodiscard]] auto next_ready(time_point now) const -> std::optional<time_point> {
        if (active_.ready(order_) || !early_.empty()) return now;
        if (timers_.empty()) return std::nullopt;
        return entries_[timers_.front()].timer;
    }
    [[nodiscard]] auto size() const -> std::size_t { return size_; }

private:
    enum class place : std::uint8_t { nowhere, active, taken, parked, backing, gated, held };

    struct entry {
        std::optional<Task> task{};
        std::uint32_t turn = 0;
        std::uint32_t lane = 0;
        std::uint64_t sequence = 0;
        int refusals = 0;
        int failures = 0; ///< in a row
        place at = place::nowhere;
        bool cut_short = false; ///< its back-off may be
        queueing_hint hears{};
        std::size_t row = 0; ///< where in `parked_`
        time_point since{};  ///< its last refusal or failure
        time_point timer{};  ///< when it is active again, or its deadline
    };

    [[nodiscard]] auto knows(ticket t) const -> bool {
        return t.slot < entries_.size() && entries_[t.slot].turn == t.turn && entries_[t.slot].task;
    }
    [[nodiscard]] auto name(std::uint32_t slot) const -> ticket { return {slot, entries_[slot].turn}; }
    [[nodiscard]] auto before(entry const& x, entry const& y) const -> bool {
        if (order_(*x.task, *y.task)) return true;
        return !order_(*y.task, *x.task) && x.sequence < y.sequence;
    }
    auto in_order() const {
        return [this](std::uint32_t a, std::uint32_t b) { return before(entries_[a], entries_[b]); };
    }
    auto in_time() const {
        return [this](std::uint32_t a, std::uint32_t b) { return entries_[a].timer < entries_[b].timer; };
    }
    /// Of those whose back-off ends within one second the order decides (kubernetes 1.36,
    /// `backoff_queue.go`).
    auto in_windows() const {
        return [this](std::uint32_t a, std::uint32_t b) {
            auto const x = entries_[a].timer.unix_seconds();
            auto const y = entries_[b].timer.unix_seconds();
            return x != y ? x < y : before(entries_[a], entries_[b]);
        };
    }
    auto activate(std::uint32_t slot) -> void {
        entries_[slot].at = place::active;
        active_.enter(order_, slot, *entries_[slot].task, in_order());
    }
    /// A task that was tried goes without having been served.
    auto pass_turn(std::uint32_t slot) -> void {
        if (entries_[slot].at == place::taken) active_.pass(order_, *entries_[slot].task);
    }
    /// Out of wherever it is, to be tried.
    auto reactivate(std::uint32_t slot) -> void {
        unlink(slot);
        activate(slot);
    }
    auto wait_until(std::uint32_t slot, place at, time_point when) -> void {
        entries_[slot].at = at;
        entries_[slot].timer = when;
        timers_.push(slot, in_time());
    }
    auto back(std::uint32_t slot, time_point until, bool cut_short) -> void {
        entries_[slot].cut_short = cut_short && wait_.cut_short;
        wait_until(slot, place::backing, until);
        if (entries_[slot].cut_short) early_.push(slot, in_windows());
    }
    auto unlink(std::uint32_t slot) -> void {
        if (entries_[slot].at == place::active) active_.leave(order_, slot, in_order());
        if (early_.contains(slot)) early_.erase(slot, in_windows());
        if (timers_.contains(slot)) timers_.erase(slot, in_time());
        if (entries_[slot].at == place::parked) {
            auto const row = entries_[slot].row;
            parked_[row] = parked_.back();
            entries_[parked_[row]].row = row;
            parked_.pop_back();
        }
        entries_[slot].at = place::nowhere;
    }
    auto count_refusal(std::uint32_t slot, time_point now) -> void {
        pass_turn(slot);
        unlink(slot);
        auto& e = entries_[slot];
        ++e.refusals;
        e.failures = 0;
        e.since = now;
    }
    /// When the back-off of a task is over.
    [[nodiscard]] auto ready_at(std::uint32_t slot) const -> time_point {
        auto const& e = entries_[slot];
        auto const count = e.failures > 0 ? e.failures : e.refusals;
        auto delay = wait_.first;
        for (auto i = 1; i < count && delay < wait_.most; ++i) delay = delay * 2;
        return e.since + (delay < wait_.most ? delay : wait_.most);
    }
    /// Active, or backing off.
    auto release(std::uint32_t slot, time_point now) -> void {
        auto const at = ready_at(slot);
        unlink(slot);
        if (at <= now) return activate(slot);
        back(slot, at, entries_[slot].failures == 0);
    }

    [[no_unique_address]] Order order_;
    back_off wait_;
    std::vector<entry> entries_;
    std::vector<std::uint32_t> free_;
    std::vector<std::uint32_t> parked_;
    detail::line<Task, Order> active_;
    detail::indexed_heap early_;  ///< of those that back off, those whose back-off may be cut short
    detail::indexed_heap timers_; ///< of those that are parked or back off, or are held with a deadline
    facet_set heard_;             ///< by any that is parked, at least
    std::uint64_t sequence_ = 0;
    std::size_t size_ = 0;
};

} // namespace berth::schedule
