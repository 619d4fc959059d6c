#pragma once

/// \file
/// The runtime concept: what starts, watches and stops the containers of a node. An agent speaks to it in
/// plain values; it knows neither pods nor the API.

#include <berth/core/error.hpp>
#include <berth/core/step.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace berth::node {

/// One incarnation of a container, or one run of an action in it; never used twice by a runtime.
enum class container_id : std::uint64_t {};

/// A variable of a container's environment, fully resolved.
struct environment_variable {
    std::string name;
    std::string value;

    friend auto operator==(environment_variable const&, environment_variable const&) -> bool = default;
};

/// How a container ends where it is only pretended.
struct pretended_end {
    duration after;
    int exit_code = 0;
};

/// What a container has used, and holds.
struct container_use {
    duration cpu;                  ///< of processors, since it began
    std::int64_t memory_bytes = 0; ///< resident
};

/// What a container uses at the moment.
struct container_rate {
    std::int64_t cpu_nanocores = 0; ///< thousand millionths of a processor, as an average over a while
    std::int64_t memory_bytes = 0;  ///< resident

    friend auto operator==(container_rate const&, container_rate const&) -> bool = default;
};

/// What to run: everything is resolved, nothing refers to the API any more.
struct container_spec {
    std::string name;                              ///< for people and rules, e.g. `default/web-1/app`
    std::string image;                             ///< never pulled by a runtime of plain processes
    std::vector<std::string> command;              ///< program and arguments; empty: what the image would run
    std::vector<environment_variable> environment; ///< later ones win
    std::string working_directory;                 ///< empty: the runtime's default
    std::string log_path; ///< file for output in CRI form (see node/logs.hpp); empty: none
    std::optional<std::int64_t> memory_limit;    ///< bytes
    std::optional<pretended_end> pretended = {}; ///< real containers end as they do
    std::vector<std::string> read_only = {};     ///< paths below which it is not to write
};

/// Run a command as the container would (a probe or a hook).
struct exec_action {
    std::vector<std::string> command;
};
/// Open a connection.
struct tcp_action {
    std::string host; ///< empty: the container's own
    std::uint16_t port = 0;
};
/// Send a GET request; a status from 200 to 399 is success.
struct http_action {
    std::string host; ///< empty: the container's own
    std::uint16_t port = 0;
    std::string path = "/";
    std::vector<std::pair<std::string, std::string>> headers;
};
/// Ask by the gRPC health protocol how a service is; `SERVING` is success.
struct grpc_action {
    std::string host; ///< empty: the container's own
    std::uint16_t port = 0;
    std::string service; ///< empty: the server as a whole
};
/// Do nothing for a time, and succeed.
struct pause_action {
    duration length;
};
/// Something to be done in or against a running container; its exit code says how it went.
using action = std::variant<exec_action, tcp_action, http_action, grpc_action, pause_action>;

/// How a container or an action ended.
struct exit_report {
    container_id id{};
    int exit_code = 0;       ///< 128 + signal if a signal ended it
    int signal = 0;          ///< 0: it ended by itself
    std::string reason = {}; ///< `Completed`, `Error` or `OOMKilled`
    std::string output = {}; ///< of an action: the beginning of what it wrote, or what went wrong
    time_point finished{};   ///< when the runtime noticed

    friend auto operator==(exit_report const&, exit_report const&) -> bool = default;
};

/// What a node offers and what it is, for its Node object.
struct machine_facts {
    std::int64_t cpu_millis = 0;
    std::int64_t memory_bytes = 0;
    std::int64_t storage_bytes = 0;
    std::int64_t pods = 110;
    std::string architecture = "amd64";
    std::string operating_system = "linux";
    std::string os_image = {};
    std::string kernel_version = {};
    std::string machine_id = {};
    std::string system_uuid = {};
    std::string boot_id = {};
    std::string runtime_name = "berth"; ///< the scheme of container ids
    std::string runtime_version = {};
};

/// Something that runs containers. No operation blocks longer than starting a process takes; what happens
/// later is told by `poll`. A runtime belongs to one agent and need not be thread-safe.
///
/// Minimal definition:
/// * `start(spec, now)` starts a container. Errors: `invalid` (the spec cannot be run: no command),
/// `not_found`
///   (no such program or directory), `forbidden` (it may not be executed), `too_many_requests` (full),
///   `unavailable`, `internal`. After an error nothing runs.
/// * `run(id, action, now)` begins an action in a running container; its end is reported under the id it
/// answers.
/// * `signal(id, number, now)` sends a signal to a container with all it started, or to an action.
/// * `poll(now)` tells what ended since the last poll.
/// * `next(now)` says when to poll again.
/// * `running()` lists the containers that were started and not yet reported.
/// * `machine()` says what the node has.
///
/// Laws: every container that was started is reported exactly once, after its last output was written; a
/// signal to one that has ended is `not_found` and does nothing else; SIGKILL ends every container; ids do
/// not repeat; when the runtime dies, so do its containers. Models: `process_runtime`, `simulated_runtime`.
template <class R>
concept runtime = std::movable<R> && requires(R& r, R const& c, container_spec const& spec, container_id id,
                                              action const& a, int number, time_point now) {
    { r.start(spec, now) } -> std::same_as<result<container_id>>;
    { r.run(id, a, now) } -> std::same_as<result<container_id>>;
    { r.signal(id, number, now) } -> std::same_as<result<void>>;
    { r.poll(now) } -> std::same_as<std::vector<exit_report>>;
    { c.next(now) } -> std::same_as<wake>;
    { c.running() } -> std::same_as<std::vector<container_id>>;
    { c.machine() } -> std::same_as<machine_facts>;
};

} // namespace berth::node
