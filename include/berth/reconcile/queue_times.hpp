#pragma once

/// \file
/// How long keys wait in a queue and are worked on, as client-go's metrics of work queues tell it.

#include <berth/core/time.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace berth::reconcile {

/// How long things took, in powers of ten from 10 ns to 1000 s (the buckets of client-go's
/// `workqueue_queue_duration_seconds` and `workqueue_work_duration_seconds`). For one thread.
class duration_histogram {
public:
    static constexpr std::size_t bounds = 12;
    /// The upper end of a bucket.
    [[nodiscard]] static constexpr auto bound(std::size_t i) -> duration {
        auto out = nanoseconds(10);
        for (; i > 0; --i) out = out * 10;
        return out;
    }

    constexpr auto add(duration d) -> void {
        auto i = std::size_t{0};
        for (auto end = nanoseconds(10); i < bounds && d > end; end = end * 10) ++i;
        ++counts_[i];
        sum_ = sum_ + d;
    }
    constexpr auto merge(duration_histogram const& other) -> void {
        for (std::size_t i = 0; i <= bounds; ++i) counts_[i] += other.counts_[i];
        sum_ = sum_ + other.sum_;
    }
    /// How many took at most `bound(i)` and more than the bound before; `bounds`: more than all.
    [[nodiscard]] constexpr auto bucket(std::size_t i) const -> std::uint64_t { return counts_[i]; }
    [[nodiscard]] constexpr auto count() const -> std::uint64_t {
        auto out = std::uint64_t{0};
        for (auto const n : counts_) out += n;
        return out;
    }
    [[nodiscard]] constexpr auto sum() const -> duration { return sum_; }

    friend constexpr auto operator==(duration_histogram const&, duration_histogram const&) -> bool = default;

private:
    std::array<std::uint64_t, bounds + 1> counts_{};
    duration sum_{};
};

/// How long keys took that were added, given out and finished at known times.
struct queue_times {
    duration_histogram waited; ///< for their turn
    duration_histogram worked; ///< from `get` to `done`

    constexpr auto merge(queue_times const& other) -> void {
        waited.merge(other.waited);
        worked.merge(other.worked);
    }
    friend constexpr auto operator==(queue_times const&, queue_times const&) -> bool = default;
};

/// How long what is not finished has been worked on.
struct unfinished_work {
    duration total;   ///< of all together
    duration longest; ///< of the one that began first

    friend constexpr auto operator==(unfinished_work, unfinished_work) -> bool = default;
};

} // namespace berth::reconcile
