#pragma once

/// \file
/// What a `process_runtime` and its warden say to each other.

#include <sys/types.h>

#include <cstdint>

namespace berth::node::detail {

/// A request; one packet. `start` carries the spec and, unless output is raw, the log as descriptors.
struct warden_request {
    enum class verb : std::uint32_t { start = 1, signal = 2 };

    verb what = verb::start;
    std::int32_t number = 0;      ///< the signal
    std::uint64_t id = 0;         ///< chosen by the runtime
    std::uint64_t raw_output = 0; ///< 1: the second descriptor becomes stdout and stderr itself
};

/// The answer to a request: 0, or what failed and the errno.
struct warden_reply {
    enum class stage : std::uint32_t { done, table, pipe, fork, directory, exec, absent, mounts };

    stage failed = stage::done;
    std::int32_t error = 0;
    pid_t pid = 0;
};

/// Tells that a process has ended and its output is written.
struct warden_report {
    std::uint64_t id = 0;
    std::int32_t status = 0; ///< as `waitpid` gives it
    std::int32_t padding = 0;
};

/// The beginning of a spec in shared memory. Places are offsets into it; the warden turns those into
/// pointers.
struct warden_spec {
    std::uint64_t size = 0;
    std::uint64_t program = 0;     ///< text
    std::uint64_t directory = 0;   ///< text; 0: stay
    std::uint64_t arguments = 0;   ///< array of text places, closed by 0
    std::uint64_t environment = 0; ///< array of text places, closed by 0
    std::uint64_t data_limit = 0;  ///< bytes for RLIMIT_DATA; 0: none
    std::uint64_t read_only = 0;   ///< array of text places, closed by 0; 0: none
};

/// How many containers and actions may run at a time.
inline constexpr std::uint32_t warden_slots = 1024;
/// Longer lines are written in parts, as container runtimes do.
inline constexpr std::uint32_t warden_line = 16 * 1024;

/// An output stream of a container on its way to the log.
struct warden_stream {
    int pipe = -1;
    std::uint32_t filled = 0;
    char text[warden_line];
};

/// A running process of the warden.
struct warden_slot {
    std::uint64_t id = 0; ///< 0: free
    pid_t pid = 0;
    int log = -1;
    bool ended = false; ///< waited for; the report is still to be sent
    std::int32_t status = 0;
    warden_stream streams[2];
};

} // namespace berth::node::detail
