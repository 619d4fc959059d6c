#pragma once

/// \file
/// The bodies of `berth/object/time.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/time.hpp>

namespace berth::object::detail {

inline auto append_digits(std::string& out, std::uint64_t value, int width) -> void {
    auto const at = out.size();
    out.append(static_cast<std::size_t>(width), '0');
    for (auto i = width - 1; i >= 0; --i, value /= 10)
        out[at + static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
}

/// `2006-01-02T15:04:05`, without a zone.
inline auto append_date_time(std::string& out, std::int64_t unix_seconds) -> void {
    auto const days = (unix_seconds >= 0 ? unix_seconds : unix_seconds - 86399) / 86400;
    auto const second = static_cast<std::uint64_t>(unix_seconds - days * 86400);
    auto const [y, m, d] = date_from_days(days);
    append_digits(out, static_cast<std::uint64_t>(y), 4);
    out += '-';
    append_digits(out, m, 2);
    out += '-';
    append_digits(out, d, 2);
    out += 'T';
    append_digits(out, second / 3600, 2);
    out += ':';
    append_digits(out, second / 60 % 60, 2);
    out += ':';
    append_digits(out, second % 60, 2);
}

/// Reads the parts of a time one after the other, and remembers where it could not go on.
struct time_scanner {
    std::string_view whole;
    std::string_view rest;
    std::string_view layout; ///< in Go's notation, for messages
    std::string_view wanted; ///< the part that is missing; empty: none so far

    auto number(std::size_t width, std::string_view part, int least, int most) -> int {
        if (!wanted.empty()) return 0;
        auto const before = rest;
        auto const value = take_digits(rest, width);
        if (value >= least && value <= most) return value;
        rest = before;
        wanted = part;
        return 0;
    }
    auto mark(char c, std::string_view part) -> void {
        if (wanted.empty() && !take(rest, c)) wanted = part;
    }
    /// Nanoseconds after a point, if there is one; exactly six digits where the layout has them.
    auto fraction() -> std::int64_t {
        auto out = std::int64_t{0};
        constexpr auto digits = std::string_view(".000000");
        if (wanted.empty() && layout.find(digits) != std::string_view::npos) {
            auto const before = rest;
            auto const micros = take(rest, '.') ? take_digits(rest, 6) : -1;
            if (micros >= 0) return std::int64_t{micros} * 1000;
            rest = before;
            wanted = digits;
        }
        if (!wanted.empty() || rest.size() < 2 || rest[0] != '.' || rest[1] < '0' || rest[1] > '9')
            return out;
        rest.remove_prefix(1);
        for (auto scale = std::int64_t{100'000'000}; !rest.empty() && rest[0] >= '0' && rest[0] <= '9';
             scale /= 10) {
            out += scale * (rest[0] - '0');
            rest.remove_prefix(1);
        }
        return out;
    }
    /// Seconds east of Greenwich.
    auto zone() -> std::int64_t {
        constexpr auto part = std::string_view("Z07:00");
        if (!wanted.empty() || take(rest, 'Z')) return 0;
        auto const before = rest;
        auto const west = !rest.empty() && rest.front() == '-';
        if (!take(rest, west ? '-' : '+')) {
            wanted = part;
            return 0;
        }
        auto const hours = number(2, part, 0, 23);
        mark(':', part);
        auto const minutes = number(2, part, 0, 59);
        if (!wanted.empty()) rest = before;
        return (west ? -1 : 1) * (hours * 3600 + minutes * 60);
    }
    auto refuse(std::string_view why = {}) const -> std::unexpected<error> {
        auto message = "parsing time \"" + std::string(whole) + '"';
        if (!why.empty()) return fail(error_code::bad_request, message + ": " + std::string(why));
        if (wanted.empty())
            return fail(error_code::bad_request, message + ": extra text: \"" + std::string(rest) + '"');
        message += " as \"" + std::string(layout) + "\": cannot parse \"";
        message += std::string(rest) + "\" as \"" + std::string(wanted) + '"';
        return fail(error_code::bad_request, std::move(message));
    }
};

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto parse_time(std::string_view text, std::string_view layout) -> result<time_point> {
    auto scan = detail::time_scanner{text, text, layout, {}};
    auto const year = scan.number(4, "2006", 0, 9999);
    scan.mark('-', "-");
    auto const month = scan.number(2, "01", 1, 12);
    scan.mark('-', "-");
    auto const day = scan.number(2, "02", 1, 31);
    scan.mark('T', "T");
    auto const hour = scan.number(2, "15", 0, 23);
    scan.mark(':', ":");
    auto const minute = scan.number(2, "04", 0, 59);
    scan.mark(':', ":");
    auto const second = scan.number(2, "05", 0, 59);
    auto const fraction = scan.fraction();
    auto const offset = scan.zone();
    if (!scan.wanted.empty() || !scan.rest.empty()) return scan.refuse();
    auto const days = detail::days_from_date(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
    if (detail::date_from_days(days).day != static_cast<unsigned>(day))
        return scan.refuse("day out of range");
    auto const at = days * 86400 + hour * 3600 + minute * 60 + second - offset;
    if (at > std::numeric_limits<std::int64_t>::max() / 1'000'000'000 - 1 ||
        at < std::numeric_limits<std::int64_t>::min() / 1'000'000'000 + 1)
        return scan.refuse("year out of range");
    return time_point{at * 1'000'000'000 + fraction};
}

BERTH_DECL auto timestamp::to_string() const -> std::string {
    auto out = std::string();
    if (is_zero()) return out;
    detail::append_date_time(out, unix_seconds);
    return out += 'Z';
}

BERTH_DECL auto micro_timestamp::to_string() const -> std::string {
    auto out = std::string();
    if (is_zero()) return out;
    auto const whole = time().unix_seconds();
    auto const rest = time() - time_point::from_unix_seconds(whole);
    detail::append_date_time(out, whole);
    out += '.';
    detail::append_digits(out, static_cast<std::uint64_t>(rest.nanoseconds / 1000), 6);
    return out += 'Z';
}

} // namespace berth::object
