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

#include <berth/node/detail/machine.hpp>
#include <berth/node/detail/network_action.hpp>
#include <berth/node/detail/warden_link.hpp>
#include <berth/node/runtime.hpp>

#include <sys/file.h>

#include <filesystem>
#include <map>
#include <memory>

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
    static auto open(process_options options = {}) -> result<process_runtime> {
        auto link = detail::warden_link::open(grace_of(options));
        if (!link) return std::unexpected(std::move(link).error());
        auto out = process_runtime(std::move(options));
        out.link_ = *std::move(link);
        return out;
    }

    auto start(container_spec const& spec, time_point) -> result<container_id> {
        if (spec.command.empty())
            return fail(error_code::invalid,
                        "no command specified: images are not pulled by this runtime, so the "
                        "container must give a command (image \"" +
                            spec.image + "\")");
        auto log = open_log(spec.log_path);
        if (!log) return std::unexpected(std::move(log).error());
        auto entry = process{.spec = spec};
        return launch(std::move(entry), spec.command, std::move(*log), false);
    }

    auto run(container_id id, action const& what, time_point now) -> result<container_id> {
        auto const found = processes_.find(id);
        if (found == processes_.end() || found->second.is_action)
            return fail(error_code::not_found, "the container has ended");
        if (auto const* exec = std::get_if<exec_action>(&what)) {
            if (exec->command.empty()) return fail(error_code::invalid, "the action has no command");
            auto entry = process{.spec = found->second.spec, .is_action = true};
            auto output = descriptor(::memfd_create("berth-output", MFD_CLOEXEC));
            return launch(std::move(entry), exec->command, std::move(output), true);
        }
        auto const action_id = container_id{++last_};
        requests_.emplace(action_id, detail::network_action(what, now));
        return action_id;
    }

    auto signal(container_id id, int number, time_point) -> result<void> {
        if (requests_.contains(id)) {
            requests_.at(id).cancel();
            return {};
        }
        if (!processes_.contains(id)) return fail(error_code::not_found, "the container has ended");
        auto const reply = link_.signal(static_cast<std::uint64_t>(id), number);
        if (!reply) return std::unexpected(reply.error());
        if (reply->failed != detail::warden_reply::stage::done)
            return fail(error_code::not_found, "the container has ended");
        return {};
    }

    auto poll(time_point now) -> std::vector<exit_report> {
        auto out = std::vector<exit_report>();
        while (auto const report = link_.next_report())
            if (auto const found = processes_.find(container_id{report->id}); found != processes_.end()) {
                out.push_back(report_of(found->second, found->first, report->status, now));
                processes_.erase(found);
            }
        if (link_.lost()) replace_warden(out, now);
        for (auto i = requests_.begin(); i != requests_.end();) {
            auto const outcome = i->second.advance();
            if (outcome) {
                out.push_back({i->first, outcome->exit_code, 0,
                               outcome->exit_code == 0 ? "Completed" : "Error", outcome->output, now});
                i = requests_.erase(i);
            } else ++i;
        }
        if (options_.enforce_memory) enforce_memory(now);
        return out;
    }

    /// Polled at an interval while anything runs; see `report_fd` for drivers that can wait for descriptors.
    [[nodiscard]] auto next(time_point now) const -> wake {
        if (processes_.empty() && requests_.empty()) return wake::signalled();
        return wake::at(now + options_.poll_interval);
    }

    [[nodiscard]] auto running() const -> std::vector<container_id> {
        auto out = std::vector<container_id>();
        for (auto const& [id, entry] : processes_)
            if (!entry.is_action) out.push_back(id);
        return out;
    }

    [[nodiscard]] auto machine() const -> machine_facts {
        return detail::this_machine(options_.working_directory);
    }

    /// A descriptor that is readable when a container has ended.
    [[nodiscard]] auto report_fd() const -> int { return link_.report_fd(); }
    /// The process number of a container's leader, which is also that of its group; 0 if it has ended.
    [[nodiscard]] auto pid_of(container_id id) const -> int {
        auto const found = processes_.find(id);
        return found == processes_.end() ? 0 : found->second.pid;
    }

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

    explicit process_runtime(process_options options) : options_(std::move(options)) {
        auto const add = [this](char const* name, char const* otherwise) {
            for (auto const& v : options_.environment)
                if (v.name == name) return;
            auto const* value = std::getenv(name);
            options_.environment.push_back({name, value != nullptr ? value : otherwise});
        };
        add("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        add("HOME", "/");
    }

    /// The log, locked for as long as the warden writes it (see node/logs.hpp); empty without a path.
    static auto open_log(std::string const& path) -> result<descriptor> {
        if (path.empty()) return descriptor();
        auto problem = std::error_code();
        std::filesystem::create_directories(std::filesystem::path(path).parent_path(), problem);
        auto file = descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640));
        if (!file)
            return fail(error_code::internal,
                        "cannot write the log " + path + ": " + detail::errno_text(errno));
        ::flock(file.get(), LOCK_EX | LOCK_NB);
        return file;
    }

    auto launch(process entry, std::vector<std::string> const& command, descriptor output, bool raw)
        -> result<container_id> {
        auto const& spec = entry.spec;
        auto program = detail::warden_program{.arguments = command};
        program.directory =
            spec.working_directory.empty() ? options_.working_directory : spec.working_directory;
        auto path = std::string_view();
        auto merged = std::map<std::string_view, std::string_view>();
        for (auto const& v : options_.environment) merged[v.name] = v.value;
        for (auto const& v : spec.environment) merged[v.name] = v.value;
        for (auto const& [name, value] : merged) {
            program.environment.push_back(std::string(name).append("=").append(value));
            if (name == "PATH") path = value;
        }
        auto found = find_program(command.front(), path);
        if (!found) return std::unexpected(std::move(found).error());
        program.path = *std::move(found);
        auto const id = container_id{++last_};
        auto const reply = link_.start(static_cast<std::uint64_t>(id), program, output.get(), raw);
        if (!reply) return std::unexpected(reply.error());
        if (reply->failed != detail::warden_reply::stage::done)
            return refusal(*reply, command.front(), program.directory);
        entry.pid = reply->pid;
        if (raw) entry.output = std::move(output);
        processes_.emplace(id, std::move(entry));
        return id;
    }

    /// What execvp would execute. A name with a slash is taken as it is.
    static auto find_program(std::string const& name, std::string_view path) -> result<std::string> {
        if (name.find('\0') != std::string::npos || name.empty())
            return fail(error_code::invalid, "exec: the command's name is empty or has a zero byte");
        if (name.find('/') != std::string::npos) return name;
        while (true) {
            auto const end = path.find(':');
            auto candidate = std::string(path.substr(0, end)).append("/").append(name);
            struct stat info{};
            if (::access(candidate.c_str(), X_OK) == 0 && ::stat(candidate.c_str(), &info) == 0 &&
                S_ISREG(info.st_mode))
                return candidate;
            if (end == std::string_view::npos) break;
            path.remove_prefix(end + 1);
        }
        return fail(error_code::not_found, "exec: \"" + name + "\": executable file not found in $PATH");
    }

    static auto refusal(detail::warden_reply const& reply, std::string const& name,
                        std::string const& directory) -> std::unexpected<error> {
        using stage = detail::warden_reply::stage;
        auto const text = detail::errno_text(reply.error);
        auto const code = reply.error == ENOENT || reply.error == ENOTDIR ? error_code::not_found
                          : reply.error == EACCES || reply.error == EPERM ? error_code::forbidden
                                                                          : error_code::internal;
        switch (reply.failed) {
        case stage::directory: return fail(code, "chdir to cwd (\"" + directory + "\") failed: " + text);
        case stage::exec: return fail(code, "exec: \"" + name + "\": " + text);
        case stage::table: return fail(error_code::too_many_requests, "too many containers run already");
        default: return fail(error_code::unavailable, "cannot start a process: " + text);
        }
    }

    static auto report_of(process const& entry, container_id id, int status, time_point now) -> exit_report {
        auto out = exit_report{.id = id, .finished = now};
        if (WIFSIGNALED(status)) {
            out.signal = WTERMSIG(status);
            out.exit_code = 128 + out.signal;
        } else out.exit_code = WEXITSTATUS(status);
        out.reason = entry.over_memory ? "OOMKilled" : (out.exit_code == 0 ? "Completed" : "Error");
        if (entry.output) {
            char text[10 * 1024];
            auto const n = ::pread(entry.output.get(), text, sizeof text, 0);
            if (n > 0) out.output.assign(text, static_cast<std::size_t>(n));
        }
        return out;
    }

    /// Somebody has killed the warden, and with it the containers: they are reported, and there is a new one.
    auto replace_warden(std::vector<exit_report>& out, time_point now) -> void {
        for (auto const& [id, entry] : processes_) {
            ::kill(-entry.pid, SIGKILL);
            out.push_back(report_of(entry, id, SIGKILL, now));
        }
        processes_.clear();
        if (auto link = detail::warden_link::open(grace_of(options_))) link_ = *std::move(link);
    }

    auto enforce_memory(time_point now) -> void {
        if (now < memory_checked_ + seconds(1)) return;
        memory_checked_ = now;
        for (auto& [id, entry] : processes_) {
            if (entry.is_action || !entry.spec.memory_limit || entry.over_memory) continue;
            if (detail::resident_bytes(entry.pid) <= *entry.spec.memory_limit) continue;
            entry.over_memory = true;
            [[maybe_unused]] auto const sent = link_.signal(static_cast<std::uint64_t>(id), SIGKILL);
        }
    }

    process_options options_;
    detail::warden_link link_;
    std::map<container_id, process> processes_;
    std::map<container_id, detail::network_action> requests_;
    std::uint64_t last_ = 0;
    time_point memory_checked_{};
};
static_assert(runtime<process_runtime>);

} // namespace berth::node
