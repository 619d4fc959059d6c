#pragma once

/// \file
/// The bodies of `berth/node/backoff.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/backoff.hpp>

namespace berth::node {

BERTH_DECL auto restart_backoff::expired(time_point ended, backoff_limits const& limits) const -> bool {
    return delay_ == duration{} || ended - last_ > limits.reset;
}

BERTH_DECL auto go_duration(duration d) -> std::string {
    auto const fraction = [](std::int64_t value, std::int64_t unit) {
        auto digits = std::to_string(unit + value % unit).substr(1);
        while (!digits.empty() && digits.back() == '0') digits.pop_back();
        return std::to_string(value / unit) + (digits.empty() ? "" : "." + digits);
    };
    auto const n = d.nanoseconds;
    if (n == 0) return "0s";
    if (n < 0) return "-" + go_duration({-n});
    if (n < 1'000) return std::to_string(n) + "ns";
    if (n < 1'000'000) return fraction(n, 1'000) + "µs";
    if (n < 1'000'000'000) return fraction(n, 1'000'000) + "ms";
    auto const minute = std::int64_t{60'000'000'000};
    auto out = std::string();
    if (n >= 60 * minute) out += std::to_string(n / (60 * minute)) + "h";
    if (n >= minute) out += std::to_string(n / minute % 60) + "m";
    return out + fraction(n % minute, 1'000'000'000) + "s";
}

} // namespace berth::node
