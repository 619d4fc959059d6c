#pragma once

/// \file
/// Body of `figures.hpp`: columns and units.

#include <berth/bench/figures.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <vector>

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
    auto lines = std::vector<std::array<std::string, 8>>();
    lines.push_back({"name", "/s", "x", "p50", "p99", "allocations", "bytes", "succeeded"});
    for (auto const& [name, f] : all) {
        auto const first = all.front().what.per_second();
        auto const ratio = first > 0 ? f.per_second() / first : 0;
        lines.push_back({name, detail::number(f.per_second(), 0),
                         first > 0 ? detail::number(ratio, ratio < 0.095 ? 4 : 2) : "-",
                         detail::short_time(f.p50), detail::short_time(f.p99),
                         detail::number(f.allocations, 1), detail::number(f.bytes, 0),
                         std::to_string(f.succeeded) + "/" + std::to_string(f.operations)});
    }
    auto widths = std::array<std::size_t, 8>{};
    for (auto const& line : lines)
        for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
    auto out = std::string();
    for (auto const& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            auto const gap = std::string(widths[i] - line[i].size(), ' ');
            out += i == 0 ? line[i] + gap : "  " + gap + line[i];
        }
        out += '\n';
    }
    return out;
}

} // namespace berth::bench
