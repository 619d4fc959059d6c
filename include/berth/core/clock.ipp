#pragma once

/// \file
/// The bodies of `berth/core/clock.hpp`.

#include <berth/core/clock.hpp>
#include <berth/core/config.hpp>

#include <chrono>

namespace berth {

BERTH_DECL auto system_clock::now() const -> time_point {
    using namespace std::chrono;
    return {
        duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

BERTH_DECL auto monotonic_clock::now() const -> time_point {
    using namespace std::chrono;
    return {duration_cast<std::chrono::nanoseconds>(steady_clock::now().time_since_epoch()).count()};
}

} // namespace berth
