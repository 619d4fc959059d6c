/// \file
/// From the states of containers to the phase and the conditions of their pod.

#include <berth/node/pod_status.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace berth;
using node::phase_of;

namespace {

/// A state by its first letters: `r`unning, `w`aiting, `b`ack-off (waiting after an end), `0` or `1` ended
/// so.
auto status(std::string name, char state) -> kube::container_status {
    auto out = kube::container_status();
    out.name = std::move(name);
    auto ended = kube::container_state_terminated();
    ended.exit_code = state == '0' ? 0 : 1;
    if (state == 'r') out.state.running = kube::container_state_running();
    if (state == 'w' || state == 'b') out.state.waiting = kube::container_state_waiting();
    if (state == 'b') out.last_state.terminated = ended;
    if (state == '0' || state == '1') out.state.terminated = ended;
    out.ready = state == 'r';
    out.started = state == 'r';
    return out;
}

struct scene {
    kube::pod pod{};

    /// Containers with these states; `-` has none yet.
    explicit scene(std::string_view policy, std::string_view states) {
        pod.spec.restart_policy = policy;
        for (std::size_t i = 0; i < states.size(); ++i) {
            auto const name = "c" + std::to_string(i);
            pod.spec.containers.emplace_back().name = name;
            if (states[i] != '-') pod.status.container_statuses.push_back(status(name, states[i]));
        }
    }
    auto init(char state, bool sidecar = false) && -> scene {
        auto const name = "i" + std::to_string(pod.spec.init_containers.size());
        auto& c = pod.spec.init_containers.emplace_back();
        c.name = name;
        if (sidecar) c.restart_policy = std::string("Always");
        if (state != '-') pod.status.init_container_statuses.push_back(status(name, state));
        return std::move(*this);
    }
    auto sidecar(char state) && -> scene { return std::move(*this).init(state, true); }

    [[nodiscard]] auto phase(bool ended = false) const -> std::string_view {
        return phase_of(pod.spec, pod.status, ended);
    }
    /// A condition as `status reason: message`.
    auto condition(std::string_view type) -> std::string {
        node::set_conditions(pod, pod.status, true, time_point::from_unix_seconds(100));
        auto const* c = object::find_condition(pod.status.conditions, type);
        if (c == nullptr) return "none";
        return c->status + (c->reason.empty() ? "" : " " + c->reason) +
               (c->message.empty() ? "" : ": " + c->message);
    }
};

} // namespace

TEST_CASE("the phase follows from the states of containers and the restart policy", "[node]") {
    struct expected {
        std::string_view policy, states, phase, phase_when_ended;
    };
    for (auto const& [policy, states, phase, ended] :
         std::vector<expected>{{"Always", "r", "Running", "Running"},
                               {"Always", "rr", "Running", "Running"},
                               {"Always", "rw", "Pending", "Pending"},
                               {"Always", "r-", "Pending", "Pending"},
                               {"Always", "-", "Pending", "Failed"},
                               {"Always", "w", "Pending", "Failed"},
                               {"Always", "0", "Running", "Succeeded"},
                               {"", "0", "Running", "Succeeded"},
                               {"Always", "b", "Running", "Failed"},
                               {"OnFailure", "b", "Running", "Failed"},
                               {"OnFailure", "0", "Succeeded", "Succeeded"},
                               {"OnFailure", "01", "Running", "Failed"},
                               {"OnFailure", "r0", "Running", "Running"},
                               {"Never", "00", "Succeeded", "Succeeded"},
                               {"Never", "01", "Failed", "Failed"},
                               {"Never", "r1", "Running", "Running"},
                               {"Never", "0-", "Pending", "Failed"},
                               {"Never", "0w", "Pending", "Failed"}}) {
        CAPTURE(policy, states);
        CHECK(scene(policy, states).phase() == phase);
        CHECK(scene(policy, states).phase(true) == ended);
    }
}

TEST_CASE("a pod waits for its init containers, and fails with them if it may not restart", "[node]") {
    for (auto const state : {'-', 'w', 'r'}) {
        CAPTURE(state);
        CHECK(scene("Never", "w").init(state).phase() == "Pending");
        CHECK(scene("Always", "-").init('0').init(state).phase() == "Pending");
    }
    CHECK(scene("Never", "w").init('1').phase() == "Failed");
    CHECK(scene("Never", "w").init('b').phase() == "Failed");
    CHECK(scene("OnFailure", "w").init('1').phase() == "Pending");
    CHECK(scene("Always", "w").init('b').phase() == "Pending");
    CHECK(scene("Always", "r").init('0').phase() == "Running");
    CHECK(scene("Always", "r").init('r').phase() ==
          "Running"); // init containers that run again change nothing
}

TEST_CASE("a sidecar is waited for at the beginning and at the end", "[node]") {
    CHECK(scene("Always", "w").sidecar('w').phase() == "Pending");
    CHECK(scene("Always", "r").sidecar('r').phase() == "Running");
    CHECK(scene("Always", "r").sidecar('b').phase() == "Running");
    CHECK(scene("Never", "0").sidecar('r').phase() == "Running"); // it still has its grace
    CHECK(scene("Never", "1").sidecar('r').phase() == "Running");
    CHECK(scene("Never", "0").sidecar('1').phase() == "Succeeded"); // how it ended does not matter
    CHECK(scene("Never", "0").sidecar('1').phase(true) == "Succeeded");
}

TEST_CASE("conditions name the containers that are not ready, and those nobody knows of", "[node]") {
    CHECK(scene("Always", "rr").condition("Ready") == "True");
    CHECK(scene("Always", "rw").condition("Ready") ==
          "False ContainersNotReady: containers with unready status: [c1]");
    CHECK(scene("Always", "-w-").condition("ContainersReady") ==
          "False ContainersNotReady: containers with unknown status: [c0 c2], containers with unready "
          "status: [c1]");
    CHECK(scene("Always", "r").sidecar('w').condition("ContainersReady") ==
          "False ContainersNotReady: containers with unready status: [i0]");
    CHECK(scene("Always", "w").init('w').init('-').condition("Initialized") ==
          "False ContainersNotInitialized: containers with unknown status: [i1], containers with "
          "incomplete status: [i0]");
    CHECK(scene("Always", "r").init('w').condition("Initialized") == "True"); // once started, for ever
}

TEST_CASE("a pod that has ended is not ready, and says why", "[node]") {
    auto done = scene("Never", "0").init('w');
    done.pod.status.phase = "Succeeded";
    CHECK(done.condition("Initialized") == "True PodCompleted");
    CHECK(done.condition("Ready") == "False PodCompleted");
    auto failed = scene("Never", "1");
    failed.pod.status.phase = "Failed";
    CHECK(failed.condition("ContainersReady") == "False PodFailed");
}

TEST_CASE("readiness gates must be true before a pod is ready", "[node]") {
    auto s = scene("Always", "r");
    s.pod.spec.readiness_gates.emplace_back().condition_type = "a";
    s.pod.spec.readiness_gates.emplace_back().condition_type = "b";
    auto& b = s.pod.status.conditions.emplace_back();
    b.type = "b";
    b.status = "False";
    CHECK(
        s.condition("Ready") ==
        "False ReadinessGatesNotReady: corresponding condition of pod readiness gate \"a\" does not exist., "
        "corresponding condition of pod readiness gate \"b\" is not True (was: False).");
    CHECK(s.condition("ContainersReady") == "True");
    CHECK(s.condition("b") == "False"); // what is others' stays
}

TEST_CASE("a condition keeps the time at which its status changed", "[node]") {
    auto s = scene("Always", "r");
    s.pod.metadata.generation = 4;
    CHECK(s.condition("PodScheduled") == "True");
    auto const first = s.pod.status.conditions;
    node::set_conditions(s.pod, s.pod.status, false, time_point::from_unix_seconds(200));
    auto const since = [&](std::string_view type) {
        return object::find_condition(s.pod.status.conditions, type)->last_transition_time;
    };
    CHECK(since("Ready") == object::timestamp(time_point::from_unix_seconds(100)));
    CHECK(since("PodReadyToStartContainers") == object::timestamp(time_point::from_unix_seconds(200)));
    CHECK(object::find_condition(s.pod.status.conditions, "Ready")->observed_generation == 4);
    CHECK(s.pod.status.conditions.size() == first.size());
}
