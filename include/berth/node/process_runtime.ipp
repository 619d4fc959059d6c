#pragma once

/// \file
/// The bodies of `berth/node/process_runtime.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/detail/read_only.hpp>
#include <berth/node/process_runtime.hpp>

#include <sys/mman.h>
#include <sys/stat.h>

namespace berth::node {

BERTH_DECL auto process_runtime::open(process_options options) -> result<process_runtime> {
    auto link = detail::warden_link::open(grace_of(options));
    if (!link) return std::unexpected(std::move(link).error());
    auto out = process_runtime(std::move(options));
    out.keeps_read_only_ = detail::can_make_read_only();
    out.link_ = *std::move(link);
    return out;
}

BERTH_DECL auto process_runtime::start(container_spec const& spec, time_point) -> result<container_id> {
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

BERTH_DECL auto process_runtime::run(container_id id, action const& what, time_point now)
    -> result<container_id> {
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

BERTH_DECL auto process_runtime::signal(container_id id, int number, time_point) -> result<void> {
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

BERTH_DECL auto process_runtime::poll(time_point now) -> std::vector<exit_report> {
    auto out = std::vector<exit_report>();
    while (auto const report = link_.next_report())
        if (auto const found = processes_.find(container_id{report->id}); found != processes_.end()) {
            out.push_back(report_of(found->second, found->first, report->status, now));
            processes_.erase(found);
        }
    if (link_.lost()) replace_warden(out, now);
    for (auto i = requests_.begin(); i != requests_.end();) {
        auto const outcome = i->second.advance(now);
        if (outcome) {
            out.push_back({i->first, outcome->exit_code, 0, outcome->exit_code == 0 ? "Completed" : "Error",
                           outcome->output, now});
            i = requests_.erase(i);
        } else ++i;
    }
    if (options_.enforce_memory) enforce_memory(now);
    return out;
}

BERTH_DECL auto process_runtime::running() const -> std::vector<container_id> {
    auto out = std::vector<container_id>();
    for (auto const& [id, entry] : processes_)
        if (!entry.is_action) out.push_back(id);
    return out;
}

BERTH_DECL auto process_runtime::used() const -> std::map<container_id, container_use> {
    auto out = std::map<container_id, container_use>();
    if (processes_.empty()) return out;
    auto const by_session = detail::use_by_session();
    for (auto const& [id, entry] : processes_)
        if (auto const found = by_session.find(entry.pid); !entry.is_action && found != by_session.end())
            out.emplace(id, found->second);
    return out;
}

BERTH_DECL auto process_runtime::pid_of(container_id id) const -> int {
    auto const found = processes_.find(id);
    return found == processes_.end() ? 0 : found->second.pid;
}

BERTH_DECL process_runtime::process_runtime(process_options options) : options_(std::move(options)) {
    auto const add = [this](char const* name, char const* otherwise) {
        for (auto const& v : options_.environment)
            if (v.name == name) return;
        auto const* value = std::getenv(name);
        options_.environment.push_back({name, value != nullptr ? value : otherwise});
    };
    add("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    add("HOME", "/");
}

BERTH_DECL auto process_runtime::open_log(std::string const& path) -> result<descriptor> {
    if (path.empty()) return descriptor();
    auto problem = std::error_code();
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), problem);
    auto file = descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640));
    if (!file)
        return fail(error_code::internal, "cannot write the log " + path + ": " + detail::errno_text(errno));
    ::flock(file.get(), LOCK_EX | LOCK_NB);
    return file;
}

BERTH_DECL auto process_runtime::launch(process entry, std::vector<std::string> const& command,
                                        descriptor output, bool raw) -> result<container_id> {
    auto const& spec = entry.spec;
    auto program = detail::warden_program{.arguments = command};
    program.directory = spec.working_directory.empty() ? options_.working_directory : spec.working_directory;
    if (keeps_read_only_) program.read_only = spec.read_only;
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

BERTH_DECL auto process_runtime::find_program(std::string const& name, std::string_view path)
    -> result<std::string> {
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

BERTH_DECL auto process_runtime::refusal(detail::warden_reply const& reply, std::string const& name,
                                         std::string const& directory) -> std::unexpected<error> {
    using stage = detail::warden_reply::stage;
    auto const text = detail::errno_text(reply.error);
    auto const code = reply.error == ENOENT || reply.error == ENOTDIR ? error_code::not_found
                      : reply.error == EACCES || reply.error == EPERM ? error_code::forbidden
                                                                      : error_code::internal;
    switch (reply.failed) {
    case stage::directory: return fail(code, "chdir to cwd (\"" + directory + "\") failed: " + text);
    case stage::exec: return fail(code, "exec: \"" + name + "\": " + text);
    case stage::mounts: return fail(code, "cannot make mounts read-only: " + text);
    case stage::table: return fail(error_code::too_many_requests, "too many containers run already");
    default: return fail(error_code::unavailable, "cannot start a process: " + text);
    }
}

BERTH_DECL auto process_runtime::report_of(process const& entry, container_id id, int status, time_point now)
    -> exit_report {
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

BERTH_DECL auto process_runtime::replace_warden(std::vector<exit_report>& out, time_point now) -> void {
    for (auto const& [id, entry] : processes_) {
        ::kill(-entry.pid, SIGKILL);
        out.push_back(report_of(entry, id, SIGKILL, now));
    }
    processes_.clear();
    if (auto link = detail::warden_link::open(grace_of(options_))) link_ = *std::move(link);
}

BERTH_DECL auto process_runtime::enforce_memory(time_point now) -> void {
    if (now < memory_checked_ + seconds(1)) return;
    memory_checked_ = now;
    for (auto& [id, entry] : processes_) {
        if (entry.is_action || !entry.spec.memory_limit || entry.over_memory) continue;
        if (detail::resident_bytes(entry.pid) <= *entry.spec.memory_limit) continue;
        entry.over_memory = true;
        [[maybe_unused]] auto const sent = link_.signal(static_cast<std::uint64_t>(id), SIGKILL);
    }
}

} // namespace berth::node
