#pragma once

/// \file
/// The bodies of `berth/reconcile/shared_queue.hpp`.

#include <berth/core/chrono.hpp>
#include <berth/core/config.hpp>
#include <berth/reconcile/shared_queue.hpp>

#include <chrono>
#include <thread>

namespace berth::reconcile::detail {

/// Tells the core that this thread waits for another one.
inline auto pause() -> void {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
}

BERTH_DECL auto lock_soon(std::mutex& m) -> std::unique_lock<std::mutex> {
    for (auto pauses = 1; pauses <= 32; pauses *= 2) {
        auto lock = std::unique_lock(m, std::try_to_lock);
        if (lock.owns_lock()) return lock;
        for (auto i = 0; i < pauses; ++i) pause();
    }
    // Who holds it may have lost its core: to give ours away costs less than to sleep with all the others.
    for (auto tries = 0; tries < 8; ++tries) {
        let_others_run();
        auto lock = std::unique_lock(m, std::try_to_lock);
        if (lock.owns_lock()) return lock;
    }
    return std::unique_lock(m);
}

BERTH_DECL auto turns_taken() -> std::size_t& {
    static auto threads = std::atomic<std::size_t>{0};
    thread_local auto turns = threads.fetch_add(keys_of_turn);
    return turns;
}

BERTH_DECL auto sleep_for(std::condition_variable& awake, std::unique_lock<std::mutex>& lock, duration d)
    -> void {
    awake.wait_until(lock, std::chrono::system_clock::now() + to_chrono(d));
}

BERTH_DECL auto let_others_run() -> void { std::this_thread::yield(); }

} // namespace berth::reconcile::detail
