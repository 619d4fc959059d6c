#pragma once

/// \file
/// Time zones by name from a zone database on disk.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/time_zone.hpp>

#include <cstdio>
#include <string>
#include <string_view>

namespace berth::object {

/// Where most systems keep their zones.
inline constexpr auto usual_zone_folder = std::string_view("/usr/share/zoneinfo");

/// The zone of a name such as `Europe/Paris`; the empty name and `UTC` are UTC without asking the disk.
/// Errors: `not_found` for a zone that is not there, `bad_request` for a name that is none, or a broken file.
[[nodiscard]] BERTH_DECL auto load_time_zone(std::string_view name,
                                             std::string_view folder = usual_zone_folder)
    -> result<time_zone>;

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/zone_info.ipp>
#endif
