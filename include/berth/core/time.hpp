#pragma once

/// \file
/// Points in time and spans of time as plain integers, so that headers of values need not include `<chrono>`.
/// `core/chrono.hpp` converts to the standard types.
///
/// Reckoning saturates: what lies beyond the years 1677 to 2262 becomes the nearest time or span there is, so
/// that "in ten thousand million seconds", which everybody may write into an object, is late and not past.

#include <compare>
#include <concepts>
#include <cstdint>
#include <limits>

namespace berth {

namespace detail {

inline constexpr auto least_time = std::numeric_limits<std::int64_t>::min();
inline constexpr auto greatest_time = std::numeric_limits<std::int64_t>::max();

[[nodiscard]] constexpr auto saturated_sum(std::int64_t a, std::int64_t b) -> std::int64_t {
    auto out = std::int64_t{0};
    if (!__builtin_add_overflow(a, b, &out)) return out;
    return b < 0 ? least_time : greatest_time;
}
[[nodiscard]] constexpr auto saturated_difference(std::int64_t a, std::int64_t b) -> std::int64_t {
    auto out = std::int64_t{0};
    if (!__builtin_sub_overflow(a, b, &out)) return out;
    return b < 0 ? greatest_time : least_time;
}
[[nodiscard]] constexpr auto saturated_product(std::int64_t a, std::int64_t b) -> std::int64_t {
    auto out = std::int64_t{0};
    if (!__builtin_mul_overflow(a, b, &out)) return out;
    return (a < 0) == (b < 0) ? greatest_time : least_time;
}

} // namespace detail

/// A span of time in nanoseconds. Sums, differences and products saturate.
struct duration {
    std::int64_t nanoseconds = 0;

    friend constexpr auto operator<=>(duration, duration) = default;
    friend constexpr auto operator+(duration a, duration b) -> duration {
        return {detail::saturated_sum(a.nanoseconds, b.nanoseconds)};
    }
    friend constexpr auto operator-(duration a, duration b) -> duration {
        return {detail::saturated_difference(a.nanoseconds, b.nanoseconds)};
    }
    friend constexpr auto operator*(duration a, std::int64_t n) -> duration {
        return {detail::saturated_product(a.nanoseconds, n)};
    }
    /// `n` is not 0.
    friend constexpr auto operator/(duration a, std::int64_t n) -> duration {
        return n == -1 ? a * -1 : duration{a.nanoseconds / n};
    }
};

[[nodiscard]] constexpr auto nanoseconds(std::int64_t n) -> duration { return {n}; }
[[nodiscard]] constexpr auto microseconds(std::int64_t n) -> duration { return duration{1'000} * n; }
[[nodiscard]] constexpr auto milliseconds(std::int64_t n) -> duration { return duration{1'000'000} * n; }
[[nodiscard]] constexpr auto seconds(std::int64_t n) -> duration { return duration{1'000'000'000} * n; }
[[nodiscard]] constexpr auto minutes(std::int64_t n) -> duration { return seconds(60) * n; }

/// A point in time: nanoseconds since 1970-01-01T00:00:00Z. The clock that was asked decides what it means.
/// Reckoning with it saturates.
struct time_point {
    std::int64_t nanoseconds = 0;

    /// Whole seconds since 1970, rounded down.
    [[nodiscard]] constexpr auto unix_seconds() const -> std::int64_t {
        auto const s = nanoseconds / 1'000'000'000;
        return nanoseconds % 1'000'000'000 < 0 ? s - 1 : s;
    }
    [[nodiscard]] static constexpr auto from_unix_seconds(std::int64_t s) -> time_point {
        return {seconds(s).nanoseconds};
    }

    friend constexpr auto operator<=>(time_point, time_point) = default;
    friend constexpr auto operator+(time_point t, duration d) -> time_point {
        return {detail::saturated_sum(t.nanoseconds, d.nanoseconds)};
    }
    friend constexpr auto operator-(time_point t, duration d) -> time_point {
        return {detail::saturated_difference(t.nanoseconds, d.nanoseconds)};
    }
    friend constexpr auto operator-(time_point a, time_point b) -> duration {
        return {detail::saturated_difference(a.nanoseconds, b.nanoseconds)};
    }
};

/// Something that says what time it is. Models: `system_clock`, `sim::virtual_clock`.
template <class C>
concept time_source = requires(C& c) {
    { c.now() } -> std::same_as<time_point>;
};

/// A clock of any type by reference, for those who keep time but should not be templates for it. The clock
/// must outlive it. Models `time_source`.
struct clock_ref {
    time_point (*function)(void const*) = nullptr;
    void const* context = nullptr;

    constexpr clock_ref(time_point (*f)(void const*), void const* c) : function(f), context(c) {}
    template <class C>
        requires(!std::same_as<C, clock_ref>) && time_source<C const>
    constexpr clock_ref(C const& c) // NOLINT(google-explicit-constructor): a clock is a clock_ref
        : function([](void const* p) { return static_cast<C const*>(p)->now(); }), context(&c) {}

    [[nodiscard]] auto now() const -> time_point { return function(context); }
};

} // namespace berth
