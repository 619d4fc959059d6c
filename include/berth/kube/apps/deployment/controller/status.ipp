#pragma once

/// \file
/// The bodies of `berth/kube/apps/deployment/controller/status.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/deployment/controller/status.hpp>

#include <algorithm>

namespace berth::kube {

BERTH_DECL auto new_deployment_condition(std::string type, std::string status, std::string reason,
                                         std::string message, time_point now) -> deployment_condition {
    auto c = deployment_condition{};
    c.type = std::move(type);
    c.status = std::move(status);
    c.reason = std::move(reason);
    c.message = std::move(message);
    c.last_update_time = c.last_transition_time = object::timestamp(now);
    return c;
}

BERTH_DECL auto set_condition(deployment_status& s, deployment_condition wanted) -> void {
    auto const* const there = object::find_condition(s.conditions, wanted.type);
    if (there != nullptr && there->status == wanted.status && there->reason == wanted.reason) return;
    if (there != nullptr && there->status == wanted.status)
        wanted.last_transition_time = there->last_transition_time;
    erase_if(s.conditions, [&](auto const& c) { return c.type == wanted.type; });
    s.conditions.push_back(std::move(wanted));
}

BERTH_DECL auto remove_condition(deployment_status& s, std::string_view type) -> void {
    erase_if(s.conditions, [&](auto const& c) { return c.type == type; });
}

BERTH_DECL auto counted_status(deployment const& d, rollout_sets const& sets, time_point now)
    -> deployment_status {
    auto s = deployment_status{};
    s.observed_generation = d.metadata.generation;
    s.conditions = d.status.conditions;
    s.collision_count = d.status.collision_count;
    auto wanted = std::int32_t{0};
    auto terminating = std::optional<std::int32_t>(0);
    sets.for_each([&](owned_set const& o) {
        auto const& r = o.now.status;
        wanted += o.size();
        s.replicas += r.replicas;
        s.ready_replicas += r.ready_replicas;
        s.available_replicas += r.available_replicas;
        if (r.observed_generation == 0 && !r.terminating_replicas) return; // nobody has looked at it yet
        if (!r.terminating_replicas) terminating.reset();
        else if (terminating) *terminating += *r.terminating_replicas;
    });
    for (auto const& o : sets.current) s.updated_replicas += o.now.status.replicas;
    s.unavailable_replicas = std::max(0, wanted - s.available_replicas);
    s.terminating_replicas = terminating;
    auto const enough = s.available_replicas >= wanted_of(d) - bounds_of(d).unavailable;
    set_condition(s, enough
                         ? new_deployment_condition("Available", "True", "MinimumReplicasAvailable",
                                                    "Deployment has minimum availability.", now)
                         : new_deployment_condition("Available", "False", "MinimumReplicasUnavailable",
                                                    "Deployment does not have minimum availability.", now));
    return s;
}

BERTH_DECL auto is_complete(deployment const& d, deployment_status const& s) -> bool {
    auto const wanted = wanted_of(d);
    return s.updated_replicas == wanted && s.replicas == wanted && s.available_replicas == wanted &&
           s.observed_generation >= d.metadata.generation;
}

} // namespace berth::kube

namespace berth::kube::detail {

inline auto has_progressed(deployment_status const& before, deployment_status const& now) -> bool {
    return now.updated_replicas > before.updated_replicas ||
           now.replicas - now.updated_replicas < before.replicas - before.updated_replicas ||
           now.ready_replicas > before.ready_replicas || now.available_replicas > before.available_replicas;
}

inline auto has_timed_out(deployment const& d, deployment_status const& s, time_point now) -> bool {
    auto const* const c = object::find_condition(s.conditions, "Progressing");
    if (c == nullptr || c->reason == "NewReplicaSetAvailable") return false;
    if (c->reason == "ProgressDeadlineExceeded") return true;
    return c->last_update_time.time() + seconds(*d.spec.progress_deadline_seconds) < now;
}

/// What is said to progress: the new set if there is one, else the deployment.
inline auto subject_of(deployment const& d, rollout_sets const& sets) -> std::string {
    return sets.current.empty() ? "Deployment \"" + d.metadata.name + "\""
                                : "ReplicaSet \"" + sets.current_name() + "\"";
}

inline auto set_progress(deployment const& d, rollout_sets const& sets, deployment_status& s, time_point now)
    -> void {
    auto const* const there = object::find_condition(s.conditions, "Progressing");
    auto const subject = subject_of(d, sets);
    if (s.replicas == s.updated_replicas && there != nullptr && there->reason == "NewReplicaSetAvailable")
        return;
    if (is_complete(d, s)) {
        set_condition(s, new_deployment_condition("Progressing", "True", "NewReplicaSetAvailable",
                                                  subject + " has successfully progressed.", now));
    } else if (has_progressed(d.status, s)) {
        auto c = new_deployment_condition("Progressing", "True", "ReplicaSetUpdated",
                                          subject + " is progressing.", now);
        if (there != nullptr && there->status == "True") c.last_transition_time = there->last_transition_time;
        remove_condition(s, "Progressing");
        set_condition(s, std::move(c));
    } else if (has_timed_out(d, s, now)) {
        set_condition(s, new_deployment_condition("Progressing", "False", "ProgressDeadlineExceeded",
                                                  subject + " has timed out progressing.", now));
    }
}

BERTH_DECL auto set_failure(rollout_sets const& sets, deployment_status& s) -> void {
    auto found = static_cast<replica_set_condition const*>(nullptr);
    auto const look = [&](owned_set const& o) {
        if (found == nullptr) found = object::find_condition(o.now.status.conditions, "ReplicaFailure");
    };
    for (auto const& o : sets.current) look(o);
    for (auto const& o : sets.old) look(o);
    if (found == nullptr) return remove_condition(s, "ReplicaFailure");
    auto c = new_deployment_condition(found->type, found->status, found->reason, found->message,
                                      found->last_transition_time.time());
    set_condition(s, std::move(c));
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto rollout_status(deployment const& d, rollout_sets const& sets, time_point now)
    -> deployment_status {
    auto s = counted_status(d, sets, now);
    if (has_deadline(d)) detail::set_progress(d, sets, s, now);
    else remove_condition(s, "Progressing");
    detail::set_failure(sets, s);
    return s;
}

} // namespace berth::kube
