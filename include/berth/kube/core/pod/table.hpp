#pragma once

/// \file
/// The table of pods (kubernetes 1.36, `printPod`).

#include <berth/kube/columns.hpp>
#include <berth/kube/core/pod/state.hpp>

namespace berth::kube {

namespace detail {

/// Restarts, and when the last one was.
struct restart_count {
    std::int64_t restarts = 0;
    object::timestamp last;

    auto add(container_status const& c) -> void {
        restarts += c.restart_count;
        if (c.last_state.terminated && c.last_state.terminated->finished_at > last)
            last = c.last_state.terminated->finished_at;
    }
    auto shown(time_point now) const -> std::string {
        auto out = std::to_string(restarts);
        if (restarts != 0 && !last.is_zero()) out += " (" + since(last, now) + " ago)";
        return out;
    }
};

/// Why a container ended, when it does not say so itself.
inline auto exit_reason(container_state_terminated const& t) -> std::string {
    if (!t.reason.empty()) return t.reason;
    return t.signal != 0 ? "Signal:" + std::to_string(t.signal) : "ExitCode:" + std::to_string(t.exit_code);
}

/// The summary of a pod, gathered container by container.
struct pod_summary {
    std::string reason;
    std::size_t ready = 0;
    std::size_t total = 0;
    restart_count restarts;
    restart_count sidecar_restarts;

    /// Answers whether the pod is still initializing.
    auto add_init_containers(pod const& p) -> bool {
        auto const sidecar = [&](std::string const& name) {
            for (auto const& c : p.spec.init_containers)
                if (c.name == name) return is_sidecar(c);
            return false;
        };
        for (std::size_t i = 0; i < p.status.init_container_statuses.size(); ++i) {
            auto const& c = p.status.init_container_statuses[i];
            restarts.add(c);
            auto const beside = sidecar(c.name);
            if (beside) sidecar_restarts.add(c);
            if (c.state.terminated && c.state.terminated->exit_code == 0) continue;
            if (beside && c.started.value_or(false)) {
                if (c.ready) ++ready;
                continue;
            }
            auto const& waiting = c.state.waiting;
            if (c.state.terminated) reason = "Init:" + exit_reason(*c.state.terminated);
            else if (waiting && !waiting->reason.empty() && waiting->reason != "PodInitializing")
                reason = "Init:" + waiting->reason;
            else reason = "Init:" + std::to_string(i) + "/" + std::to_string(p.spec.init_containers.size());
            return true;
        }
        return false;
    }

    auto add_containers(pod const& p) -> void {
        restarts = sidecar_restarts;
        auto running = false;
        for (auto i = p.status.container_statuses.rbegin(); i != p.status.container_statuses.rend(); ++i) {
            restarts.add(*i);
            if (i->state.waiting && !i->state.waiting->reason.empty()) reason = i->state.waiting->reason;
            else if (i->state.terminated) reason = exit_reason(*i->state.terminated);
            else if (i->ready && i->state.running) {
                running = true;
                ++ready;
            }
        }
        if (reason == "Completed" && running) reason = is_ready(p) ? "Running" : "NotReady";
    }
};

inline auto summarize(pod const& p) -> pod_summary {
    auto out = pod_summary{.reason = p.status.reason.empty() ? p.status.phase : p.status.reason,
                           .total = p.spec.containers.size(),
                           .restarts = {},
                           .sidecar_restarts = {}};
    for (auto const& c : p.status.conditions)
        if (c.type == "PodScheduled" && c.reason == "SchedulingGated") out.reason = "SchedulingGated";
    for (auto const& c : p.spec.init_containers)
        if (is_sidecar(c)) ++out.total;
    if (!out.add_init_containers(p) || has_condition(p, "Initialized")) out.add_containers(p);
    if (p.metadata.deleting() && p.status.reason == "NodeLost") out.reason = "Unknown";
    else if (p.metadata.deleting() && !is_finished(p)) out.reason = "Terminating";
    return out;
}

inline auto shown_gates(pod const& p) -> std::string {
    if (p.spec.readiness_gates.empty()) return std::string(none_shown);
    auto passed = 0;
    for (auto const& gate : p.spec.readiness_gates) passed += has_condition(p, gate.condition_type) ? 1 : 0;
    return std::to_string(passed) + "/" + std::to_string(p.spec.readiness_gates.size());
}

} // namespace detail

[[nodiscard]] inline auto pod_columns() -> std::vector<api::column_of<pod>> {
    using api::cell;
    return {
        name_column<pod>(),
        column<pod>("Ready",
                    [](pod const& p, time_point) -> cell {
                        auto const all = detail::summarize(p);
                        return std::to_string(all.ready) + "/" + std::to_string(all.total);
                    }),
        column<pod>("Status", [](pod const& p, time_point) -> cell { return detail::summarize(p).reason; }),
        column<pod>(
            "Restarts",
            [](pod const& p, time_point now) -> cell { return detail::summarize(p).restarts.shown(now); }),
        age_column<pod>(),
        wide_column<pod>("IP",
                         [](pod const& p, time_point) -> cell {
                             return or_none(p.status.pod_ips.empty() ? std::string()
                                                                     : p.status.pod_ips.front().ip);
                         }),
        wide_column<pod>("Node", [](pod const& p, time_point) -> cell { return or_none(p.spec.node_name); }),
        wide_column<pod>(
            "Nominated Node",
            [](pod const& p, time_point) -> cell { return or_none(p.status.nominated_node_name); }),
        wide_column<pod>("Readiness Gates",
                         [](pod const& p, time_point) -> cell { return detail::shown_gates(p); })};
}

/// A finished pod says so in its row.
[[nodiscard]] inline auto pod_completion(pod const& p) -> api::row_condition {
    if (!is_finished(p)) return {};
    return {p.status.phase,
            p.status.phase == "Failed" ? "The pod failed." : "The pod has completed successfully."};
}

} // namespace berth::kube
