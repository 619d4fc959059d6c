#pragma once

/// \file
/// The fields of a schedule: lists of numbers, names, ranges and steps (robfig/cron 3, `parser.go`).

#include <berth/core/config.hpp>
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

[[nodiscard]] BERTH_DECL auto trimmed(std::string_view text) -> std::string_view;

/// The parts of a text between `separators`; empty parts are dropped if `dense`.
[[nodiscard]] BERTH_DECL auto split(std::string_view text, std::string_view separators, bool dense)
    -> std::vector<std::string_view>;
[[nodiscard]] inline auto blank_separated(std::string_view text) -> std::vector<std::string_view> {
    return split(text, blanks, true);
}
[[nodiscard]] BERTH_DECL auto spaced(std::vector<std::string_view> const& parts) -> std::string;

/// A list of such expressions, joined by commas.
BERTH_DECL auto read_cron_field(std::string_view text, cron_bounds const& bounds) -> result<cron_set>;

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/cron_field.ipp>
#endif
