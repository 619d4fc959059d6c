#pragma once

/// \file
/// How a server is told the time.

#include <berth/core/time.hpp>

#include <functional>
#include <type_traits>
#include <utility>

namespace berth::api {

/// Tells the time. There is no default: nothing here reads a clock that nobody gave it.
class clock_function {
public:
    template <class F>
        requires std::is_invocable_r_v<time_point, F&>
    clock_function(F tell) : tell_(std::move(tell)) {} // NOLINT(google-explicit-constructor)
    template <class Clock = void> clock_function() {
        static_assert(
            !std::is_void_v<Clock>,
            "an API server needs a clock: say .now = [] { return berth::system_clock{}.now(); }, or "
            "a virtual clock");
    }
    auto operator()() const -> time_point { return tell_(); }

private:
    std::function<time_point()> tell_;
};

} // namespace berth::api
