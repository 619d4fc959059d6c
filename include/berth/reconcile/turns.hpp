#pragma once

/// \file
/// Keys have their turn as they came: the usual order of a `work_queue`, and the plainest example of one.

#include <berth/reconcile/detail/flat_index.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace berth::reconcile {

/// Keys have their turn as they came. Whoever wants another order gives a `work_queue` a type with these
/// members, of which `push` and `pop` decide (`fair_turns`, `priority_turns`); keys are told by their slots.
///
/// Optional: `push(slot, key, causes)` is called instead, if it is there, and `again(slot, key, causes)` when
/// a key that waits for its turn is added once more; `causes` are all that it waits for. `give_back()` is
/// called when no key waits and none is given out: what was kept of slots is no longer needed.
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
    /// Nobody is known any more, and there may have been many.
    auto give_back() -> void {
        ring_ = {};
        head_ = 0;
    }
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

} // namespace berth::reconcile
