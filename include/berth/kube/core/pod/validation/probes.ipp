#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/validation/probes.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/probes.hpp>

namespace berth::kube::detail {

inline auto validate_action(exec_action const& a, field_path const& at, field_errors& errors) -> void {
    if (a.command.empty()) errors.required(at.child("command"));
}

inline auto validate_action(http_get_action const& a, field_path const& at, field_errors& errors) -> void {
    if (a.path.empty()) errors.required(at.child("path"));
    validate_port(a.port, at.child("port"), errors);
    check_allowed(a, &http_get_action::scheme, at, errors);
    for (auto const& header : a.http_headers)
        errors.invalid_all(at.child("httpHeaders"), header.name,
                           object::http_header_name_problems(header.name));
}

inline auto validate_action(tcp_socket_action const& a, field_path const& at, field_errors& errors) -> void {
    validate_port(a.port, at.child("port"), errors);
}

inline auto validate_action(grpc_action const& a, field_path const& at, field_errors& errors) -> void {
    validate_port(a.port, at.child("port"), errors);
}

/// Exactly one action is to be set.
struct one_action {
    field_path const& handler;
    field_errors& errors;
    int n = 0;

    template <class Action> auto operator()(Action const& action, std::string_view name) -> void {
        if (!action) return;
        if (is_first(name)) validate_action(*action, handler.child(name), errors);
    }
    auto is_first(std::string_view name) -> bool {
        if (++n > 1) errors.forbidden(handler.child(name), "may not specify more than 1 handler type");
        return n == 1;
    }
    auto finish() -> void {
        if (n == 0) errors.required(handler, "must specify a handler type");
    }
};

BERTH_DECL auto validate_probe(object::boxed<probe> const& p, probe_role role, field_path const& at,
                               field_errors& errors) -> void {
    if (!p) return;
    auto check = one_action{at, errors};
    check(p->exec, "exec");
    check(p->http_get, "httpGet");
    check(p->tcp_socket, "tcpSocket");
    check(p->grpc, "grpc");
    check.finish();
    check_bounds(*p, at, errors);
    auto const grace = p->termination_grace_period_seconds;
    auto const grace_path = at.child("terminationGracePeriodSeconds");
    if (grace && *grace <= 0) errors.invalid(grace_path, *grace, "must be greater than 0");
    if (role == probe_role::readiness) {
        if (grace) errors.invalid(grace_path, *grace, "must not be set for readinessProbes");
    } else if (p->success_threshold != 1) {
        errors.invalid(at.child("successThreshold"), p->success_threshold, "must be 1");
    }
}

/// `grace`: the pod's, in seconds; nothing if it is missing.
inline auto validate_handler(lifecycle_handler const& h, std::optional<std::int64_t> grace,
                             field_path const& at, field_errors& errors) -> void {
    auto check = one_action{at, errors};
    check(h.exec, "exec");
    check(h.http_get, "httpGet");
    check(h.tcp_socket, "tcpSocket");
    if (h.sleep && check.is_first("sleep")) {
        auto const seconds = h.sleep->seconds;
        if (grace && (seconds < 0 || seconds > *grace))
            errors.invalid(at.child("sleep"), seconds,
                           "must be non-negative and less than terminationGracePeriodSeconds (" +
                               std::to_string(*grace) + ")");
    }
    check.finish();
}

/// `os`: the pod's, empty if it does not say.
inline auto validate_stop_signal(std::string const& signal, std::string_view os, field_path const& at,
                                 field_errors& errors) -> void {
    if (os.empty()) return errors.forbidden(at, "may not be set for containers with empty `spec.os.name`");
    if (os != "windows") {
        check_allowed(object::field_of(&lifecycle::stop_signal), signal, at, errors);
    } else if (!is_any_of(signal, {"SIGKILL", "SIGTERM"})) {
        errors.not_supported(at, signal, {"SIGKILL", "SIGTERM"});
    }
}

BERTH_DECL auto validate_lifecycle(lifecycle const& l, std::optional<std::int64_t> grace, std::string_view os,
                                   field_path const& at, field_errors& errors) -> void {
    if (l.post_start) validate_handler(*l.post_start, grace, at.child("postStart"), errors);
    if (l.pre_stop) validate_handler(*l.pre_stop, grace, at.child("preStop"), errors);
    if (l.stop_signal) validate_stop_signal(*l.stop_signal, os, at.child("stopSignal"), errors);
}

} // namespace berth::kube::detail
