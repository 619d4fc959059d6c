#pragma once

/// \file
/// Probes of containers and what happens at the start and end of their lives (core/v1 of Kubernetes
/// 1.36). A number like 1002 means member 2 of the embedded protobuf message 1.

#include <berth/kube/core/bounds.hpp>
#include <berth/object/int_or_string.hpp>
#include <berth/object/meta.hpp>

namespace berth::kube {

/// The signals that may stop a container, separated by commas.
inline constexpr std::string_view signal_names =
    "SIGABRT,SIGALRM,SIGBUS,SIGCHLD,SIGCLD,SIGCONT,SIGFPE,SIGHUP,SIGILL,SIGINT,SIGIO,SIGIOT,SIGKILL,"
    "SIGPIPE,SIGPOLL,SIGPROF,SIGPWR,SIGQUIT,SIGRTMAX,SIGRTMAX-1,SIGRTMAX-10,SIGRTMAX-11,SIGRTMAX-12,"
    "SIGRTMAX-13,SIGRTMAX-14,SIGRTMAX-2,SIGRTMAX-3,SIGRTMAX-4,SIGRTMAX-5,SIGRTMAX-6,SIGRTMAX-7,"
    "SIGRTMAX-8,SIGRTMAX-9,SIGRTMIN,SIGRTMIN+1,SIGRTMIN+10,SIGRTMIN+11,SIGRTMIN+12,SIGRTMIN+13,"
    "SIGRTMIN+14,SIGRTMIN+15,SIGRTMIN+2,SIGRTMIN+3,SIGRTMIN+4,SIGRTMIN+5,SIGRTMIN+6,SIGRTMIN+7,"
    "SIGRTMIN+8,SIGRTMIN+9,SIGSEGV,SIGSTKFLT,SIGSTOP,SIGSYS,SIGTERM,SIGTRAP,SIGTSTP,SIGTTIN,SIGTTOU,"
    "SIGURG,SIGUSR1,SIGUSR2,SIGVTALRM,SIGWINCH,SIGXCPU,SIGXFSZ";

/// A command that is run in the container; it succeeds with exit code 0.
struct exec_action {
    std::vector<std::string> command;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(exec_action, "io.k8s.api.core.v1.ExecAction",
                   (command, .topology = object::merge_topology::atomic, .number = 1))
};

/// A header of a probe's request.
struct http_header {
    std::string name;
    std::string value;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(http_header, "io.k8s.api.core.v1.HTTPHeader",
                   (name, .required = true, .always = true, .number = 1),
                   (value, .required = true, .always = true, .number = 2))
};

/// A request to the container; it succeeds with a status from 200 to 399.
struct http_get_action {
    std::string path;
    object::int_or_string port;
    std::string host;
    std::string scheme;
    object::list<http_header> http_headers;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(http_get_action, "io.k8s.api.core.v1.HTTPGetAction",
                   (path, .fallback = "\"/\"", .number = 1),
                   (port, .required = true, .always = true, .number = 2), (host, .number = 3),
                   (scheme, .values = "HTTP,HTTPS", .fallback = "\"HTTP\"", .number = 4),
                   (http_headers, .topology = object::merge_topology::atomic, .number = 5))
};

/// A connection to the container; it succeeds when it opens.
struct tcp_socket_action {
    object::int_or_string port;
    std::string host;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(tcp_socket_action, "io.k8s.api.core.v1.TCPSocketAction",
                   (port, .required = true, .always = true, .number = 1), (host, .number = 2))
};

/// A call of the container's gRPC health service.
struct grpc_action {
    std::int32_t port = 0;
    object::boxed<std::string> service;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(grpc_action, "io.k8s.api.core.v1.GRPCAction",
                   (port, .required = true, .always = true, .number = 1),
                   (service, .always = true, .fallback = "\"\"", .number = 2))
};

/// A pause in seconds.
struct sleep_action {
    std::int64_t seconds = 0;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(sleep_action, "io.k8s.api.core.v1.SleepAction",
                   (seconds, .required = true, .always = true, .number = 1))
};

/// What is done at the start or end of a container's life; one member is set.
struct lifecycle_handler {
    object::boxed<exec_action> exec;
    object::boxed<http_get_action> http_get;
    object::boxed<tcp_socket_action> tcp_socket;
    object::boxed<sleep_action> sleep;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(lifecycle_handler, "io.k8s.api.core.v1.LifecycleHandler", (exec, .number = 1),
                   (http_get, .number = 2), (tcp_socket, .number = 3), (sleep, .number = 4))
};

/// What is done at the start and the end of a container's life.
struct lifecycle {
    object::boxed<lifecycle_handler> post_start;
    object::boxed<lifecycle_handler> pre_stop;
    object::boxed<std::string> stop_signal;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(lifecycle, "io.k8s.api.core.v1.Lifecycle", (post_start, .number = 1),
                   (pre_stop, .number = 2), (stop_signal, .values = signal_names, .number = 3))
};

/// A repeated question to a container; one of `exec`, `httpGet`, `tcpSocket`, `grpc` is set.
struct probe {
    object::boxed<exec_action> exec;
    object::boxed<http_get_action> http_get;
    object::boxed<tcp_socket_action> tcp_socket;
    object::boxed<grpc_action> grpc;
    std::int32_t initial_delay_seconds = 0;
    std::int32_t timeout_seconds = 0;
    std::int32_t period_seconds = 0;
    std::int32_t success_threshold = 0;
    std::int32_t failure_threshold = 0;
    std::optional<std::int64_t> termination_grace_period_seconds;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(probe, "io.k8s.api.core.v1.Probe", (exec, .number = 1001), (http_get, .number = 1002),
                   (tcp_socket, .number = 1003), (grpc, .number = 1004),
                   (initial_delay_seconds, .minimum = 0, .number = 2),
                   (timeout_seconds, .fallback = "1", .minimum = 0, .number = 3),
                   (period_seconds, .fallback = "10", .minimum = 0, .number = 4),
                   (success_threshold, .fallback = "1", .minimum = 0, .number = 5),
                   (failure_threshold, .fallback = "3", .minimum = 0, .number = 6),
                   (termination_grace_period_seconds, .number = 7))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/probe.ipp>
#endif
