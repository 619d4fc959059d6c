#pragma once

/// \file
/// The tasks that wait for a node: those to be tried, those that back off, those for which nothing has
/// changed, and those that are held with a reservation (compare kubernetes 1.36,
/// `pkg/scheduler/backend/queue`).

#include <berth/core/time.hpp>
#include <berth/schedule/detail/indexed_heap.hpp>
#include <berth/schedule/facet.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace berth::schedule {

/// How long a task that found no node waits before it is tried again, once something has changed.
struct back_off {
    duration first = seconds(1);
    duration most = seconds(10); ///< it doubles with each attempt up to this
    /// A task for which nothing changes is tried again all the same after this time.
    duration forgotten = minutes(5);
};

/// Names a task within a queue as long as it is there; the name of one that has left is never used again.
struct ticket {
    std::uint32_t slot = 0;
    std::uint32_t turn = 0;

    friend constexpr auto operator==(ticket, ticket) -> bool = default;
};

/// Tasks without a node. A task is *active*: to be tried, in the order of `Order`, then who came or was tried
/// the longest ago. Or *parked* since a time until something changes that it hears of; then it is active as
/// soon as its back-off is over. Or *held* until somebody decides, at most until a deadline. Changes cost the
/// logarithm of the tasks, `changed` their number; memory is kept for as many as there ever were.
template <class Task, class Order> class waiting_queue {
public:
    explicit waiting_queue(Order order = {}, back_off wait = {}) : order_(std::move(order)), wait_(wait) {}

    /// A task comes, active.
    auto add(Task task) -> ticket {
        if (free_.empty()) {
            free_.push_back(static_cast<std::uint32_t>(entries_.size()));
            entries_.emplace_back();
        }
        auto const slot = free_.back();
        free_.pop_back();
        auto& e = entries_[slot];
        auto const turn = e.turn + 1;
        e = entry{.task = std::move(task), .turn = turn, .sequence = ++sequence_};
        activate(slot);
        ++size_;
        return {slot, turn};
    }
    /// A task has another value. It is tried again only if `helps` says that it may do better now. The value
    /// of a task that is held stays as it was when it was reserved.
    auto replace(ticket t, Task task, bool helps, time_point now) -> void {
        if (!knows(t) || entries_[t.slot].at == place::held) return;
        auto& e = entries_[t.slot];
        auto const active = e.at == place::active;
        if (active) active_.erase(t.slot, in_order());
        e.task = std::move(task);
        if (active) active_.push(t.slot, in_order());
        else if (helps) release(t.slot, now);
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

    /// The next task to be tried. It is parked from now on; nothing but time makes it active again.
    auto take(time_point now) -> std::optional<ticket> {
        if (active_.empty()) return std::nullopt;
        auto const slot = active_.front();
        auto& e = entries_[slot];
        unlink(slot);
        e.sequence = ++sequence_;
        e.parked = now;
        e.hears = {};
        ++e.attempts;
        wait_until(slot, place::parked, now + wait_.forgotten);
        return name(slot);
    }
    /// A task that was taken hears of changes of these facets.
    auto hear(ticket t, facet_set what) -> void {
        if (!knows(t)) return;
        entries_[t.slot].hears = what;
        heard_ |= what;
    }
    /// A task is kept from being tried, until `again` or `remove`; `due` tells when the deadline has passed.
    auto hold(ticket t, std::optional<time_point> deadline) -> void {
        if (!knows(t)) return;
        unlink(t.slot);
        entries_[t.slot].at = place::held;
        if (deadline) wait_until(t.slot, place::held, *deadline);
    }
    /// A parked or held task is tried again after its back-off, whatever changes.
    auto again(ticket t, time_point now) -> void {
        if (knows(t) && entries_[t.slot].at != place::active) release(t.slot, now);
    }
    /// A parked or held task is tried again at once.
    auto at_once(ticket t) -> void {
        if (!knows(t) || entries_[t.slot].at == place::active) return;
        unlink(t.slot);
        activate(t.slot);
    }
    /// These facets have changed: parked tasks that hear of them may do better now.
    auto changed(facet_set what, time_point now) -> void {
        if (!heard_.meets(what)) return;
        heard_ = {};
        for (std::uint32_t slot = 0; slot < entries_.size(); ++slot) {
            auto& e = entries_[slot];
            if (e.at != place::parked) continue;
            if (e.hears.meets(what)) release(slot, now);
            else heard_ |= e.hears;
        }
    }

    /// Makes those active whose time has come; a held task whose deadline has passed is the answer.
    auto due(time_point now) -> std::optional<ticket> {
        while (!timers_.empty() && entries_[timers_.front()].timer <= now) {
            auto const slot = timers_.front();
            if (entries_[slot].at == place::held) return name(slot);
            unlink(slot);
            activate(slot);
        }
        return std::nullopt;
    }
    /// When there is something to do next; nothing if never, unless something happens.
    [[nodiscard]] auto next_ready(time_point now) const -> std::optional<time_point> {
        if (!active_.empty()) return now;
        if (timers_.empty()) return std::nullopt;
        return entries_[timers_.front()].timer;
    }
    [[nodiscard]] auto size() const -> std::size_t { return size_; }

private:
    enum class place : std::uint8_t { nowhere, active, parked, held };

    struct entry {
        std::optional<Task> task{};
        std::uint32_t turn = 0;
        int attempts = 0;
        std::uint64_t sequence = 0;
        place at = place::nowhere;
        facet_set hears{};
        time_point parked{}; ///< since when
        time_point timer{};  ///< when it is active again, or its deadline
    };

    [[nodiscard]] auto knows(ticket t) const -> bool {
        return t.slot < entries_.size() && entries_[t.slot].turn == t.turn && entries_[t.slot].task;
    }
    [[nodiscard]] auto name(std::uint32_t slot) const -> ticket { return {slot, entries_[slot].turn}; }
    auto in_order() const {
        return [this](std::uint32_t a, std::uint32_t b) {
            auto const& x = entries_[a];
            auto const& y = entries_[b];
            if (order_(*x.task, *y.task)) return true;
            return !order_(*y.task, *x.task) && x.sequence < y.sequence;
        };
    }
    auto in_time() const {
        return [this](std::uint32_t a, std::uint32_t b) { return entries_[a].timer < entries_[b].timer; };
    }
    auto activate(std::uint32_t slot) -> void {
        entries_[slot].at = place::active;
        active_.push(slot, in_order());
    }
    auto wait_until(std::uint32_t slot, place at, time_point when) -> void {
        entries_[slot].at = at;
        entries_[slot].timer = when;
        timers_.push(slot, in_time());
    }
    auto unlink(std::uint32_t slot) -> void {
        if (active_.contains(slot)) active_.erase(slot, in_order());
        if (timers_.contains(slot)) timers_.erase(slot, in_time());
        entries_[slot].at = place::nowhere;
    }
    auto release(std::uint32_t slot, time_point now) -> void {
        auto& e = entries_[slot];
        auto delay = wait_.first;
        for (auto i = 1; i < e.attempts && delay < wait_.most; ++i) delay = delay * 2;
        auto const at = e.parked + (delay < wait_.most ? delay : wait_.most);
        unlink(slot);
        if (at <= now) return activate(slot);
        wait_until(slot, place::parked, at);
    }

    [[no_unique_address]] Order order_;
    back_off wait_;
    std::vector<entry> entries_;
    std::vector<std::uint32_t> free_;
    detail::indexed_heap active_;
    detail::indexed_heap timers_; ///< of those that are parked, and of those that are held with a deadline
    facet_set heard_;             ///< by any that is parked, at least
    std::uint64_t sequence_ = 0;
    std::size_t size_ = 0;
};

} // namespace berth::schedule
