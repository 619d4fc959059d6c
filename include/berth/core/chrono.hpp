#pragma once

/// \file
/// Berth's time values as those of `<chrono>`.

#include <berth/core/time.hpp>

#include <chrono>

namespace berth {

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
