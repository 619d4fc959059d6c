#pragma once

/// \file
/// Spans of time as people read them in tables: `45s`, `3m20s`, `5h`, `12d`.

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace berth::api {

/// A span in at most two units, coarser the longer it is (apimachinery 1.36, `duration.HumanDuration`).
/// One that lies more than a second in the future is `<invalid>`.
[[nodiscard]] BERTH_DECL auto human_duration(duration span) -> std::string;

/// How long ago `then` was, as tables show it; `<unknown>` for a time that is not set (`timestamp::is_zero`).
/// `Time` is `object::timestamp`, `object::micro_timestamp`, or another type with `is_zero` and `time`.
template <class Time> [[nodiscard]] auto age_of(Time const& then, time_point now) -> std::string {
    return then.is_zero() ? std::string("<unknown>") : human_duration(now - then.time());
}

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/age.ipp>
#endif
