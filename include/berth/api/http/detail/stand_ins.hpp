#pragma once

/// \file
/// Threads for those that wait: whoever runs a listener is not stopped by requests that wait for others.

#include <berth/core/config.hpp>

#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace berth::api::http::detail {

/// Counts the threads that do some work and those of them that are about to wait in it, and starts another
/// one when none would be left. They stay, as many as ever waited at once: no more than `most`. Where nobody
/// works (the owner asks for one step at a time) none is started. All members are safe to call from several
/// threads at once.
class stand_ins {
public:
    /// `work`: returns when there is no more; the same for all who do it.
    stand_ins(std::size_t most, std::function<void()> work) : most_(most), work_(std::move(work)) {}
    stand_ins(stand_ins const&) = delete;
    auto operator=(stand_ins const&) -> stand_ins& = delete;
    ~stand_ins() { join(); }

    /// Does the work on the caller's thread.
    auto run() -> void;

    /// Takes a place among those who wait, before the wait; false: as many as may wait already.
    [[nodiscard]] auto enter() -> bool;
    /// Gives the place back.
    auto leave() -> void;

    /// Waits until the threads that were started have ended, which they do with the work.
    auto join() -> void;

private:
    std::size_t const most_;
    std::function<void()> const work_;
    std::mutex mutex_;
    std::size_t working_ = 0; ///< threads of owners
    std::size_t waiting_ = 0;
    std::vector<std::thread> started_;
};

} // namespace berth::api::http::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/detail/stand_ins.ipp>
#endif
