#pragma once

/// \file
/// Time zones by name from a zone database on disk.

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
[[nodiscard]] inline auto load_time_zone(std::string_view name, std::string_view folder = usual_zone_folder)
    -> result<time_zone> {
    if (name.empty() || name == "UTC") return time_zone();
    if (name.front() == '/' || name.find("..") != std::string_view::npos ||
        name.find('\\') != std::string_view::npos || name.find('\0') != std::string_view::npos)
        return fail(error_code::bad_request, "time: invalid location name");
    auto const unknown = [&] {
        return fail(error_code::not_found, "unknown time zone " + std::string(name));
    };
    auto const path = std::string(folder) + "/" + std::string(name);
    auto* const file = std::fopen(path.c_str(), "rbe");
    if (file == nullptr) return unknown();
    auto bytes = std::string();
    char buffer[4096];
    for (auto n = std::fread(buffer, 1, sizeof buffer, file); n > 0 && bytes.size() < 1'000'000;
         n = std::fread(buffer, 1, sizeof buffer, file))
        bytes.append(buffer, n);
    auto const broken = std::ferror(file) != 0;
    static_cast<void>(std::fclose(file));
    if (broken) return unknown();
    return time_zone::parse(bytes);
}

} // namespace berth::object
