#pragma once

/// \file
/// How long a key waits after it has failed.

#include <berth/core/time.hpp>
#include <berth/reconcile/detail/hash.hpp>

#include <cstdint>

namespace berth::reconcile {

/// How long a key waits after failures: `base` after the first, twice as long after each further one, never
/// longer than `max` (client-go's `ItemExponentialFailureRateLimiter` and its defaults).
struct back_off {
    duration base = milliseconds(5);
    duration max = seconds(1000);
    /// The share of a wait that is left to chance, from 0 to 1: with 0.2 a wait of ten seconds is one of
    /// eight to ten, so that keys which failed together do not come back together, and `max` holds.
    double jitter = 0;

    /// The wait after so many earlier failures, without jitter.
    [[nodiscard]] constexpr auto after(std::uint32_t failures) const -> duration {
        if (failures >= 63 || base.nanoseconds > (max.nanoseconds >> failures)) return max;
        return base * (std::int64_t{1} << failures);
    }
    /// The wait with jitter. `draw` is any number, and the same one gives the same wait.
    [[nodiscard]] constexpr auto after(std::uint32_t failures, std::uint64_t draw) const -> duration {
        auto const whole = after(failures);
        if (jitter <= 0) return whole;
        auto const share = (jitter > 1 ? 1 : jitter) * static_cast<double>(draw >> 11U) * 0x1.0p-53;
        return whole - duration{static_cast<std::int64_t>(static_cast<double>(whole.nanoseconds) * share)};
    }
    /// The same, drawn for a key with this hash from a seed: it depends on nothing else, neither on the order
    /// in which keys fail nor on threads.
    [[nodiscard]] constexpr auto after(std::uint32_t failures, std::uint64_t hash, std::uint64_t seed) const
        -> duration {
        return jitter <= 0 ? after(failures)
                           : after(failures, detail::mix(detail::mix(seed + failures) ^ hash));
    }

    friend auto operator==(back_off const&, back_off const&) -> bool = default;
};

} // namespace berth::reconcile
