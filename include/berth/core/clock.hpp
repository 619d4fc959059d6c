#pragma once

/// \file
/// The real clock, and conversions between Berth's time values and `<chrono>`.

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>

#include <chrono>

namespace berth {

/// The machine's wall clock (UTC).
struct system_clock {
    [[nodiscard]] auto now() const -> time_point;
};
static_assert(time_source<system_clock>);

/// Time that only goes forward and that nobody can set: for spans, not for dates. It begins anywhere.
struct monotonic_clock {
    [[nodiscard]] auto now() const -> time_point;
};
static_assert(time_source<monotonic_clock>);

/// A `monotonic_clock` that lives as long as the program.
inline constexpr monotonic_clock monotonic{};

[[nodiscard]] constexpr auto to_chrono(duration d) -> std::chrono::nanoseconds {
    return std::chrono::nanoseconds{d.nanoseconds};
}

/// The same point on the standard library's system clock.
[[nodiscard]] constexpr auto to_chrono(time_point t) -> std::chrono::system_clock::time_point {
    return std::chrono::system_clock::time_point{
        std::chrono::duration_cast<std::chrono::system_clock::duration>(
            std::chrono::nanoseconds{t.nanoseconds})};
}

} // namespace berth

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/clock.ipp>
#endif
