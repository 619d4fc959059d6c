#pragma once

/// \file
/// Time zones: what clocks on the wall show. A zone is a value, read from the bytes of a TZif file (RFC
/// 8536).

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/detail/zone_rule.hpp>
#include <berth/object/time.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::object {

/// A date and time of day as a clock on the wall shows it.
struct wall_clock {
    std::int64_t year = 1970;
    int month = 1; ///< 1 to 12
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int weekday = 4; ///< 0 is Sunday

    friend constexpr auto operator==(wall_clock const&, wall_clock const&) -> bool = default;
};

/// The offsets from UTC that a place has had and will have. A default-made zone is UTC.
class time_zone {
public:
    time_zone() = default;

    /// Reads a TZif file's bytes. Errors: `bad_request`.
    [[nodiscard]] static auto parse(std::string_view bytes) -> result<time_zone>;

    /// The span around a time (seconds since 1970, UTC) in which one offset holds.
    [[nodiscard]] auto period_at(std::int64_t unix_seconds) const -> detail::zone_period;

    /// What the clocks show at a time.
    [[nodiscard]] auto to_wall(std::int64_t unix_seconds) const -> wall_clock;
    /// The time at which clocks show this. Fields out of range carry over (month 13 is January); a time that
    /// is skipped or occurs twice is resolved as Go's `time.Date` does.
    [[nodiscard]] auto from_wall(wall_clock const& wall) const -> std::int64_t;

private:
    struct transition {
        std::int64_t when;
        std::uint8_t kind;
    };
    struct kind {
        std::int32_t offset = 0;
        bool summer = false;
    };

    auto read_block(std::string_view bytes, std::size_t width) -> bool;
    [[nodiscard]] auto first_kind() const -> kind;

    std::vector<transition> transitions_;
    std::vector<kind> kinds_;
    std::optional<detail::zone_rule> rule_; ///< what holds after the last transition
};

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/time_zone.ipp>
#endif
