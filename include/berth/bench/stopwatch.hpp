#pragma once

/// \file
/// Times many operations one by one, in a fixed amount of memory, and counts what they allocate.

#include <berth/bench/allocations.hpp>
#include <berth/bench/figures.hpp>

#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace berth::bench {

/// How long operations took: counts by length, each class at most 1/64 wide (HdrHistogram's division), from
/// 1 ns to 292 years in 30 KiB.
class latencies {
public:
    auto add(std::uint64_t nanoseconds) -> void { ++counts_[place(nanoseconds)]; }

    /// The length that so large a share of all does not exceed; 0 if there are none.
    [[nodiscard]] auto percentile(double share) const -> std::uint64_t {
        auto all = std::uint64_t{0};
        for (auto const c : counts_) all += c;
        if (all == 0) return 0;
        auto const wanted = share * static_cast<double>(all);
        auto so_far = std::uint64_t{0};
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            so_far += counts_[i];
            if (counts_[i] != 0 && static_cast<double>(so_far) >= wanted) return length(i);
        }
        return length(counts_.size() - 1);
    }

private:
    static constexpr std::size_t fine = 64; ///< classes for each doubling

    static constexpr auto place(std::uint64_t n) -> std::size_t {
        if (n < fine) return n;
        auto const doublings = static_cast<std::size_t>(std::bit_width(n)) - 7;
        return fine * doublings + static_cast<std::size_t>(n >> doublings);
    }
    static constexpr auto length(std::size_t at) -> std::uint64_t {
        if (at < 2 * fine) return at;
        auto const doublings = at / fine - 1;
        return static_cast<std::uint64_t>(at % fine + fine) << doublings;
    }

    std::vector<std::uint64_t> counts_ = std::vector<std::uint64_t>(fine * 59);
};

/// Times operations that follow each other; the clock is read once for each. `start`, then `lap` as each one
/// ends, `pause` for what is not to be measured, `start` again. Itself allocates nothing meanwhile.
class stopwatch {
public:
    auto start() -> void {
        running_ = true;
        allocated_ = allocations_so_far();
        last_ = clock::now();
    }
    /// An operation has ended: whether it succeeded, and what it answered, as a number.
    auto lap(bool succeeded = true, std::uint64_t answer = 0) -> void {
        auto const now = clock::now();
        auto const took = std::chrono::duration_cast<std::chrono::nanoseconds>(now - last_).count();
        last_ = now;
        lengths_.add(static_cast<std::uint64_t>(took));
        sum_.total = sum_.total + nanoseconds(took);
        ++sum_.operations;
        sum_.succeeded += succeeded ? 1 : 0;
        sum_.answers = (sum_.answers ^ (answer + (succeeded ? 2 : 1))) * 0x100000001b3U;
    }
    auto pause() -> void {
        if (!running_) return;
        running_ = false;
        auto const more = allocations_so_far() - allocated_;
        all_.calls += more.calls;
        all_.bytes += more.bytes;
    }
    /// What was measured until now.
    [[nodiscard]] auto read() -> figures {
        pause();
        auto out = sum_;
        out.p50 = nanoseconds(static_cast<std::int64_t>(lengths_.percentile(0.50)));
        out.p99 = nanoseconds(static_cast<std::int64_t>(lengths_.percentile(0.99)));
        auto const n = static_cast<double>(out.operations == 0 ? 1 : out.operations);
        out.allocations = static_cast<double>(all_.calls) / n;
        out.bytes = static_cast<double>(all_.bytes) / n;
        return out;
    }

private:
    using clock = std::chrono::steady_clock;

    latencies lengths_;
    figures sum_{.answers = 0xcbf29ce484222325U};
    allocation_count all_;
    allocation_count allocated_;
    clock::time_point last_;
    bool running_ = false;
};

} // namespace berth::bench
