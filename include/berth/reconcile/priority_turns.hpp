#pragma once

/// \file
/// Keys have their turns by priority, and none is passed over for ever: whoever waits long enough rises.
///
/// ```cpp
/// struct important { auto operator()(object::key const& k) const { return k.name == "root" ? 1 : 0; } };
/// auto queue = work_queue<object::key, key_hash, no_causes, priority_turns<important>>();
/// ```

#include <berth/reconcile/detail/flat_index.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::reconcile {

/// `Turns` of a `work_queue`: the next turn is that of the highest priority; among equals, of who has waited
/// longest. `PriorityOf` is callable as `(key const&, causes const&)` or as `(key const&)` and answers a
/// whole number from 0 (the lowest) to `Levels - 1`; what is beyond counts as the nearest. A key that waits
/// and is added with a higher priority gets that, and keeps its age.
///
/// A key that waits rises by one level whenever as many turns have passed as keys wait: in a crowd it rises
/// slowly. Of equals, the older one is never behind the younger.
///
/// Law, *nobody starves*: a key has its turn within `N * (Levels + 1)` turns, where `N` is the most that
/// waited at once while it did. (It is at the top after at most `N * (Levels - 1)`, and then only those are
/// before it who came before it.)
///
/// A turn costs the square of the levels, and the logarithm of how many have risen.
template <class PriorityOf, std::size_t Levels = 2> class priority_turns {
    static_assert(Levels >= 1 && Levels <= 32, "a priority is one of 1 to 32 levels");

public:
    priority_turns() = default;
    explicit priority_turns(PriorityOf priority_of) : priority_of_(std::move(priority_of)) {}

    /// See `turns_as_they_came`.
    template <class Key, class Causes>
    auto push(std::uint32_t slot, Key const& key, Causes const& why) -> void {
        if (states_.size() <= slot) states_.resize(slot + std::size_t{1});
        ++size_;
        auto const ticket = ++tickets_;
        auto const level = level_of(key, why);
        auto const given = static_cast<std::uint8_t>(level);
        states_[slot] = {ticket, turns_, given, given};
        lanes_[level][0].fresh.push_back({ticket, slot});
    }
    template <class Key, class Causes>
    auto again(std::uint32_t slot, Key const& key, Causes const& why) -> void {
        if (auto const level = level_of(key, why); level > states_[slot].level) move(slot, level, level);
    }
    auto pop() -> std::uint32_t {
        if (size_ == 0) return detail::nowhere;
        ++turns_;
        rise();
        --size_;
        for (auto level = Levels; level-- > 0;) {
            auto const slot = take(level);
            if (slot == detail::nowhere) continue;
            states_[slot].ticket = 0;
            return slot;
        }
        return detail::nowhere;
    }
    auto done(std::uint32_t) -> void {}
    auto give_back() -> void {
        states_ = {};
        for (auto& base : lanes_) base = {}; // who has left a lane may stand in it still
    }
    [[nodiscard]] auto ready() const -> bool { return size_ != 0; }
    [[nodiscard]] auto size() const -> std::size_t { return size_; }

private:
    /// What is known of a key that waits.
    struct state {
        std::uint64_t ticket = 0; ///< in which order it came; 0: it does not wait
        std::uint64_t came = 0;   ///< at which turn
        std::uint8_t base = 0;    ///< the level that it was given
        std::uint8_t level = 0;   ///< the level that it has come to
    };
    struct place {
        std::uint64_t ticket;
        std::uint32_t slot;

        friend auto operator>(place a, place b) -> bool { return a.ticket > b.ticket; }
    };
    /// Those of one base that have come to one level, and some who have left it meanwhile: in the order in
    /// which they came, and a heap by age of those that came there otherwise.
    struct lane {
        std::deque<place> fresh;
        std::vector<place> risen;
    };

    template <class Key, class Causes> auto level_of(Key const& key, Causes const& why) const -> std::size_t {
        auto const nearest = [](auto wanted) {
            if (wanted < decltype(wanted){}) return std::size_t{0};
            return std::min(static_cast<std::size_t>(wanted), Levels - 1);
        };
        if constexpr (std::is_invocable_v<PriorityOf const&, Key const&, Causes const&>)
            return nearest(priority_of_(key, why));
        else return nearest(priority_of_(key));
    }
    [[nodiscard]] auto is_there(place p, std::size_t base, std::size_t level) const -> bool {
        auto const& s = states_[p.slot];
        return s.ticket == p.ticket && s.base == base && s.level == level;
    }

    auto move(std::uint32_t slot, std::size_t base, std::size_t level) -> void {
        auto& s = states_[slot];
        s.base = static_cast<std::uint8_t>(base);
        s.level = static_cast<std::uint8_t>(level);
        auto& to = lanes_[base][level - base].risen;
        to.push_back({s.ticket, slot});
        std::push_heap(to.begin(), to.end(), std::greater<>());
    }
    /// Lets those rise whose time it is: of each lane, the oldest first.
    auto rise() -> void {
        for (std::size_t base = 0; base + 1 < Levels; ++base)
            for (auto level = base; level + 1 < Levels; ++level)
                for (auto p = oldest(base, level); p.slot != detail::nowhere; p = oldest(base, level)) {
                    if (turns_ - states_[p.slot].came < (level - base + 1) * size_) break;
                    leave(base, level, p);
                    move(p.slot, base, level + 1);
                }
    }

    /// The oldest of a lane; `nowhere` if nobody is there.
    auto oldest(std::size_t base, std::size_t level) -> place {
        auto& [fresh, risen] = lanes_[base][level - base];
        while (!fresh.empty() && !is_there(fresh.front(), base, level)) fresh.pop_front();
        while (!risen.empty() && !is_there(risen.front(), base, level)) drop(risen);
        if (fresh.empty()) return risen.empty() ? place{0, detail::nowhere} : risen.front();
        return risen.empty() || risen.front() > fresh.front() ? fresh.front() : risen.front();
    }
    /// Takes the oldest out of its lane.
    auto leave(std::size_t base, std::size_t level, place p) -> void {
        auto& [fresh, risen] = lanes_[base][level - base];
        if (!fresh.empty() && fresh.front().ticket == p.ticket) fresh.pop_front();
        else drop(risen);
    }
    /// The oldest of a level.
    auto take(std::size_t level) -> std::uint32_t {
        auto best = place{0, detail::nowhere};
        auto from = std::size_t{0};
        for (std::size_t base = 0; base <= level; ++base) {
            auto const p = oldest(base, level);
            if (p.slot == detail::nowhere || (best.slot != detail::nowhere && p > best)) continue;
            best = p;
            from = base;
        }
        if (best.slot != detail::nowhere) leave(from, level, best);
        return best.slot;
    }
    static auto drop(std::vector<place>& heap) -> void {
        std::pop_heap(heap.begin(), heap.end(), std::greater<>());
        heap.pop_back();
    }

    [[no_unique_address]] PriorityOf priority_of_{};
    std::array<std::array<lane, Levels>, Levels> lanes_; ///< by the base, and how many levels above it
    std::vector<state> states_;                          ///< by the slot
    std::uint64_t tickets_ = 0;
    std::uint64_t turns_ = 0;
    std::size_t size_ = 0;
};

} // namespace berth::reconcile
