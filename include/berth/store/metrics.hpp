#pragma once

/// \file
/// What is measured at a store: how often each operation was asked for and with which outcome, how long it
/// took, what watches delivered and how many bytes went by; and all that as Prometheus reads it.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/core/time.hpp>
#include <berth/core/exposition.hpp>
#include <berth/store/operation_kind.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace berth::store {

/// The upper ends of the buckets of `latency_histogram`: 10 us to 10 s, three or so per decade.
inline constexpr auto latency_bounds = std::array{
    microseconds(10),  microseconds(25),   microseconds(50),   microseconds(100), microseconds(250),
    microseconds(500), milliseconds(1),    microseconds(2500), milliseconds(5),   milliseconds(10),
    milliseconds(25),  milliseconds(50),   milliseconds(100),  milliseconds(250), milliseconds(500),
    seconds(1),        milliseconds(2500), seconds(5),         seconds(10)};

/// How long things took, in buckets. Written and read from several threads at once.
class latency_histogram {
public:
    auto add(duration d) -> void;

    /// How many took at most `latency_bounds[i]` and more than the bound before; the last is what took longer
    /// than all bounds.
    [[nodiscard]] auto bucket(std::size_t i) const -> std::uint64_t {
        return buckets_[i].load(std::memory_order_relaxed);
    }
    [[nodiscard]] auto count() const -> std::uint64_t;
    [[nodiscard]] auto sum() const -> duration { return {sum_.load(std::memory_order_relaxed)}; }

private:
    std::array<std::atomic<std::uint64_t>, latency_bounds.size() + 1> buckets_{};
    std::atomic<std::int64_t> sum_{0};
};

/// The outcome of an operation: 0 if it succeeded, else one more than the number of its error's code.
using outcome = std::size_t;
inline constexpr outcome succeeded = 0;
inline constexpr std::size_t outcomes = static_cast<std::size_t>(error_code::internal) + 2;

[[nodiscard]] constexpr auto outcome_of(error_code code) -> outcome { return static_cast<outcome>(code) + 1; }

/// The name of an outcome in metrics: `OK`, or the error's reason; each has its own.
[[nodiscard]] constexpr auto name_of(outcome o) -> std::string_view {
    if (o == succeeded) return "OK";
    auto const code = static_cast<error_code>(o - 1);
    return code == error_code::future_revision ? "FutureRevision" : reason_of(code);
}

/// The figures that `with_metrics` keeps. They can be read at any time from any thread; those that are read
/// one after the other may be a few operations apart. One may serve several stores.
class metrics {
public:
    /// Notes an outcome. Each transaction of a `commit` has its own.
    auto count(operation_kind kind, outcome o) -> void {
        counts_[index(kind)][o].fetch_add(1, std::memory_order_relaxed);
    }
    auto add_latency(operation_kind kind, duration d) -> void { latencies_[index(kind)].add(d); }
    auto add_events(std::uint64_t n) -> void { events_.fetch_add(n, std::memory_order_relaxed); }
    auto add_bytes_read(std::uint64_t n) -> void { read_.fetch_add(n, std::memory_order_relaxed); }
    auto add_bytes_written(std::uint64_t n) -> void { written_.fetch_add(n, std::memory_order_relaxed); }

    [[nodiscard]] auto count_of(operation_kind kind, outcome o) const -> std::uint64_t {
        return counts_[index(kind)][o].load(std::memory_order_relaxed);
    }
    /// How long the calls took; a `commit` of many transactions is one call.
    [[nodiscard]] auto latency_of(operation_kind kind) const -> latency_histogram const& {
        return latencies_[index(kind)];
    }
    /// How many events cursors delivered.
    [[nodiscard]] auto events() const -> std::uint64_t { return events_.load(std::memory_order_relaxed); }
    /// The bytes of the values that reads and watches delivered; 0 if values are no strings.
    [[nodiscard]] auto bytes_read() const -> std::uint64_t { return read_.load(std::memory_order_relaxed); }
    /// The bytes of the values that puts wrote; 0 if values are no strings.
    [[nodiscard]] auto bytes_written() const -> std::uint64_t {
        return written_.load(std::memory_order_relaxed);
    }

private:
    static auto index(operation_kind kind) -> std::size_t { return static_cast<std::size_t>(kind); }

    std::array<std::array<std::atomic<std::uint64_t>, outcomes>, operation_kinds> counts_{};
    std::array<latency_histogram, operation_kinds> latencies_{};
    std::atomic<std::uint64_t> events_{0};
    std::atomic<std::uint64_t> read_{0};
    std::atomic<std::uint64_t> written_{0};
};

/// The figures as text: Prometheus' exposition format, version 0.0.4, ready to be the body of `/metrics`.
/// Operations that nobody asked for are left out.
[[nodiscard]] BERTH_DECL auto to_prometheus(metrics const& m) -> std::string;

} // namespace berth::store

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/metrics.ipp>
#endif
