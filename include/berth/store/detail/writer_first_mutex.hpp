#pragma once

/// \file
/// A shared mutex under which a stream of overlapping readers cannot keep a writer out (glibc's lets readers
/// in while a writer waits).

#include <atomic>
#include <mutex>
#include <shared_mutex>

namespace berth::store::detail {

/// Models the standard's shared mutex. A reader that comes while a writer waits queues behind it; otherwise
/// it pays for one relaxed load more.
class writer_first_mutex {
public:
    auto lock() -> void {
        waiting_.fetch_add(1, std::memory_order_relaxed);
        {
            auto const turn = std::scoped_lock(gate_);
            shared_.lock();
        }
        waiting_.fetch_sub(1, std::memory_order_relaxed);
    }
    auto unlock() -> void { shared_.unlock(); }

    auto lock_shared() -> void {
        if (waiting_.load(std::memory_order_relaxed) > 0) {
            auto const turn = std::scoped_lock(gate_);
        }
        shared_.lock_shared();
    }
    auto unlock_shared() -> void { shared_.unlock_shared(); }

private:
    std::atomic<int> waiting_{0};
    std::mutex gate_;
    std::shared_mutex shared_;
};

} // namespace berth::store::detail
