#pragma once

/// \file
/// What an agent remembers of one container of a pod, through all its incarnations.

#include <berth/kube/core/pod/type.hpp>
#include <berth/node/backoff.hpp>
#include <berth/node/probing.hpp>

#include <algorithm>
#include <array>

namespace berth::node::detail {

/// How far the end of a container has come.
enum class stop_stage : std::uint8_t { none, hook, terminated, killed };

/// One container of a pod.
struct container_record {
    bool init = false;
    std::size_t index = 0; ///< in the spec's list
    kube::container_status status;
    bool created = false; ///< there was an incarnation
    std::optional<container_id> id;
    time_point started{};
    time_point ended{};
    time_point retry{}; ///< not to be created before this
    restart_backoff backoff;
    bool backed_off = false; ///< the present back-off has been told
    std::array<probe_course, 3> probes;
    std::optional<container_id> hook; ///< an action of its lifecycle that is under way
    bool starting = false;            ///< its postStart hook is under way
    stop_stage stop = stop_stage::none;
    time_point kill_at{};

    auto course(role r) -> probe_course& { return probes[static_cast<std::size_t>(r) - 1]; }

    [[nodiscard]] auto spec(kube::pod_spec const& pod) const -> kube::container const& {
        return init ? pod.init_containers[index] : pod.containers[index];
    }
    [[nodiscard]] auto exit_code() const -> std::optional<std::int32_t> {
        if (!status.state.terminated) return std::nullopt;
        return status.state.terminated->exit_code;
    }

    auto set_waiting(std::string_view reason, std::string message) -> void {
        if (status.state.terminated) status.last_state = status.state;
        status.state = {};
        auto& waiting = status.state.waiting.engage();
        waiting.reason = reason;
        waiting.message = std::move(message);
        status.ready = false;
        status.started = false;
    }
    auto set_running(time_point now) -> void {
        if (status.state.terminated) status.last_state = status.state;
        status.state = {};
        status.state.running.engage().started_at = object::timestamp(now);
        started = now;
    }
    auto set_terminated(kube::container_state_terminated end) -> void {
        status.ready = init && end.exit_code == 0;
        status.started = false;
        status.state = {};
        status.state.terminated = std::move(end);
    }
};

/// Whether a container that ended so is to run again (core/v1 `restartPolicy`, the container's own and its
/// rules first).
[[nodiscard]] inline auto restarts(kube::pod_spec const& pod, kube::container const& c,
                                   std::int32_t exit_code) -> bool {
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

/// The records of a pod's containers, init containers first, with what the API knows of them.
[[nodiscard]] inline auto records_of(kube::pod const& pod, time_point now) -> std::vector<container_record> {
    auto out = std::vector<container_record>();
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
