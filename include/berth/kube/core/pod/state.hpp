#pragma once

/// \file
/// What can be read off a pod: whether it is over, ready, its class of service.

#include <berth/kube/core/pod/type.hpp>

#include <string_view>

namespace berth::kube {

[[nodiscard]] inline auto is_finished(pod const& p) -> bool {
    return p.status.phase == "Succeeded" || p.status.phase == "Failed";
}

/// Neither finished nor on its way out.
[[nodiscard]] inline auto is_active(pod const& p) -> bool {
    return !is_finished(p) && !p.metadata.deleting();
}

[[nodiscard]] inline auto has_condition(pod const& p, std::string_view type) -> bool {
    auto const* const c = object::find_condition(p.status.conditions, type);
    return c != nullptr && c->status == "True";
}

[[nodiscard]] inline auto is_ready(pod const& p) -> bool { return has_condition(p, "Ready"); }

/// Ready, and has been for so long. A pod that must be ready for no time at all is available when it is
/// ready.
[[nodiscard]] inline auto is_available(pod const& p, std::int32_t min_ready_seconds, time_point now) -> bool {
    auto const* const c = object::find_condition(p.status.conditions, "Ready");
    if (c == nullptr || c->status != "True") return false;
    return min_ready_seconds == 0 || (!c->last_transition_time.is_zero() &&
                                      c->last_transition_time.time() + seconds(min_ready_seconds) <= now);
}

/// An init container that runs beside the others.
[[nodiscard]] inline auto is_sidecar(container const& c) -> bool {
    return c.restart_policy && *c.restart_policy == "Always";
}

/// Sets a condition; the transition time moves only when the status does. Says whether anything changed.
inline auto set_condition(object::list<pod_condition>& conditions, pod_condition wanted, time_point now)
    -> bool {
    auto* const there = object::find_condition(conditions, wanted.type);
    if (there == nullptr) {
        wanted.last_transition_time = object::timestamp(now);
        conditions.push_back(std::move(wanted));
        return true;
    }
    wanted.last_transition_time =
        there->status == wanted.status ? there->last_transition_time : object::timestamp(now);
    if (*there == wanted) return false;
    *there = std::move(wanted);
    return true;
}

namespace detail {

inline auto is_set(resource_list const& list, std::string_view name) -> bool {
    auto const* const q = list.find(name);
    return q != nullptr && *q != object::quantity();
}

/// Whether a set of requirements asks for anything, and whether it asks for exactly what it may use at most.
struct service_need {
    bool any = false;
    bool guaranteed = true;

    auto add(resource_requirements const& r) -> void {
        for (auto const* const name : {"cpu", "memory"}) {
            auto const limited = is_set(r.limits, name);
            any = any || limited || is_set(r.requests, name);
            auto const* const request = r.requests.find(name);
            guaranteed = guaranteed && limited && (request == nullptr || *request == *r.limits.find(name));
        }
    }
};

} // namespace detail

/// The class of service of a pod (kubernetes 1.36, `qos.ComputePodQOS`): `Guaranteed` if every container's
/// limits of cpu and memory are set and equal to its requests, `BestEffort` if none asks for any, else
/// `Burstable`.
[[nodiscard]] inline auto qos_class(pod_spec const& spec) -> std::string_view {
    auto need = detail::service_need();
    if (spec.resources && !(spec.resources->limits.empty() && spec.resources->requests.empty()))
        need.add(*spec.resources);
    else
        for (auto const* const list : {&spec.containers, &spec.init_containers})
            for (auto const& c : *list) need.add(c.resources);
    if (!need.any) return "BestEffort";
    return need.guaranteed ? "Guaranteed" : "Burstable";
}

} // namespace berth::kube
