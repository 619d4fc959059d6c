#pragma once

/// \file
/// What the machine that this program runs on has, from /proc and friends.

#include <berth/core/config.hpp>
#include <berth/node/runtime.hpp>

#include <sys/types.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace berth::node::detail {

/// The first line of a file, or nothing.
[[nodiscard]] BERTH_DECL auto first_line(char const* path) -> std::string;

/// `PRETTY_NAME` of /etc/os-release.
[[nodiscard]] BERTH_DECL auto os_image() -> std::string;

/// All that there is to know; `directory` is where containers write.
[[nodiscard]] BERTH_DECL auto this_machine(std::string const& directory) -> machine_facts;

/// Resident bytes of a process and all its descendants, by /proc.
[[nodiscard]] BERTH_DECL auto resident_bytes(pid_t pid, int depth = 0) -> std::int64_t;

/// What all processes of each session have used, those included that have ended and were waited for; by the
/// session's leader. One look at all of /proc.
[[nodiscard]] BERTH_DECL auto use_by_session() -> std::map<pid_t, container_use>;

/// The same for one process, from the text of its `/proc/PID/stat`; with its session. Nothing if it is none.
[[nodiscard]] BERTH_DECL auto use_in_stat(std::string_view stat)
    -> std::optional<std::pair<pid_t, container_use>>;

} // namespace berth::node::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/detail/machine.ipp>
#endif
