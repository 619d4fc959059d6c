#pragma once

/// \file
/// A runtime whose containers are real processes of this machine, each with a group (and session) of its own.
///
/// There are no images: a container must say its command. It sees the machine's files, network and processes.
/// Its output goes to a log in CRI form; its memory limit is kept by looking at its resident size once a
/// second and killing it (`OOMKilled`) when it is above: address space is not limited, because many programs
/// reserve far more than they use. CPU limits are not enforced, and volumes are not mounted.
///
/// All processes are children of a *warden*, a small process that is forked by `open`: open a runtime early,
/// while the program is small. When the runtime goes, or the program dies in whatever way, the warden ends
/// every process, those included that left their group. Within a running program a process that makes itself
/// a session of its own escapes the end of its container, though not that of the runtime.

#include <berth/core/config.hpp>
#include <berth/node/detail/machine.hpp>
#include <berth/node/detail/network_action.hpp>
#include <berth/node/detail/warden_link.hpp>
#include <berth/node/runtime.hpp>

#include <sys/file.h>

#include <filesystem>
#include <map>

namespace berth::node {

/// Options of a `process_runtime`.
struct process_options {
    std::vector<environment_variable> environment = {}; ///< what every container has; PATH and HOME if absent
    std::string working_directory = "/";                ///< of containers that name none
    duration shutdown_grace = seconds(1);               ///< from SIGTERM to SIGKILL when the runtime goes
    duration poll_interval = milliseconds(20);          ///< how soon an end is noticed
    bool enforce_memory = true;
};

/// A model of `runtime` with real processes. Its destructor ends them and waits, at most `shutdown_grace`.
class process_runtime {
public:
    /// Forks the warden. Errors: `unavailable`.
    static auto open(process_options options = {}) -> result<process_runtime>;

    auto start(container_spec const& spec, time_point) -> result<container_id>;

    auto run(container_id id, action const& what, time_point now) -> result<container_id>;

    auto signal(container_id id, int number, time_point) -> result<void>;

    auto poll(time_point now) -> std::vector<exit_report>;

    /// Polled at an interval while anything runs; see `report_fd` for drivers that can wait for descriptors.
    [[nodiscard]] auto next(time_point now) const -> wake {
        if (processes_.empty() && requests_.empty()) return wake::signalled();
        return wake::at(now + options_.poll_interval);
    }

    [[nodiscard]] auto running() const -> std::vector<container_id>;

    /// What the containers have used, by /proc: all processes of a container's session count.
    [[nodiscard]] auto used() const -> std::map<container_id, container_use>;

    [[nodiscard]] auto machine() const -> machine_facts {
        return detail::this_machine(options_.working_directory);
    }

    /// Whether containers cannot write below what their specs call read-only: where this machine has mount
    /// namespaces for the user.
    [[nodiscard]] auto keeps_read_only() const -> bool { return keeps_read_only_; }

    /// A descriptor that is readable when a container has ended.
    [[nodiscard]] auto report_fd() const -> int { return link_.report_fd(); }
    /// The process number of a container's leader, which is also that of its group; 0 if it has ended.
    [[nodiscard]] auto pid_of(container_id id) const -> int;

private:
    struct process {
        container_spec spec;
        bool is_action = false;
        int pid = 0;
        bool over_memory = false;
        descriptor output = {};
    };

    static auto grace_of(process_options const& options) -> int {
        return static_cast<int>(options.shutdown_grace.nanoseconds / 1'000'000);
    }

    explicit process_runtime(process_options options);

    /// The log, locked for as long as the warden writes it (see node/logs.hpp); empty without a path.
    static auto open_log(std::string const& path) -> result<descriptor>;

    auto launch(process entry, std::vector<std::string> const& command, descriptor output, bool raw)
        -> result<container_id>;

    /// What execvp would execute. A name with a slash is taken as it is.
    static auto find_program(std::string const& name, std::string_view path) -> result<std::string>;

    static auto refusal(detail::warden_reply const& reply, std::string const& name,
                        std::string const& directory) -> std::unexpected<error>;

    static auto report_of(process const& entry, container_id id, int status, time_point now) -> exit_report;

    /// Somebody has killed the warden, and with it the containers: they are reported, and there is a new one.
    auto replace_warden(std::vector<exit_report>& out, time_point now) -> void;

    auto enforce_memory(time_point now) -> void;

    process_options options_;
    detail::warden_link link_;
    std::map<container_id, process> processes_;
    std::map<container_id, detail::network_action> requests_;
    std::uint64_t last_ = 0;
    time_point memory_checked_{};
    bool keeps_read_only_ = false;
};
static_assert(runtime<process_runtime>);

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/process_runtime.ipp>
#endif
