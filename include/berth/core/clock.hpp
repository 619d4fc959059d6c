#pragma once

/// \file
/// The real clock.

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>

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

} // namespace berth

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/clock.ipp>
#endif
