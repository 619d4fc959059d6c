#pragma once

/// \file
/// What a scheduler counts.

#include <cstdint>
#include <mutex>

namespace berth::kube {

/// What a scheduler has done.
struct scheduler_counters {
    std::uint64_t placed = 0;     ///< pods bound
    std::uint64_t refused = 0;    ///< attempts for which no node would do
    std::uint64_t unprepared = 0; ///< pods with a node whose volumes, say, were not ready in time
    std::uint64_t conflicts = 0;  ///< bindings that the API refused
};

/// Counters of one thread that others may read.
class shared_counters {
public:
    /// One more of these: `count(&scheduler_counters::placed)`.
    auto count(std::uint64_t scheduler_counters::* what) -> void {
        auto const lock = std::scoped_lock(mutex_);
        ++(counters_.*what);
    }
    [[nodiscard]] auto read() const -> scheduler_counters {
        auto const lock = std::scoped_lock(mutex_);
        return counters_;
    }

private:
    mutable std::mutex mutex_;
    scheduler_counters counters_;
};

} // namespace berth::kube
