#pragma once

/// \file
/// When the jobs of a cron job are due, and which starts were missed (kubernetes 1.36,
/// `pkg/controller/cronjob/utils.go`).

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/core/time.hpp>
#include <berth/kube/batch/cron_job/type.hpp>
#include <berth/object/cron.hpp>
#include <berth/object/zone_info.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace berth::kube {

/// Finds a time zone by its name.
using zone_source = std::function<result<object::time_zone>(std::string_view)>;

/// A schedule on the clock of a zone.
struct zoned_schedule {
    object::cron due;
    object::time_zone zone;

    [[nodiscard]] auto next(time_point after) const -> std::optional<time_point> {
        return due.next(after, zone);
    }
};

/// Whether the schedule names its zone itself, which is not supported, but done.
[[nodiscard]] BERTH_DECL auto names_zone(cron_job_spec const& s) -> bool;

/// Reads the schedule. Errors: `bad_request`, in the words of the controller of Kubernetes.
[[nodiscard]] BERTH_DECL auto read_schedule(cron_job_spec const& s, zone_source const& zones)
    -> result<zoned_schedule>;

/// More missed starts than these are worth a warning.
inline constexpr auto many_missed_starts = std::int64_t{100};

/// The starts that were due since the last one, or since the cron job was made.
struct missed_starts {
    time_point since;                 ///< what was due before is not looked at
    std::optional<time_point> latest; ///< the last that was due
    std::int64_t count = 0;           ///< how many there were, about
    bool never = false;               ///< nothing is ever due
};

/// Which starts were missed; with `late`, those only that are not too late to be made up for.
[[nodiscard]] BERTH_DECL auto missed_starts_of(cron_job const& c, zoned_schedule const& s, time_point now,
                                               bool late) -> missed_starts;

/// How long it is to the next start; nothing if there is none.
[[nodiscard]] BERTH_DECL auto time_to_next(cron_job const& c, zoned_schedule const& s, time_point now)
    -> std::optional<duration>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/cron_job/controller/schedule.ipp>
#endif
