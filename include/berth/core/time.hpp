#pragma once

/// \file
/// Points in time and spans of time as plain integers, so that headers of values need not include `<chrono>`.
/// `core/clock.hpp` converts from and to the standard types.

#include <compare>
#include <concepts>
#include <cstdint>

namespace berth {

/// A span of time in nanoseconds.
struct duration {
    std::int64_t nanoseconds = 0;

    friend constexpr auto operator<=>(duration, duration) = default;
    friend constexpr auto operator+(duration a, duration b) -> duration {
        return {a.nanoseconds + b.nanoseconds};
    }
    friend constexpr auto operator-(duration a, duration b) -> duration {
        return {a.nanoseconds - b.nanoseconds};
    }
    friend constexpr auto operator*(duration a, std::int64_t n) -> duration { return {a.nanoseconds * n}; }
    friend constexpr auto operator/(duration a, std::int64_t n) -> duration { return {a.nanoseconds / n}; }
};

[[nodiscard]] constexpr auto nanoseconds(std::int64_t n) -> duration { return {n}; }
[[nodiscard]] constexpr auto microseconds(std::int64_t n) -> duration { return {n * 1'000}; }
[[nodiscard]] constexpr auto milliseconds(std::int64_t n) -> duration { return {n * 1'000'000}; }
[[nodiscard]] constexpr auto seconds(std::int64_t n) -> duration { return {n * 1'000'000'000}; }
[[nodiscard]] constexpr auto minutes(std::int64_t n) -> duration { return seconds(n * 60); }

/// A point in time: nanoseconds since 1970-01-01T00:00:00Z. The clock that was asked decides what it means.
struct time_point {
    std::int64_t nanoseconds = 0;

    /// Whole seconds since 1970, rounded down.
    [[nodiscard]] constexpr auto unix_seconds() const -> std::int64_t {
        auto const s = nanoseconds / 1'000'000'000;
        return nanoseconds % 1'000'000'000 < 0 ? s - 1 : s;
    }
    [[nodiscard]] static constexpr auto from_unix_seconds(std::int64_t s) -> time_point {
        return {s * 1'000'000'000};
    }

    friend constexpr auto operator<=>(time_point, time_point) = default;
    friend constexpr auto operator+(time_point t, duration d) -> time_point {
        return {t.nanoseconds + d.nanoseconds};
    }
    friend constexpr auto operator-(time_point t, duration d) -> time_point {
        return {t.nanoseconds - d.nanoseconds};
    }
    friend constexpr auto operator-(time_point a, time_point b) -> duration {
        return {a.nanoseconds - b.nanoseconds};
    }
};

/// Something that says what time it is. Models: `system_clock`, `sim::virtual_clock`.
template <class C>
concept clock = requires(C& c) {
    { c.now() } -> std::same_as<time_point>;
};

/// A clock of any type by reference, for those who keep time but should not be templates for it. The clock
/// must outlive it. Models `clock`.
struct clock_ref {
    time_point (*function)(void const*) = nullptr;
    void const* context = nullptr;

    constexpr clock_ref(time_point (*f)(void const*), void const* c) : function(f), context(c) {}
    template <class C>
        requires(!std::same_as<C, clock_ref>) && clock<C const>
    constexpr clock_ref(C const& c) // NOLINT(google-explicit-constructor): a clock is a clock_ref
        : function([](void const* p) { return static_cast<C const*>(p)->now(); }), context(&c) {}

    [[nodiscard]] auto now() const -> time_point { return function(context); }
};

} // namespace berth
