#pragma once

/// \file
/// The bodies of `berth/node/detail/container_record.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/detail/container_record.hpp>

#include <algorithm>

namespace berth::node::detail {

BERTH_DECL auto container_record::spec(kube::pod_spec const& pod) const -> kube::container const& {
    return init ? pod.init_containers[index] : pod.containers[index];
}

BERTH_DECL auto container_record::exit_code() const -> std::optional<std::int32_t> {
    if (!status.state.terminated) return std::nullopt;
    return status.state.terminated->exit_code;
}

BERTH_DECL auto container_record::set_waiting(std::string_view reason, std::string message) -> void {
    if (status.state.terminated) status.last_state = status.state;
    status.state = {};
    auto& waiting = status.state.waiting.engage();
    waiting.reason = reason;
    waiting.message = std::move(message);
    status.ready = false;
    status.started = false;
}

BERTH_DECL auto container_record::set_running(time_point now) -> void {
    if (status.state.terminated) status.last_state = status.state;
    status.state = {};
    status.state.running.engage().started_at = object::timestamp(now);
    started = now;
}

BERTH_DECL auto container_record::set_terminated(kube::container_state_terminated end) -> void {
    status.ready = init && end.exit_code == 0;
    status.started = false;
    status.state = {};
    status.state.terminated = std::move(end);
}

BERTH_DECL auto restarts(kube::pod_spec const& pod, kube::container const& c, std::int32_t exit_code)
    -> bool {
    for (auto const& rule : c.restart_policy_rules) {
        if (!rule.exit_codes || rule.action != "Restart") continue;
        auto const& codes = *rule.exit_codes;
        auto const listed =
            std::find(codes.values.begin(), codes.values.end(), exit_code) != codes.values.end();
        if (listed == (codes.operator_ == "In")) return true;
    }
    auto const& policy = c.restart_policy ? *c.restart_policy : pod.restart_policy;
    return policy.empty() || policy == "Always" || (policy == "OnFailure" && exit_code != 0);
}

/// What a container was doing when an agent that knew it went away.
inline auto recover(container_record& record, kube::container_status const& known, time_point now) -> void {
    record.status = known;
    record.created = !known.container_id.empty() || known.restart_count > 0;
    auto& state = record.status.state;
    if (state.waiting && known.last_state.terminated) {
        state = known.last_state;
    } else if (state.running) {
        auto end = kube::container_state_terminated();
        end.exit_code = 137;
        end.reason = "ContainerStatusUnknown";
        end.message = "The container could not be located when the pod was terminated";
        end.started_at = state.running->started_at;
        end.finished_at = object::timestamp(now);
        end.container_id = known.container_id;
        record.set_terminated(std::move(end));
    }
    if (state.terminated) record.ended = state.terminated->finished_at.time();
}

BERTH_DECL auto records_of(kube::pod const& pod, time_point now) -> std::vector<container_record> {
    auto out = std::vector<container_record>();
    out.reserve(pod.spec.init_containers.size() + pod.spec.containers.size());
    auto const initial = pod.spec.init_containers.empty() ? "ContainerCreating" : "PodInitializing";
    auto const add = [&](bool init, object::list<kube::container> const& containers,
                         object::list<kube::container_status> const& statuses) {
        for (std::size_t i = 0; i < containers.size(); ++i) {
            auto& record = out.emplace_back();
            record.init = init;
            record.index = i;
            record.status.name = containers[i].name;
            record.status.image = containers[i].image;
            record.set_waiting(initial, "");
            for (auto const& known : statuses)
                if (known.name == containers[i].name) recover(record, known, now);
        }
    };
    add(true, pod.spec.init_containers, pod.status.init_container_statuses);
    add(false, pod.spec.containers, pod.status.container_statuses);
    return out;
}

} // namespace berth::node::detail
