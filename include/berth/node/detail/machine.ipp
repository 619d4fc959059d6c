#pragma once

/// \file
/// The bodies of `berth/node/detail/machine.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/detail/machine.hpp>

#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

namespace berth::node::detail {

BERTH_DECL auto first_line(char const* path) -> std::string {
    auto line = std::string();
    auto file = std::ifstream(path);
    std::getline(file, line);
    return line;
}

BERTH_DECL auto os_image() -> std::string {
    constexpr auto key = std::string_view("PRETTY_NAME=");
    auto file = std::ifstream("/etc/os-release");
    for (auto line = std::string(); std::getline(file, line);) {
        if (!line.starts_with(key)) continue;
        auto value = line.substr(key.size());
        if (value.size() >= 2 && value.front() == '"') value = value.substr(1, value.size() - 2);
        return value;
    }
    return "Linux";
}

/// The architecture as Go names it.
[[nodiscard]] inline auto go_architecture(std::string_view machine) -> std::string {
    if (machine == "x86_64") return "amd64";
    if (machine == "aarch64") return "arm64";
    return std::string(machine);
}

BERTH_DECL auto this_machine(std::string const& directory) -> machine_facts {
    auto out = machine_facts();
    out.cpu_millis = std::int64_t{::sysconf(_SC_NPROCESSORS_ONLN)} * 1000;
    out.memory_bytes = std::int64_t{::sysconf(_SC_PHYS_PAGES)} * ::sysconf(_SC_PAGESIZE);
    struct statvfs disk{};
    if (::statvfs(directory.c_str(), &disk) == 0)
        out.storage_bytes = static_cast<std::int64_t>(disk.f_blocks * disk.f_frsize);
    struct utsname names{};
    if (::uname(&names) == 0) {
        out.architecture = go_architecture(names.machine);
        out.kernel_version = names.release;
    }
    out.os_image = os_image();
    out.machine_id = first_line("/etc/machine-id");
    out.boot_id = first_line("/proc/sys/kernel/random/boot_id");
    out.system_uuid = out.machine_id;
    return out;
}

BERTH_DECL auto resident_bytes(pid_t pid, int depth) -> std::int64_t {
    auto const place = "/proc/" + std::to_string(pid);
    auto pages = std::int64_t{0};
    auto ignored = std::int64_t{0};
    if (auto file = std::ifstream(place + "/statm"); !(file >> ignored >> pages)) return 0;
    auto sum = pages * ::sysconf(_SC_PAGESIZE);
    if (depth > 16) return sum;
    auto children = std::ifstream(place + "/task/" + std::to_string(pid) + "/children");
    for (auto child = pid_t{0}; children >> child;) sum += resident_bytes(child, depth + 1);
    return sum;
}

BERTH_DECL auto use_in_stat(std::string_view stat) -> std::optional<std::pair<pid_t, container_use>> {
    // The name stands in parentheses and may hold anything; behind it the state is the first field.
    auto const name_end = stat.rfind(')');
    if (name_end == std::string_view::npos) return std::nullopt;
    auto rest = std::istringstream(std::string(stat.substr(name_end + 1)));
    auto state = char{};
    if (!(rest >> state)) return std::nullopt;
    auto fields =
        std::array<std::int64_t, 21>(); // the parent's number is the first, the resident pages the last
    for (auto& f : fields)
        if (!(rest >> f)) return std::nullopt;
    auto const ticks = fields[10] + fields[11] + fields[12] + fields[13];
    auto const tick = seconds(1) / std::max(1L, ::sysconf(_SC_CLK_TCK));
    return std::pair{
        static_cast<pid_t>(fields[2]),
        container_use{.cpu = tick * ticks, .memory_bytes = fields[20] * ::sysconf(_SC_PAGESIZE)}};
}

BERTH_DECL auto use_by_session() -> std::map<pid_t, container_use> {
    auto out = std::map<pid_t, container_use>();
    auto problem = std::error_code();
    for (auto const& entry : std::filesystem::directory_iterator("/proc", problem)) {
        auto const name = entry.path().filename().string();
        if (name.empty() || name.front() < '0' || name.front() > '9') continue;
        auto const found = use_in_stat(first_line((entry.path() / "stat").c_str()));
        if (!found) continue;
        auto& sum = out[found->first];
        sum.cpu = sum.cpu + found->second.cpu;
        sum.memory_bytes += found->second.memory_bytes;
    }
    return out;
}

} // namespace berth::node::detail
