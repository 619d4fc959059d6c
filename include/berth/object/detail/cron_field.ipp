#pragma once

/// \file
/// The bodies of `berth/object/detail/cron_field.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/cron_field.hpp>

namespace berth::object::detail {

BERTH_DECL auto trimmed(std::string_view text) -> std::string_view {
    auto const first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

BERTH_DECL auto split(std::string_view text, std::string_view separators, bool dense)
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

BERTH_DECL auto spaced(std::vector<std::string_view> const& parts) -> std::string {
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

BERTH_DECL auto read_cron_field(std::string_view text, cron_bounds const& bounds) -> result<cron_set> {
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
