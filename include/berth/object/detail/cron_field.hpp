#pragma once

/// \file
/// The fields of a schedule: lists of numbers, names, ranges and steps (robfig/cron 3, `parser.go`).

#include <berth/core/error.hpp>
#include <berth/object/detail/go_text.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::object::detail {

/// The numbers that a field allows.
struct cron_set {
    std::uint64_t bits = 0;
    bool any = false; ///< it was written with a star

    [[nodiscard]] constexpr auto has(int n) const -> bool { return (bits >> n & 1) != 0; }
    friend constexpr auto operator==(cron_set, cron_set) -> bool = default;
};

/// What a field may hold; `names` are those of the numbers from `least` on, three letters each.
struct cron_bounds {
    int least;
    int most;
    std::string_view names;
};

inline constexpr auto cron_minutes = cron_bounds{0, 59, ""};
inline constexpr auto cron_hours = cron_bounds{0, 23, ""};
inline constexpr auto cron_days = cron_bounds{1, 31, ""};
inline constexpr auto cron_months = cron_bounds{1, 12, "janfebmaraprmayjunjulaugsepoctnovdec"};
inline constexpr auto cron_weekdays = cron_bounds{0, 6, "sunmontuewedthufrisat"};

/// The five fields that a word stands for, or nothing.
[[nodiscard]] constexpr auto cron_word(std::string_view word) -> std::string_view {
    if (word == "@yearly" || word == "@annually") return "0 0 1 1 *";
    if (word == "@monthly") return "0 0 1 * *";
    if (word == "@weekly") return "0 0 * * 0";
    if (word == "@daily" || word == "@midnight") return "0 0 * * *";
    if (word == "@hourly") return "0 * * * *";
    return {};
}

inline constexpr auto blanks = std::string_view(" \t\n\v\f\r");

[[nodiscard]] inline auto trimmed(std::string_view text) -> std::string_view {
    auto const first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The parts of a text between `separators`; empty parts are dropped if `dense`.
[[nodiscard]] inline auto split(std::string_view text, std::string_view separators, bool dense)
    -> std::vector<std::string_view> {
    auto out = std::vector<std::string_view>();
    for (;;) {
        auto const end = text.find_first_of(separators);
        auto const part = text.substr(0, end);
        if (!part.empty() || !dense) out.push_back(part);
        if (end == std::string_view::npos) return out;
        text.remove_prefix(end + 1);
    }
}
[[nodiscard]] inline auto blank_separated(std::string_view text) -> std::vector<std::string_view> {
    return split(text, blanks, true);
}
[[nodiscard]] inline auto spaced(std::vector<std::string_view> const& parts) -> std::string {
    auto out = std::string();
    for (auto const& part : parts) {
        if (&part != &parts.front()) out += ' ';
        out += part;
    }
    return out;
}

inline auto cron_error(std::string message) -> std::unexpected<error> {
    return fail(error_code::bad_request, std::move(message));
}

inline auto read_cron_number(std::string_view text) -> result<std::int64_t> {
    auto const number = go_integer(text);
    if (!number)
        return cron_error("failed to parse int from " + std::string(text) + ": strconv.Atoi: parsing " +
                          go_quoted(text) + ": invalid syntax");
    if (*number < 0)
        return cron_error("negative number (" + std::to_string(*number) +
                          ") not allowed: " + std::string(text));
    return *number;
}

inline auto read_cron_number_or_name(std::string_view text, cron_bounds const& bounds)
    -> result<std::int64_t> {
    auto lower = std::string(text);
    for (auto& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (lower.size() == 3)
        for (std::size_t i = 0; i + 3 <= bounds.names.size(); i += 3)
            if (bounds.names.substr(i, 3) == lower) return bounds.least + static_cast<std::int64_t>(i / 3);
    return read_cron_number(text);
}

/// The first and the last number of a range, and whether it is a star.
struct cron_range {
    std::int64_t first = 0;
    std::int64_t last = 0;
    bool star = false;
    bool single = false;
};

inline auto read_cron_range(std::string_view text, std::string_view whole, cron_bounds const& bounds)
    -> result<cron_range> {
    auto const ends = split(text, "-", false);
    if (ends[0] == "*" || ends[0] == "?")
        return cron_range{bounds.least, bounds.most, true, ends.size() == 1};
    auto const first = read_cron_number_or_name(ends[0], bounds);
    if (!first) return std::unexpected(first.error());
    if (ends.size() == 1) return cron_range{*first, *first, false, true};
    if (ends.size() > 2) return cron_error("too many hyphens: " + std::string(whole));
    auto const last = read_cron_number_or_name(ends[1], bounds);
    if (!last) return std::unexpected(last.error());
    return cron_range{*first, *last, false, false};
}

/// `*`, `?`, `3`, `mon`, `1-5`, `*/15`, `10-30/5`, `7/10`
inline auto read_cron_expression(std::string_view text, cron_bounds const& bounds) -> result<cron_set> {
    auto const shown = std::string(text);
    auto const parts = split(text, "/", false);
    auto range = read_cron_range(parts[0], text, bounds);
    if (!range) return std::unexpected(range.error());
    auto step = result<std::int64_t>(1);
    if (parts.size() > 2) return cron_error("too many slashes: " + shown);
    if (parts.size() == 2) {
        step = read_cron_number(parts[1]);
        if (!step) return std::unexpected(step.error());
        if (range->single) range->last = bounds.most;
        if (*step > 1) range->star = false;
    }
    auto const first = std::to_string(range->first);
    auto const last = std::to_string(range->last);
    if (range->first < bounds.least)
        return cron_error("beginning of range (" + first + ") below minimum (" +
                          std::to_string(bounds.least) + "): " + shown);
    if (range->last > bounds.most)
        return cron_error("end of range (" + last + ") above maximum (" + std::to_string(bounds.most) +
                          "): " + shown);
    if (range->first > range->last)
        return cron_error("beginning of range (" + first + ") beyond end of range (" + last + "): " + shown);
    if (*step == 0) return cron_error("step of range should be a positive number: " + shown);
    auto out = cron_set{0, range->star};
    for (auto n = range->first; n <= range->last; n += *step) {
        out.bits |= std::uint64_t{1} << n;
        if (*step > bounds.most) break;
    }
    return out;
}

/// A list of such expressions, joined by commas.
inline auto read_cron_field(std::string_view text, cron_bounds const& bounds) -> result<cron_set> {
    auto out = cron_set();
    for (auto const expression : split(text, ",", true)) {
        auto const one = read_cron_expression(expression, bounds);
        if (!one) return std::unexpected(one.error());
        out.bits |= one->bits;
        out.any = out.any || one->any;
    }
    return out;
}

} // namespace berth::object::detail
