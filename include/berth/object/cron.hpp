#pragma once

/// \file
/// Schedules: five fields (`*/15 2 * * mon-fri`), words (`@daily`) and spans (`@every 1h30m`), with the
/// semantics of the library that Kubernetes' CronJob uses (robfig/cron 3, standard parser), changes of the
/// clock included.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/core/time.hpp>
#include <berth/object/detail/cron_field.hpp>
#include <berth/object/detail/go_duration.hpp>
#include <berth/object/time_zone.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::object {

/// When something is due, again and again.
class cron {
public:
    /// Reads a schedule. A prefix `TZ=<zone> ` or `CRON_TZ=<zone> ` names the zone of its clock (see `zone`).
    /// Errors: `bad_request`, in the library's words.
    [[nodiscard]] static auto parse(std::string_view text) -> result<cron>;

    /// The name of the zone that the text asks for, or nothing.
    [[nodiscard]] auto zone() const -> std::string const& { return zone_; }

    /// The first time after `after` at which clocks of the zone show what the schedule says, to the second;
    /// nothing if there is none within five years.
    [[nodiscard]] auto next(time_point after, time_zone const& zone = {}) const -> std::optional<time_point>;

    friend auto operator==(cron const&, cron const&) -> bool = default;

private:
    auto read_fields(std::string_view text) -> result<void>;

    detail::cron_set minutes_;
    detail::cron_set hours_;
    detail::cron_set days_;
    detail::cron_set months_;
    detail::cron_set weekdays_;
    duration every_;
    std::string zone_;
};

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/cron.ipp>
#endif
