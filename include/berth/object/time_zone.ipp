#pragma once

/// \file
/// The bodies of `berth/object/time_zone.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/time_zone.hpp>

namespace berth::object {

BERTH_DECL auto time_zone::to_wall(std::int64_t unix_seconds) const -> wall_clock {
    auto const local = unix_seconds + period_at(unix_seconds).offset;
    auto const days = detail::floor_divide(local, 86400);
    auto const second = static_cast<int>(local - days * 86400);
    auto const date = detail::date_from_days(days);
    auto const weekday = static_cast<int>((days % 7 + 11) % 7);
    return {date.year,
            static_cast<int>(date.month),
            static_cast<int>(date.day),
            second / 3600,
            second / 60 % 60,
            second % 60,
            weekday};
}

BERTH_DECL auto time_zone::from_wall(wall_clock const& wall) const -> std::int64_t {
    auto const months = wall.year * 12 + wall.month - 1;
    auto const year = detail::floor_divide(months, 12);
    auto const days =
        detail::days_from_date(year, static_cast<unsigned>(months - year * 12 + 1), 1) + wall.day - 1;
    auto const local =
        days * 86400 + std::int64_t{wall.hour} * 3600 + std::int64_t{wall.minute} * 60 + wall.second;
    auto const guess = period_at(local);
    if (guess.offset == 0) return local;
    auto const utc = local - guess.offset;
    if (utc >= guess.begin && utc < guess.end) return utc;
    return local - period_at(utc).offset;
}

BERTH_DECL auto time_zone::first_kind() const -> kind {
    if (kinds_.empty()) return {};
    auto used = false;
    for (auto const& t : transitions_) used = used || t.kind == 0;
    if (!used) return kinds_[0];
    if (!transitions_.empty() && kinds_[transitions_[0].kind].summer)
        for (auto i = std::size_t{transitions_[0].kind}; i-- > 0;)
            if (!kinds_[i].summer) return kinds_[i];
    for (auto const& k : kinds_)
        if (!k.summer) return k;
    return kinds_[0];
}

BERTH_DECL auto time_zone::period_at(std::int64_t unix_seconds) const -> detail::zone_period {
    constexpr auto first = std::numeric_limits<std::int64_t>::min();
    constexpr auto last = std::numeric_limits<std::int64_t>::max();
    auto low = std::size_t{0};
    auto high = transitions_.size();
    while (low < high) {
        auto const middle = low + (high - low) / 2;
        if (transitions_[middle].when <= unix_seconds) low = middle + 1;
        else high = middle;
    }
    if (low == transitions_.size() && rule_)
        return rule_->period_at(unix_seconds, low == 0 ? first : transitions_.back().when);
    auto const end = low < transitions_.size() ? transitions_[low].when : last;
    if (low == 0) return {first_kind().offset, first, end};
    auto const& begin = transitions_[low - 1];
    return {kinds_[begin.kind].offset, begin.when, end};
}

} // namespace berth::object

namespace berth::object::detail {

/// A number of `width` bytes, most significant first, with a sign.
inline auto big_endian(std::string_view bytes, std::size_t width) -> std::int64_t {
    auto value = static_cast<std::int64_t>(static_cast<signed char>(bytes[0]));
    for (std::size_t i = 1; i < width; ++i)
        value = static_cast<std::int64_t>((static_cast<std::uint64_t>(value) << 8) |
                                          static_cast<unsigned char>(bytes[i]));
    return value;
}

/// The header of a block of a TZif file.
struct zone_header {
    char version = 0;
    std::size_t utc_flags = 0, standard_flags = 0, leaps = 0, times = 0, kinds = 0, letters = 0;

    /// How many bytes the block takes, its header apart, with times of `width` bytes.
    [[nodiscard]] auto size(std::size_t width) const -> std::size_t {
        return times * (width + 1) + kinds * 6 + letters + leaps * (width + 4) + standard_flags + utc_flags;
    }
};

inline constexpr auto zone_header_size = std::size_t{44};

inline auto read_zone_header(std::string_view bytes) -> std::optional<zone_header> {
    if (bytes.size() < zone_header_size || bytes.substr(0, 4) != "TZif") return std::nullopt;
    auto out = zone_header();
    out.version = bytes[4];
    auto at = std::size_t{20};
    for (auto* const count :
         {&out.utc_flags, &out.standard_flags, &out.leaps, &out.times, &out.kinds, &out.letters}) {
        auto const value = big_endian(bytes.substr(at, 4), 4);
        if (value < 0 || value > 1'000'000) return std::nullopt;
        *count = static_cast<std::size_t>(value);
        at += 4;
    }
    return out;
}

} // namespace berth::object::detail

namespace berth::object {

/// Reads the block at the front of `bytes`, whose times have `width` bytes.
BERTH_DECL auto time_zone::read_block(std::string_view bytes, std::size_t width) -> bool {
    auto const header = detail::read_zone_header(bytes);
    if (!header || header->kinds == 0) return false;
    bytes.remove_prefix(detail::zone_header_size);
    if (bytes.size() < header->size(width)) return false;
    auto const indexes = bytes.substr(header->times * width);
    auto const infos = indexes.substr(header->times);
    for (std::size_t i = 0; i < header->kinds; ++i)
        kinds_.push_back(
            {static_cast<std::int32_t>(detail::big_endian(infos.substr(i * 6), 4)), infos[i * 6 + 4] != 0});
    for (std::size_t i = 0; i < header->times; ++i) {
        auto const index = static_cast<std::uint8_t>(indexes[i]);
        auto const when = detail::big_endian(bytes.substr(i * width), width);
        auto const rises = transitions_.empty() || transitions_.back().when < when;
        if (index >= header->kinds || !rises) return false;
        transitions_.push_back({when, index});
    }
    return true;
}

BERTH_DECL auto time_zone::parse(std::string_view bytes) -> result<time_zone> {
    auto const refuse = [] { return fail(error_code::bad_request, "malformed time zone information"); };
    auto const header = detail::read_zone_header(bytes);
    if (!header) return refuse();
    auto out = time_zone();
    if (header->version == 0) {
        if (!out.read_block(bytes, 4)) return refuse();
        return out;
    }
    auto const skipped = detail::zone_header_size + header->size(4);
    if (bytes.size() < skipped) return refuse();
    bytes.remove_prefix(skipped);
    auto const second = detail::read_zone_header(bytes);
    if (!second || !out.read_block(bytes, 8)) return refuse();
    auto footer = bytes.substr(detail::zone_header_size + second->size(8));
    if (footer.size() > 2 && footer.front() == '\n' && footer.back() == '\n')
        out.rule_ = detail::read_zone_rule(footer.substr(1, footer.size() - 2));
    return out;
}

} // namespace berth::object
