#pragma once

/// \file
/// What the machine that this program runs on has, from /proc and friends.

#include <berth/core/config.hpp>
#include <berth/node/runtime.hpp>

#include <string>

namespace berth::node::detail {

/// The first line of a file, or nothing.
[[nodiscard]] BERTH_DECL auto first_line(char const* path) -> std::string;

/// `PRETTY_NAME` of /etc/os-release.
[[nodiscard]] BERTH_DECL auto os_image() -> std::string;

/// All that there is to know; `directory` is where containers write.
[[nodiscard]] BERTH_DECL auto this_machine(std::string const& directory) -> machine_facts;

/// Resident bytes of a process and all its descendants, by /proc.
[[nodiscard]] BERTH_DECL auto resident_bytes(pid_t pid, int depth = 0) -> std::int64_t;

} // namespace berth::node::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/detail/machine.ipp>
#endif
