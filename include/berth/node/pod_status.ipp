#pragma once

/// \file
/// The bodies of `berth/node/pod_status.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/pod_status.hpp>

#include <algorithm>

namespace berth::node {

BERTH_DECL auto status_of(object::list<kube::container_status> const& statuses, std::string_view name)
    -> kube::container_status const* {
    for (auto const& s : statuses)
        if (s.name == name) return &s;
    return nullptr;
}

} // namespace berth::node

namespace berth::node::detail {

struct container_census {
    int unknown = 0, running = 0, waiting = 0, stopped = 0, succeeded = 0;
    int pending_init = 0, failed_init = 0, running_sidecars = 0;
};

inline auto count_init(kube::pod_spec const& spec, object::list<kube::container_status> const& statuses,
                       container_census& out) -> void {
    for (auto const& c : spec.init_containers) {
        auto const* s = status_of(statuses, c.name);
        if (s == nullptr) {
            ++out.pending_init;
        } else if (is_sidecar(c)) {
            if (s->state.running) ++out.running_sidecars;
            if (s->state.running ? !s->started.value_or(false)
                                 : !s->state.terminated && !s->last_state.terminated)
                ++out.pending_init;
        } else if (s->state.terminated || (s->state.waiting && s->last_state.terminated)) {
            auto const& end = s->state.terminated ? *s->state.terminated : *s->last_state.terminated;
            if (end.exit_code != 0) ++out.failed_init;
            if (end.exit_code != 0 && spec.restart_policy != "Never") ++out.pending_init;
        } else {
            ++out.pending_init;
        }
    }
}

inline auto take_census(kube::pod_spec const& spec, kube::pod_status const& status) -> container_census {
    auto out = container_census();
    count_init(spec, status.init_container_statuses, out);
    for (auto const& c : spec.containers) {
        auto const* s = status_of(status.container_statuses, c.name);
        if (s == nullptr) ++out.unknown;
        else if (s->state.running) ++out.running;
        else if (s->state.terminated) {
            ++out.stopped;
            out.succeeded += s->state.terminated->exit_code == 0 ? 1 : 0;
        } else if (s->last_state.terminated) ++out.stopped;
        else ++out.waiting;
    }
    return out;
}

} // namespace berth::node::detail

namespace berth::node {

BERTH_DECL auto phase_of(kube::pod_spec const& spec, kube::pod_status const& status, bool ended)
    -> std::string_view {
    auto const n = detail::take_census(spec, status);
    auto const any_started = n.running + n.stopped > 0;
    if (n.failed_init > 0 && spec.restart_policy == "Never") return "Failed";
    if (ended && n.running == 0)
        return n.stopped > 0 && n.stopped == n.succeeded && n.waiting + n.unknown == 0 ? "Succeeded"
                                                                                       : "Failed";
    if (n.pending_init > 0 && !any_started) return "Pending";
    if (n.waiting > 0) return "Pending";
    // Sidecars have their grace after the others: nothing has ended before they have.
    if (n.running + n.running_sidecars > 0 && n.unknown == 0) return "Running";
    if (n.running == 0 && n.stopped > 0 && n.unknown == 0) {
        if (spec.restart_policy == "Always" || spec.restart_policy.empty()) return "Running";
        if (n.stopped == n.succeeded) return "Succeeded";
        return spec.restart_policy == "Never" ? "Failed" : "Running";
    }
    return "Pending";
}

} // namespace berth::node

namespace berth::node::detail {

[[nodiscard]] inline auto bracketed(std::vector<std::string> const& names) -> std::string {
    auto out = std::string("[");
    for (auto const& name : names) {
        if (out.size() > 1) out += ' ';
        out += name;
    }
    return out += ']';
}

BERTH_DECL auto made_condition(std::string_view type, bool status, std::string_view reason,
                               std::string message) -> kube::pod_condition {
    auto out = kube::pod_condition();
    out.type = type;
    out.status = status ? "True" : "False";
    out.reason = reason;
    out.message = std::move(message);
    return out;
}

BERTH_DECL auto joined(std::vector<std::string> const& unknown, std::string_view word,
                       std::vector<std::string> const& others) -> std::string {
    auto out = std::string();
    if (!unknown.empty()) out = "containers with unknown status: " + bracketed(unknown);
    if (!others.empty())
        out += (out.empty() ? "containers with " : ", containers with ") + std::string(word) +
               " status: " + bracketed(others);
    return out;
}

[[nodiscard]] inline auto initialized_condition(kube::pod_spec const& spec, kube::pod_status const& status)
    -> kube::pod_condition {
    auto unknown = std::vector<std::string>();
    auto incomplete = std::vector<std::string>();
    for (auto const& c : spec.init_containers) {
        auto const* s = status_of(status.init_container_statuses, c.name);
        if (s == nullptr) unknown.push_back(c.name);
        else if (is_sidecar(c) ? !s->started.value_or(false) : !s->ready) incomplete.push_back(c.name);
    }
    if (status.phase == "Succeeded" && unknown.empty())
        return made_condition("Initialized", true, "PodCompleted");
    auto const started =
        std::any_of(status.container_statuses.begin(), status.container_statuses.end(), [](auto const& s) {
            return s.state.running || s.state.terminated || s.last_state.terminated;
        });
    if ((unknown.empty() && incomplete.empty()) || started) return made_condition("Initialized", true);
    return made_condition("Initialized", false, "ContainersNotInitialized",
                          joined(unknown, "incomplete", incomplete));
}

[[nodiscard]] inline auto containers_ready_condition(kube::pod_spec const& spec,
                                                     kube::pod_status const& status) -> kube::pod_condition {
    auto unknown = std::vector<std::string>();
    auto unready = std::vector<std::string>();
    auto const look = [&](kube::container const& c, object::list<kube::container_status> const& statuses) {
        auto const* s = status_of(statuses, c.name);
        if (s == nullptr) unknown.push_back(c.name);
        else if (!s->ready) unready.push_back(c.name);
    };
    for (auto const& c : spec.init_containers)
        if (is_sidecar(c)) look(c, status.init_container_statuses);
    for (auto const& c : spec.containers) look(c, status.container_statuses);
    if (status.phase == "Succeeded" && unknown.empty())
        return made_condition("ContainersReady", false, "PodCompleted");
    if (status.phase == "Failed" && unknown.empty())
        return made_condition("ContainersReady", false, "PodFailed");
    if (unknown.empty() && unready.empty()) return made_condition("ContainersReady", true);
    return made_condition("ContainersReady", false, "ContainersNotReady",
                          joined(unknown, "unready", unready));
}

[[nodiscard]] inline auto ready_condition(kube::pod_spec const& spec, kube::pod_status const& before,
                                          kube::pod_condition const& containers) -> kube::pod_condition {
    auto out = containers;
    out.type = "Ready";
    if (out.status != "True") return out;
    auto missing = std::string();
    for (auto const& gate : spec.readiness_gates) {
        auto const* c = object::find_condition(before.conditions, gate.condition_type);
        auto const text = "corresponding condition of pod readiness gate \"" + gate.condition_type + "\" ";
        if (c == nullptr) missing += (missing.empty() ? "" : ", ") + text + "does not exist.";
        else if (c->status != "True")
            missing += (missing.empty() ? "" : ", ") + text + "is not True (was: " + c->status + ").";
    }
    return missing.empty() ? out : made_condition("Ready", false, "ReadinessGatesNotReady", missing);
}

} // namespace berth::node::detail

namespace berth::node {

BERTH_DECL auto set_conditions(kube::pod const& pod, kube::pod_status& status, bool prepared, time_point now)
    -> void {
    auto const before = status.conditions;
    auto const containers = detail::containers_ready_condition(pod.spec, status);
    auto made =
        object::list<kube::pod_condition>{detail::made_condition("PodReadyToStartContainers", prepared),
                                          detail::initialized_condition(pod.spec, status),
                                          detail::ready_condition(pod.spec, status, containers), containers};
    if (object::find_condition(before, "PodScheduled") == nullptr)
        made.push_back(detail::made_condition("PodScheduled", true));
    for (auto& c : made) {
        auto const* old = object::find_condition(before, c.type);
        c.observed_generation = pod.metadata.generation;
        c.last_transition_time =
            old != nullptr && old->status == c.status ? old->last_transition_time : object::timestamp(now);
    }
    for (auto const& c : before)
        if (object::find_condition(made, c.type) == nullptr) made.push_back(c);
    status.conditions = std::move(made);
}

} // namespace berth::node
