#pragma once

/// \file
/// Bounds and defaults that the descriptions of several members share (core/v1 of Kubernetes 1.36).

#include <cstdint>
#include <string_view>

namespace berth::kube {

/// The highest number of a port.
inline constexpr std::int64_t highest_port = 65535;
/// The highest number of a user or group, and of seconds in a deadline.
inline constexpr std::int64_t highest_id = 2147483647;
/// All permission bits of a file.
inline constexpr std::int64_t highest_file_mode = 0777;
/// 0644 as JSON: readable by all, writable by the owner.
inline constexpr std::string_view default_file_mode = "420";

} // namespace berth::kube
