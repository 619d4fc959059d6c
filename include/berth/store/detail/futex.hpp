#pragma once

/// \file
/// A word that threads wait for, and that one call wakes all of. (The standard's `atomic::wait` yields the
/// processor several times before it sleeps, which is costly when hundreds wait for one.)

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <ctime>
#include <limits>

namespace berth::store::detail {

/// Closed at first, then open for ever.
class gate {
public:
    [[nodiscard]] auto is_open() const -> bool { return word_.load(std::memory_order_acquire) != 0; }

    auto open() -> void {
        word_.store(1, std::memory_order_release);
        ::syscall(SYS_futex, &word_, FUTEX_WAKE_PRIVATE, std::numeric_limits<int>::max(), nullptr, nullptr,
                  0);
    }
    /// Returns when it is open.
    auto wait() const -> void {
        while (!is_open()) sleep(nullptr);
    }
    /// Returns when it is open, or after about so many nanoseconds.
    auto wait_for(std::int64_t nanoseconds) const -> void {
        auto const limit = ::timespec{nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000};
        if (!is_open()) sleep(&limit);
    }

private:
    auto sleep(::timespec const* limit) const -> void {
        ::syscall(SYS_futex, &word_, FUTEX_WAIT_PRIVATE, 0, limit, nullptr, 0);
    }

    std::atomic<std::uint32_t> word_{0};
    static_assert(sizeof(word_) == 4);
};

} // namespace berth::store::detail
