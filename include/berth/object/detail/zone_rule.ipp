#pragma once

/// \file
/// The bodies of `berth/object/detail/zone_rule.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/zone_rule.hpp>

namespace berth::object::detail {

BERTH_DECL auto zone_change::in_year(std::int64_t year, std::int64_t offset) const -> std::int64_t {
    auto const january = days_from_date(year, 1, 1);
    auto const leap = days_from_date(year + 1, 1, 1) - january == 366;
    auto days = std::int64_t{day};
    if (how == form::julian) days = day - 1 + (leap && day >= 60 ? 1 : 0);
    if (how == form::month_week_day) {
        auto const first = days_from_date(year, static_cast<unsigned>(month), 1);
        auto const next = month == 12 ? days_from_date(year + 1, 1, 1)
                                      : days_from_date(year, static_cast<unsigned>(month + 1), 1);
        auto const weekday = ((first % 7) + 11) % 7;
        auto at = first + (day - weekday + 7) % 7;
        for (auto w = 1; w < week && at + 7 < next; ++w) at += 7;
        days = at - january;
    }
    return days * 86400 + time - offset;
}

BERTH_DECL auto zone_rule::period_at(std::int64_t at, std::int64_t since) const -> zone_period {
    if (!changes) return {standard, since, std::numeric_limits<std::int64_t>::max()};
    auto const year = date_from_days(floor_divide(at, 86400)).year;
    auto const begin = days_from_date(year, 1, 1) * 86400;
    auto to_summer = begin + (*changes)[0].in_year(year, standard);
    auto to_standard = begin + (*changes)[1].in_year(year, summer);
    auto outer = standard;
    auto inner = summer;
    if (to_standard < to_summer) {
        std::swap(to_summer, to_standard);
        std::swap(outer, inner);
    }
    if (at < to_summer) return {outer, begin, to_summer};
    if (at >= to_standard) return {outer, to_standard, begin + std::int64_t{365} * 86400};
    return {inner, to_summer, to_standard};
}

BERTH_DECL auto zone_rule_reader::read() -> std::optional<zone_rule> {
    auto out = zone_rule();
    auto const standard = name() ? offset() : std::nullopt;
    if (!standard) return std::nullopt;
    out.standard = -*standard;
    if (rest_.empty()) return out;
    if (!name()) return std::nullopt;
    out.summer = out.standard + 3600;
    if (!rest_.empty() && rest_.front() != ',') {
        auto const summer = offset();
        if (!summer) return std::nullopt;
        out.summer = -*summer;
    }
    if (rest_.empty()) rest_ = ",M3.2.0,M11.1.0";
    auto const begin = take(rest_, ',') ? change() : std::nullopt;
    auto const end = take(rest_, ',') ? change() : std::nullopt;
    if (!begin || !end || !rest_.empty()) return std::nullopt;
    out.changes = {*begin, *end};
    return out;
}

BERTH_DECL auto zone_rule_reader::name() -> bool {
    if (take(rest_, '<')) {
        auto const end = rest_.find('>');
        if (end == std::string_view::npos) return false;
        rest_.remove_prefix(end + 1);
        return true;
    }
    auto n = std::size_t{0};
    while (n < rest_.size() && std::string_view("0123456789,-+").find(rest_[n]) == std::string_view::npos)
        ++n;
    rest_.remove_prefix(n);
    return n >= 3;
}

BERTH_DECL auto zone_rule_reader::number(std::int64_t most) -> std::int64_t {
    auto value = std::int64_t{0};
    auto digits = 0;
    for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; rest_.remove_prefix(1), ++digits) {
        value = value * 10 + (rest_.front() - '0');
        if (value > most) return -1;
    }
    return digits > 0 ? value : -1;
}

BERTH_DECL auto zone_rule_reader::offset() -> std::optional<std::int64_t> {
    auto const negative = !rest_.empty() && rest_.front() == '-';
    if (negative || (!rest_.empty() && rest_.front() == '+')) rest_.remove_prefix(1);
    auto const hours = number(24 * 7);
    if (hours < 0) return std::nullopt;
    auto out = hours * 3600;
    for (auto unit : {60, 1}) {
        if (!take(rest_, ':')) break;
        auto const part = number(59);
        if (part < 0) return std::nullopt;
        out += part * unit;
    }
    return negative ? -out : out;
}

BERTH_DECL auto zone_rule_reader::change() -> std::optional<zone_change> {
    auto out = zone_change();
    if (take(rest_, 'M')) {
        auto const month = number(12);
        auto const week = take(rest_, '.') ? number(5) : -1;
        auto const day = take(rest_, '.') ? number(6) : -1;
        if (month < 1 || week < 1 || day < 0) return std::nullopt;
        out.month = static_cast<int>(month);
        out.week = static_cast<int>(week);
        out.day = static_cast<int>(day);
    } else {
        out.how = take(rest_, 'J') ? zone_change::form::julian : zone_change::form::day_of_year;
        auto const day = number(365);
        if (day < (out.how == zone_change::form::julian ? 1 : 0)) return std::nullopt;
        out.day = static_cast<int>(day);
    }
    if (take(rest_, '/')) {
        auto const time = offset();
        if (!time) return std::nullopt;
        out.time = *time;
    }
    return out;
}

} // namespace berth::object::detail
