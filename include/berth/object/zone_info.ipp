#pragma once

/// \file
/// The bodies of `berth/object/zone_info.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/zone_info.hpp>

namespace berth::object {

BERTH_DECL auto load_time_zone(std::string_view name, std::string_view folder) -> result<time_zone> {
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
