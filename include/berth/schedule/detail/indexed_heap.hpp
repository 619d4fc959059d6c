#pragma once

/// \file
/// A heap of slot numbers that knows where each of them is, so that any can be taken out.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace berth::schedule::detail {

/// Slot numbers, the first of them in front. `before(a, b)` is given with each call, as it looks at what the
/// slots hold; it must not change for slots that are inside. Logarithmic; allocates when it has never been as
/// long.
class indexed_heap {
public:
    using slot = std::uint32_t;

    [[nodiscard]] auto empty() const -> bool { return slots_.empty(); }
    [[nodiscard]] auto front() const -> slot { return slots_.front(); }
    [[nodiscard]] auto contains(slot s) const -> bool { return s < places_.size() && places_[s] != nowhere; }

    template <class Before> auto push(slot s, Before before) -> void {
        if (s >= places_.size()) places_.resize(s + std::size_t{1}, nowhere);
        places_[s] = slots_.size();
        slots_.push_back(s);
        rise(places_[s], before);
    }
    template <class Before> auto erase(slot s, Before before) -> void {
        auto const gap = places_[s];
        swap_places(gap, slots_.size() - 1);
        slots_.pop_back();
        places_[s] = nowhere;
        if (gap == slots_.size()) return;
        rise(gap, before);
        sink(gap, before);
    }

private:
    static constexpr auto nowhere = static_cast<std::size_t>(-1);

    auto swap_places(std::size_t a, std::size_t b) -> void {
        std::swap(slots_[a], slots_[b]);
        places_[slots_[a]] = a;
        places_[slots_[b]] = b;
    }
    template <class Before> auto rise(std::size_t at, Before before) -> void {
        while (at > 0 && before(slots_[at], slots_[(at - 1) / 2])) {
            swap_places(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }
    template <class Before> auto sink(std::size_t at, Before before) -> void {
        for (;;) {
            auto first = at;
            for (auto const child : {2 * at + 1, 2 * at + 2})
                if (child < slots_.size() && before(slots_[child], slots_[first])) first = child;
            if (first == at) return;
            swap_places(at, first);
            at = first;
        }
    }

    std::vector<slot> slots_;
    std::vector<std::size_t> places_; ///< by slot
};

} // namespace berth::schedule::detail
