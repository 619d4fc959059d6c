#pragma once

/// \file
/// The warden: a small process that a `process_runtime` forks when it is opened, and the parent of its
/// containers. It starts processes, writes their output to the logs line by line, waits for them, and ends
/// all of them when the runtime's process lets go of the socket, however that came to pass: no process stays
/// behind.
///
/// After a fork of a program with threads only async-signal-safe calls are allowed, so this is written in
/// that language: system calls and memory that was mapped before the fork; no allocation, no locks.

#include <berth/core/config.hpp>
#include <berth/node/detail/warden_protocol.hpp>

#include <sys/resource.h>

#include <csignal>
#include <cstdint>

namespace berth::node::detail {

/// The warden's whole life. Lives on the stack of the forked process.
class warden {
public:
    warden(int control, int reports, warden_slot* slots, int grace_milliseconds)
        : control_(control), reports_(reports), slots_(slots), grace_(grace_milliseconds) {}

    /// Never returns.
    [[noreturn]] auto run() -> void;

private:
    static constexpr std::uint64_t control_tag = ~std::uint64_t{0};
    static constexpr std::uint64_t children_tag = control_tag - 1;

    static auto monotonic_milliseconds() -> std::int64_t;

    auto prepare() -> bool;

    /// Lets go of everything that was inherited: sockets must not outlive their owners in here.
    auto close_others() const -> void;

    auto attend(int fd, std::uint64_t tag) const -> bool;

    /// How long epoll may wait, in milliseconds.
    auto patience() const -> int;

    auto live() const -> std::uint32_t;

    auto handle(std::uint64_t tag) -> void;

    // --- requests ---

    auto serve() -> void;

    auto signal(warden_request const& request) const -> warden_reply;

    auto start(warden_request const& request, int spec_file, int output) -> warden_reply;

    auto free_slot() -> warden_slot*;

    auto start_mapped(warden_request const& request, char* memory, int output, warden_slot& slot)
        -> warden_reply;

    // --- starting a process ---

    /// Forks and executes; waits until the program runs or could not be executed (the pipe closes on exec).
    auto spawn(warden_spec* spec, int const* out) -> warden_reply;

    [[noreturn]] auto become(warden_spec* spec, int const* out, int news, pid_t parent) const -> void;

    // --- ends ---

    /// Waits for what has ended. A leader's group is killed before the leader is let go, so that its number
    /// cannot have been given to somebody else.
    auto reap() -> void;

    auto send_reports() -> void;

    /// The runtime has let go (or died): everybody is asked to end, and later made to.
    auto stop() -> void;

    /// Kills every descendant (orphans come to the warden, which is their reaper) and ends.
    [[noreturn]] auto finish() -> void;

    static auto kill_children() -> void;

    int control_;
    int reports_;
    warden_slot* slots_;
    int grace_;
    std::uint32_t used_ = 0;
    int null_ = -1;
    int children_ = -1;
    int poll_ = -1;
    bool unsent_ = false;
    bool stopping_ = false;
    std::int64_t deadline_ = 0;
    rlimit files_{};
};

} // namespace berth::node::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/detail/warden.ipp>
#endif
