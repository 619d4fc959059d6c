#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/state.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/reconcile/conditions.hpp>

#include <range/v3/view/concat.hpp>

#include <utility>

namespace berth::kube {

BERTH_DECL auto has_condition(pod const& p, std::string_view type) -> bool {
    return reconcile::is_true(p.status.conditions, type);
}

BERTH_DECL auto is_available(pod const& p, std::int32_t min_ready_seconds, time_point now) -> bool {
    auto const* const c = object::find_condition(p.status.conditions, "Ready");
    if (c == nullptr || c->status != "True") return false;
    return min_ready_seconds == 0 || (!c->last_transition_time.is_zero() &&
                                      c->last_transition_time.time() + seconds(min_ready_seconds) <= now);
}

BERTH_DECL auto until_available(pod const& p, std::int32_t min_ready_seconds, time_point now)
    -> std::optional<duration> {
    auto const* const c = object::find_condition(p.status.conditions, "Ready");
    if (c == nullptr || c->status != "True" || c->last_transition_time.is_zero()) return std::nullopt;
    if (is_available(p, min_ready_seconds, now)) return std::nullopt;
    return c->last_transition_time.time() + seconds(min_ready_seconds) - now;
}

BERTH_DECL auto is_sidecar(container const& c) -> bool {
    return c.restart_policy && *c.restart_policy == "Always";
}

BERTH_DECL auto set_condition(object::list<pod_condition>& conditions, pod_condition wanted, time_point now)
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

} // namespace berth::kube

namespace berth::kube::detail {

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

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto disruption_target(std::string reason, std::string message) -> pod_condition {
    auto out = pod_condition{};
    out.type = "DisruptionTarget";
    out.status = "True";
    out.reason = std::move(reason);
    out.message = std::move(message);
    return out;
}

BERTH_DECL auto qos_class(pod_spec const& spec) -> std::string_view {
    auto need = detail::service_need();
    if (spec.resources && !(spec.resources->limits.empty() && spec.resources->requests.empty()))
        need.add(*spec.resources);
    else
        for (auto const& c : ranges::views::concat(spec.containers, spec.init_containers))
            need.add(c.resources);
    if (!need.any) return "BestEffort";
    return need.guaranteed ? "Guaranteed" : "Burstable";
}

} // namespace berth::kube
