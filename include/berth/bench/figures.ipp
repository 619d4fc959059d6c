#pragma once

/// \file
/// Body of `figures.hpp`: columns and units.

#include <berth/bench/figures.hpp>
#include <berth/schedule/detail/text_table.hpp>

#include <array>
#include <cstdio>

namespace berth::bench {

namespace detail {

/// A number with some digits after the point.
BERTH_DECL auto number(double value, int digits) -> std::string {
    auto text = std::array<char, 64>{};
    std::snprintf(text.data(), text.size(), "%.*f", digits, value); // NOLINT: std::format is not there yet
    return text.data();
}
/// `790ns`, `1.6us`, `12ms`.
BERTH_DECL auto short_time(duration d) -> std::string {
    auto value = static_cast<double>(d.nanoseconds);
    for (auto const* const unit : {"ns", "us", "ms"}) {
        if (value < 999.5) return number(value, value < 9.95 && *unit != 'n' ? 1 : 0) + unit;
        value /= 1000;
    }
    return number(value, 1) + "s";
}

} // namespace detail

BERTH_DECL auto table(std::span<contender const> all) -> std::string {
    auto lines = schedule::detail::text_table<std::string>();
    lines.add({"name", "/s", "x", "p50", "p99", "allocations", "bytes", "succeeded"});
    for (auto const& [name, f] : all) {
        auto const first = all.front().what.per_second();
        auto const ratio = first > 0 ? f.per_second() / first : 0;
        lines.add({name, detail::number(f.per_second(), 0),
                   first > 0 ? detail::number(ratio, ratio < 0.095 ? 4 : 2) : "-", detail::short_time(f.p50),
                   detail::short_time(f.p99), detail::number(f.allocations, 1), detail::number(f.bytes, 0),
                   std::to_string(f.succeeded) + "/" + std::to_string(f.operations)});
    }
    return lines.text();
}

} // namespace berth::bench
