#pragma once

/// \file
/// The bodies of `berth/core/span_text.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/span_text.hpp>

#include <charconv>
#include <cstddef>
#include <system_error>
#include <utility>

namespace berth {

namespace detail {

/// The unit at the front of a text, which loses it; 0 if there is none.
inline auto take_unit(std::string_view& text) -> std::int64_t {
    constexpr std::pair<std::string_view, std::int64_t> units[] = {{"ns", 1},
                                                                   {"us", 1'000},
                                                                   {"ms", 1'000'000},
                                                                   {"s", 1'000'000'000},
                                                                   {"m", 60'000'000'000},
                                                                   {"h", 3'600'000'000'000}};
    for (auto const& [name, size] : units)
        if (text.starts_with(name)) {
            text.remove_prefix(name.size());
            return size;
        }
    return 0;
}

} // namespace detail

BERTH_DECL auto parse_span(std::string_view text) -> std::optional<duration> {
    if (text.empty()) return std::nullopt;
    auto out = duration();
    while (!text.empty()) {
        auto number = std::int64_t{0};
        auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (problem != std::errc() || number < 0) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        auto const unit = detail::take_unit(text);
        if (unit == 0) return std::nullopt;
        out = out + nanoseconds(unit) * number;
    }
    return out;
}

} // namespace berth
