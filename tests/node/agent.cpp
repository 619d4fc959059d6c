/// \file
/// Agents with pretended containers in virtual time: what a kubelet would do and say.

#include "cluster.hpp"

#include <berth/sim/run.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace berth;
using namespace test;
using node::simulated_rule;
using node::simulated_runtime;

namespace {

using simulated_agent = node::agent<simulated_runtime>;
static_assert(wakeable<simulated_agent>);

auto make_agent(desk& d, std::vector<simulated_rule> rules = {},
                node::agent_options options = {.name = "node-1", .pod_cidr_patience = {}})
    -> simulated_agent {
    auto simulated = node::simulated_options{};
    simulated.rules = std::move(rules);
    return simulated_agent(simulated_runtime(std::move(simulated)), d.server, std::move(options), d.sink());
}

auto probe_with(std::int32_t period, std::int32_t failures) -> kube::probe {
    auto out = kube::probe();
    out.exec.engage().command = {"check"};
    out.period_seconds = period;
    out.failure_threshold = failures;
    out.success_threshold = 1;
    out.timeout_seconds = 1;
    return out;
}

/// The control plane gives node-1, which has none yet, a range of addresses.
auto give_range(desk& d, std::string const& range) -> void {
    auto n = *api::get<kube::node>(d.server, {"", "node-1"}).value();
    CHECK(n.spec.pod_cidr.empty());
    n.spec.pod_cidr = range;
    n.spec.pod_cidrs = {range};
    REQUIRE(api::update(d.server, n, 0));
}

} // namespace

TEST_CASE("an agent registers its node as a kubelet does", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(d);
    d.run(agent, seconds(1));
    CHECK(!agent.problem());
    auto const n = *api::get<kube::node>(d.server, {"", "node-1"}).value();
    CHECK(n.metadata.labels.get("kubernetes.io/hostname") == "node-1");
    CHECK(n.metadata.labels.get("kubernetes.io/os") == "linux");
    CHECK(n.spec.pod_cidr == "10.244.1.0/24");
    CHECK(n.status.allocatable.find("cpu")->to_string() == "32");
    CHECK(n.status.allocatable.find("memory")->to_string() == "256Gi");
    CHECK(n.status.allocatable.find("pods")->to_string() == "110");
    REQUIRE(n.status.conditions.size() == 4);
    auto const* ready = object::find_condition(n.status.conditions, "Ready");
    CHECK(ready->status == "True");
    CHECK(ready->reason == "KubeletReady");
    CHECK(ready->message == "kubelet is posting ready status");
    CHECK(n.status.node_info.container_runtime_version == "simulated://1");
    auto const lease = *api::get<kube::lease>(d.server, {"kube-node-lease", "node-1"}).value();
    CHECK(*lease.spec.holder_identity == "node-1");
    CHECK(lease.spec.lease_duration_seconds == 40);
    CHECK(lease.metadata.owner_references.at(0).uid == n.metadata.uid);
}

TEST_CASE("what turns in a node is told once", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(d);
    auto const told = [&] { return desk::reasons_of(std::exchange(d.node_events, {})); };
    d.run(agent, minutes(1));
    CHECK(told() == std::vector<std::string>{"NodeHasSufficientMemory", "NodeHasNoDiskPressure",
                                             "NodeHasSufficientPID"});
    auto n = *api::get<kube::node>(d.server, {"", "node-1"}).value();
    n.spec.unschedulable = true;
    REQUIRE(api::update(d.server, n, 0));
    d.run(agent, minutes(1));
    CHECK(told() == std::vector<std::string>{"NodeNotSchedulable"});
    n = *api::get<kube::node>(d.server, {"", "node-1"}).value();
    object::find_condition(n.status.conditions, "Ready")->status = "Unknown";
    REQUIRE(api::update(d.server, n, 0, "status"));
    d.run(agent, minutes(1));
    CHECK(told() == std::vector<std::string>{"NodeReady"});
}

TEST_CASE("the lease is renewed every ten seconds, the status every five minutes", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(d);
    d.run(agent, seconds(1));
    auto const node = [&] { return api::get<kube::node>(d.server, {"", "node-1"}).value(); };
    auto const lease = [&] {
        return *api::get<kube::lease>(d.server, {"kube-node-lease", "node-1"}).value();
    };
    auto const first = node().revision_of();
    auto const renewed = lease().spec.renew_time->time();
    d.run(agent, seconds(10));
    CHECK(lease().spec.renew_time->time() - renewed == seconds(10));
    d.run(agent, minutes(4));
    CHECK(node().revision_of() == first);
    d.run(agent, minutes(1));
    CHECK(node().revision_of() != first);

    auto changed = *node();
    auto* ready = object::find_condition(changed.status.conditions, "Ready");
    ready->status = "Unknown";
    ready->reason = "NodeStatusUnknown";
    REQUIRE(api::update(d.server, changed, 0, "status"));
    d.run(agent, seconds(11));
    auto const again = *node();
    CHECK(object::find_condition(again.status.conditions, "Ready")->reason == "KubeletReady");

    REQUIRE(api::remove<kube::node>(d.server, {"", "node-1"}));
    d.run(agent, seconds(11));
    CHECK(api::get<kube::node>(d.server, {"", "node-1"}).has_value());
}

TEST_CASE("a pod that is bound to the node runs and is reported", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(d);
    auto elsewhere = make_pod("other");
    elsewhere.spec.node_name = "node-2";
    d.add(elsewhere);
    d.add(make_pod("web"));
    d.run(agent, seconds(1));
    auto const p = d.pod("web");
    CHECK(p.status.phase == "Running");
    CHECK(p.status.host_ip == "127.0.0.1");
    CHECK(p.status.pod_ip == "10.244.1.2");
    CHECK(p.status.pod_ips.at(0).ip == "10.244.1.2");
    CHECK(p.status.qos_class == "BestEffort");
    CHECK(p.status.start_time.has_value());
    CHECK(p.status.observed_generation == p.metadata.generation);
    for (auto const* type :
         {"PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"})
        CHECK(condition(p, type) == "True");
    auto const& c = p.status.container_statuses.at(0);
    CHECK(c.name == "app");
    CHECK(c.image == "example.com/app:1");
    CHECK(state(c) == "running");
    CHECK(c.ready);
    CHECK(c.started == true);
    CHECK(c.restart_count == 0);
    CHECK(c.container_id.starts_with("simulated://"));
    CHECK(d.pod("other").status.phase == "Pending");
    CHECK(agent.pods() == 1);
    CHECK(d.events == std::vector<told>{{"Normal", "Created", "Container created", "spec.containers{app}"},
                                        {"Normal", "Started", "Container started", "spec.containers{app}"}});
    auto const written = api::get<kube::pod>(d.server, {"default", "web"}).value().revision_of();
    d.run(agent, minutes(10));
    CHECK(api::get<kube::pod>(d.server, {"default", "web"}).value().revision_of() == written);
}

TEST_CASE("pods wait for the range that their node is given, those on its network do not", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(d, {}, {.name = "node-1"});
    d.add(make_pod("web"));
    auto near = make_pod("near");
    near.spec.host_network = true;
    d.add(near);
    d.run(agent, seconds(2));
    CHECK(d.pod("near").status.pod_ip == "127.0.0.1");
    CHECK(d.pod("near").status.phase == "Running");
    CHECK(d.pod("web").status.phase == "Pending");
    CHECK(d.pod("web").status.pod_ip.empty());
    CHECK(condition(d.pod("web"), "PodReadyToStartContainers") == "False");
    give_range(d, "10.9.8.0/24");
    d.run(agent, seconds(1));
    CHECK(d.pod("web").status.phase == "Running");
    CHECK(d.pod("web").status.pod_ip == "10.9.8.2");
}

TEST_CASE("a node that nobody gives a range takes one after a while", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(d, {}, {.name = "node-1"});
    d.add(make_pod("web"));
    d.run(agent, seconds(4));
    CHECK(d.pod("web").status.phase == "Pending");
    d.run(agent, seconds(2));
    CHECK(d.pod("web").status.phase == "Running");
    CHECK(d.pod("web").status.pod_ip == "10.244.1.2");
    CHECK(api::get<kube::node>(d.server, {"", "node-1"}).value()->spec.pod_cidr == "10.244.1.0/24");
}

TEST_CASE("a node that may take no range says that it has no network until it is given one",
          "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(d, {}, {.name = "node-1", .own_pod_cidr = false});
    d.add(make_pod("web"));
    auto const network = [&]() -> std::string {
        auto const n = api::get<kube::node>(d.server, {"", "node-1"}).value();
        auto const* const c = object::find_condition(n->status.conditions, "NetworkUnavailable");
        return c == nullptr ? "" : c->status + " " + c->reason;
    };
    d.run(agent, seconds(4));
    CHECK(network().empty());
    d.run(agent, minutes(1));
    CHECK(network() == "True NoPodCIDR");
    CHECK(d.pod("web").status.phase == "Pending");
    give_range(d, "10.9.8.0/31");
    d.run(agent, seconds(2));
    CHECK(d.pod("web").status.pod_ip == "10.9.8.0");
    CHECK(network() == "False PodCIDRAssigned");
}

TEST_CASE("restart policies decide what an end means", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(d, {{.image = {}, .name = "*/good", .runs_for = seconds(5), .exit_code = 0},
                                {.image = {}, .name = "*/bad", .runs_for = seconds(5), .exit_code = 3}});
    for (auto const* policy : {"Never", "OnFailure", "Always"})
        for (auto const* end : {"good", "bad"}) {
            auto p = make_pod(object::camel_case(std::string(policy == std::string("OnFailure") ? "fail"
                                                             : policy == std::string("Never")   ? "never"
                                                                                                : "always")) +
                                  "-" + end,
                              {make_container(end)});
            p.spec.restart_policy = policy;
            d.add(p);
        }
    d.run(agent, seconds(7));
    CHECK(d.pod("never-good").status.phase == "Succeeded");
    CHECK(condition(d.pod("never-good"), "Ready") == "False PodCompleted");
    CHECK(condition(d.pod("never-good"), "Initialized") == "True PodCompleted");
    CHECK(condition(d.pod("never-good"), "PodReadyToStartContainers") == "False");
    CHECK(d.pod("never-bad").status.phase == "Failed");
    CHECK(condition(d.pod("never-bad"), "Ready") == "False PodFailed");
    CHECK(state(d.pod("never-bad").status.container_statuses[0]) == "terminated Error 3");
    CHECK(d.pod("fail-good").status.phase == "Succeeded");
    CHECK(d.pod("fail-bad").status.phase == "Running");
    CHECK(d.pod("fail-bad").status.container_statuses[0].restart_count == 1);
    CHECK(d.pod("always-good").status.container_statuses[0].restart_count == 1);
    CHECK(state(d.pod("always-bad").status.container_statuses[0]) == "running");
    CHECK(d.pod("always-bad").status.container_statuses[0].last_state.terminated->exit_code == 3);
    CHECK(agent.runtime().running().size() == 3);
}

TEST_CASE("a container that keeps crashing is backed off", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(d, {{.image = {}, .name = {}, .runs_for = seconds(1), .exit_code = 1}});
    auto const made = d.add(make_pod("crash"));
    d.run(agent, milliseconds(2500)); // crashed at 1 s, restarted at once, crashed at 2 s
    auto p = d.pod("crash");
    CHECK(p.status.phase == "Running");
    CHECK(condition(p, "Ready") == "False ContainersNotReady");
    auto const& c = p.status.container_statuses[0];
    CHECK(state(c) == "waiting CrashLoopBackOff");
    CHECK(c.state.waiting->message ==
          "back-off 10s restarting failed container=app pod=crash_default(" + made.metadata.uid + ")");
    CHECK(c.restart_count == 1);
    CHECK(c.last_state.terminated->exit_code == 1);
    CHECK(d.events.back() ==
          told{"Warning", "BackOff",
               "Back-off restarting failed container app in pod crash_default(" + made.metadata.uid + ")",
               "spec.containers{app}"});
    d.run(agent, seconds(10));
    CHECK(d.pod("crash").status.container_statuses[0].restart_count == 2);
    d.run(agent, seconds(2));
    CHECK(d.pod("crash").status.container_statuses[0].state.waiting->message.starts_with("back-off 20s"));
    d.run(agent, minutes(30));
    CHECK(d.pod("crash").status.container_statuses[0].state.waiting->message.starts_with("back-off 5m0s"));
    auto const count = d.pod("crash").status.container_statuses[0].restart_count;
    CHECK(count >= 9);
    CHECK(count <= 11);
}

TEST_CASE("a container that cannot be created or executed says why", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(
        d, {{.image = {},
             .name = "*/plain/*",
             .refuses = error{error_code::invalid, "no command specified", {}}},
            {.image = {},
             .name = "*/typo/*",
             .refuses =
                 error{error_code::not_found, "exec: \"srve\": executable file not found in $PATH", {}}}});
    d.add(make_pod("plain"));
    d.add(make_pod("typo"));
    auto configured = make_pod("configured");
    auto& from = configured.spec.containers[0].env_from.emplace_back();
    from.config_map_ref.engage().name = "settings";
    d.add(configured);
    d.run(agent, seconds(1));
    auto p = d.pod("plain");
    CHECK(p.status.phase == "Pending");
    CHECK(state(p.status.container_statuses[0]) == "waiting CreateContainerError");
    CHECK(p.status.container_statuses[0].state.waiting->message == "no command specified");
    p = d.pod("typo");
    CHECK(state(p.status.container_statuses[0]) == "waiting CrashLoopBackOff");
    CHECK(p.status.container_statuses[0].restart_count == 1);
    CHECK(p.status.container_statuses[0].last_state.terminated->reason == "StartError");
    CHECK(p.status.container_statuses[0].last_state.terminated->exit_code == 128);
    p = d.pod("configured");
    CHECK(state(p.status.container_statuses[0]) == "waiting CreateContainerConfigError");
    CHECK(p.status.container_statuses[0].state.waiting->message == "configmap \"settings\" not found");
    auto map = kube::config_map();
    map.metadata.name = "settings";
    map.metadata.namespace_ = "default";
    map.data["color"] = "blue";
    REQUIRE(api::create(d.server, map));
    d.run(agent, seconds(11));
    CHECK(d.pod("configured").status.phase == "Running");
    CHECK(std::count(d.events.begin(), d.events.end(),
                     told{"Warning", "Failed", "Error: configmap \"settings\" not found",
                          "spec.containers{app}"}) == 1);
}

TEST_CASE("init containers run one after the other, sidecars beside the rest", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(d, {{.image = {}, .name = "*/first", .runs_for = seconds(5)},
                                {.image = {}, .name = "*/second", .runs_for = seconds(5)},
                                {.image = {}, .name = "*/job", .runs_for = seconds(10)}});
    auto p = make_pod("staged", {make_container("job")});
    p.spec.restart_policy = "Never";
    p.spec.init_containers = {make_container("first"), make_container("proxy"), make_container("second")};
    p.spec.init_containers[1].restart_policy = std::string("Always");
    d.add(p);
    d.run(agent, seconds(2));
    auto now = d.pod("staged");
    CHECK(now.status.phase == "Pending");
    CHECK(condition(now, "Initialized") == "False ContainersNotInitialized");
    CHECK(object::find_condition(now.status.conditions, "Initialized")->message ==
          "containers with incomplete status: [first proxy second]");
    CHECK(state(now.status.init_container_statuses[0]) == "running");
    CHECK(state(now.status.init_container_statuses[1]) == "waiting PodInitializing");
    CHECK(state(now.status.container_statuses[0]) == "waiting PodInitializing");
    d.run(agent, seconds(5));
    now = d.pod("staged");
    CHECK(state(now.status.init_container_statuses[0]) == "terminated Completed 0");
    CHECK(now.status.init_container_statuses[0].ready);
    CHECK(state(now.status.init_container_statuses[1]) == "running");
    CHECK(state(now.status.init_container_statuses[2]) == "running");
    d.run(agent, seconds(5));
    now = d.pod("staged");
    CHECK(now.status.phase == "Running");
    CHECK(condition(now, "Initialized") == "True");
    CHECK(condition(now, "Ready") == "True");
    d.run(agent, seconds(15));
    now = d.pod("staged");
    CHECK(now.status.phase == "Succeeded");
    CHECK(state(now.status.init_container_statuses[1]) == "terminated Error 143");
    CHECK(agent.runtime().running().empty());
}

TEST_CASE("a failed init container fails a pod that may not restart", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(d, {{.image = {}, .name = "*/setup", .runs_for = seconds(1), .exit_code = 2}});
    auto p = make_pod("once");
    p.spec.restart_policy = "Never";
    p.spec.init_containers = {make_container("setup")};
    d.add(p);
    p.metadata.name = "again";
    p.spec.restart_policy = "Always";
    d.add(p);
    d.run(agent, milliseconds(2500));
    CHECK(d.pod("once").status.phase == "Failed");
    CHECK(d.pod("again").status.phase == "Pending");
    CHECK(state(d.pod("again").status.init_container_statuses[0]) == "waiting CrashLoopBackOff");
}

TEST_CASE("a deleted pod gets its grace, and is gone only when its containers are", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(
        d, {{.image = {}, .name = "*/polite/*", .runs_for = {}, .exit_code = 0, .stops_after = seconds(3)},
            {.image = {},
             .name = "*/deaf/*",
             .runs_for = {},
             .exit_code = 0,
             .stops_after = {},
             .ignores_terminate = true}});
    for (auto const* name : {"polite", "deaf", "forced"}) d.add(make_pod(name));
    d.run(agent, seconds(1));
    for (auto const* name : {"polite", "deaf"}) REQUIRE(api::remove<kube::pod>(d.server, {"default", name}));
    auto now = api::delete_options();
    now.grace_period_seconds = 0;
    REQUIRE(api::remove<kube::pod>(d.server, {"default", "forced"}, now));
    d.run(agent, seconds(2));
    CHECK(d.has_pod("polite"));
    CHECK(agent.runtime().running().size() == 2);
    d.run(agent, seconds(2));
    CHECK(!d.has_pod("polite"));
    CHECK(d.has_pod("deaf"));
    d.run(agent, seconds(25));
    CHECK(d.has_pod("deaf"));
    d.run(agent, seconds(2));
    CHECK(!d.has_pod("deaf"));
    CHECK(agent.pods() == 0);
    CHECK(agent.runtime().running().empty());
    CHECK(std::count(d.events.begin(), d.events.end(),
                     told{"Normal", "Killing", "Stopping container app", "spec.containers{app}"}) == 3);
}

TEST_CASE("a grace of centuries is long, not over at once", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(d, {{.image = {},
                                 .name = {},
                                 .runs_for = {},
                                 .exit_code = 0,
                                 .stops_after = {},
                                 .ignores_terminate = true}});
    auto patient = make_pod("patient");
    patient.spec.termination_grace_period_seconds = 10'000'000'000;
    d.add(patient);
    d.run(agent, seconds(1));
    REQUIRE(api::remove<kube::pod>(d.server, {"default", "patient"}));
    d.run(agent, minutes(60));
    CHECK(d.has_pod("patient"));
    CHECK(agent.runtime().running().size() == 1);
}

TEST_CASE("a second deletion may shorten the grace", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(d, {{.image = {},
                                 .name = {},
                                 .runs_for = {},
                                 .exit_code = 0,
                                 .stops_after = {},
                                 .ignores_terminate = true}});
    d.add(make_pod("deaf"));
    d.run(agent, seconds(1));
    REQUIRE(api::remove<kube::pod>(d.server, {"default", "deaf"}));
    d.run(agent, seconds(5));
    auto sooner = api::delete_options();
    sooner.grace_period_seconds = 1;
    REQUIRE(api::remove<kube::pod>(d.server, {"default", "deaf"}, sooner));
    d.run(agent, seconds(2));
    CHECK(!d.has_pod("deaf"));
}

TEST_CASE("finalizers keep a pod whose containers have ended", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(d);
    auto p = make_pod("held");
    p.metadata.finalizers = {"example.com/hold"};
    d.add(p);
    d.run(agent, seconds(1));
    REQUIRE(api::remove<kube::pod>(d.server, {"default", "held"}));
    d.run(agent, seconds(5));
    auto held = d.pod("held");
    CHECK(held.status.phase == "Failed");
    CHECK(agent.runtime().running().empty());
    held.metadata.finalizers.clear();
    REQUIRE(api::update(d.server, held, 0));
    d.run(agent, seconds(1));
    CHECK(!d.has_pod("held"));
    CHECK(agent.pods() == 0);
}

TEST_CASE("probes decide about readiness and restarts", "[node][agent]") {
    auto d = desk();
    auto agent =
        make_agent(d, {{.image = {}, .name = "*/slow/*", .runs_for = {}, .ready_after = seconds(7)},
                       {.image = {}, .name = "*/dying/*", .runs_for = {}, .ready_until = seconds(20)},
                       {.image = {}, .name = "*/never/*", .runs_for = {}, .ready_after = minutes(60)}});
    auto slow = make_pod("slow");
    slow.spec.containers[0].startup_probe = probe_with(1, 30);
    slow.spec.containers[0].readiness_probe = probe_with(2, 1);
    d.add(slow);
    auto dying = make_pod("dying");
    dying.spec.containers[0].liveness_probe = probe_with(5, 2);
    d.add(dying);
    auto never = make_pod("never");
    never.spec.containers[0].startup_probe = probe_with(1, 3);
    d.add(never);
    d.run(agent, seconds(6));
    CHECK(d.pod("slow").status.phase == "Running");
    CHECK(d.pod("slow").status.container_statuses[0].started == false);
    CHECK(condition(d.pod("slow"), "Ready") == "False ContainersNotReady");
    CHECK(d.pod("dying").status.container_statuses[0].ready);
    CHECK(d.pod("never").status.container_statuses[0].restart_count >= 1);
    d.run(agent, seconds(5));
    CHECK(condition(d.pod("slow"), "Ready") == "True");
    d.run(agent, seconds(20));
    CHECK(d.pod("dying").status.container_statuses[0].restart_count == 1);
    CHECK(std::count(d.events.begin(), d.events.end(),
                     told{"Normal", "Killing", "Container app failed liveness probe, will be restarted",
                          "spec.containers{app}"}) >= 1);
    CHECK(std::count(d.events.begin(), d.events.end(),
                     told{"Warning", "Unhealthy", "Liveness probe failed: simulated failure",
                          "spec.containers{app}"}) == 2);
}

TEST_CASE("a pod above its deadline fails", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(d);
    auto p = make_pod("late");
    p.spec.active_deadline_seconds = 30;
    d.add(p);
    d.run(agent, seconds(29));
    CHECK(d.pod("late").status.phase == "Running");
    d.run(agent, seconds(3));
    CHECK(d.pod("late").status.phase == "Failed");
    CHECK(d.pod("late").status.reason == "DeadlineExceeded");
    CHECK(agent.runtime().running().empty());
}

TEST_CASE("an agent that takes over starts what should run, and counts it", "[node][agent]") {
    auto d = desk();
    auto rules = std::vector<simulated_rule>{{.image = {}, .name = "*/done/*", .runs_for = seconds(1)}};
    {
        auto agent = make_agent(d, rules);
        d.add(make_pod("web"));
        auto done = make_pod("done");
        done.spec.restart_policy = "Never";
        d.add(done);
        auto once = done;
        once.metadata.name = "once";
        once.metadata.annotations["simulated.berth.dev/runs-for"] = "ever";
        d.add(once);
        d.run(agent, seconds(5));
    }
    auto const ip = d.pod("web").status.pod_ip;
    auto agent = make_agent(d, rules);
    d.run(agent, seconds(5));
    auto const web = d.pod("web");
    CHECK(web.status.phase == "Running");
    CHECK(web.status.pod_ip == ip);
    CHECK(web.status.container_statuses[0].restart_count == 1);
    CHECK(web.status.container_statuses[0].last_state.terminated->reason == "ContainerStatusUnknown");
    CHECK(web.status.container_statuses[0].last_state.terminated->exit_code == 137);
    CHECK(d.pod("once").status.phase == "Failed");
    CHECK(d.pod("done").status.phase == "Succeeded");
    CHECK(agent.runtime().running().size() == 1);
}

TEST_CASE("others may write a pod's status at the same time", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(d, {{.image = {}, .name = {}, .runs_for = seconds(5)}});
    d.add(make_pod("web"));
    d.run(agent, seconds(1));
    auto p = d.pod("web");
    auto& c = p.status.conditions.emplace_back();
    c.type = "example.com/Checked";
    c.status = "True";
    REQUIRE(api::update(d.server, p, 0, "status"));
    d.clock.advance(seconds(5));
    for (auto i = 0; i < 10; ++i) agent.step(d.now());
    CHECK(condition(d.pod("web"), "example.com/Checked") == "True");
    CHECK(d.pod("web").status.container_statuses[0].restart_count == 1);
}

TEST_CASE("agents in virtual time take the same way for the same seed", "[node][agent]") {
    auto const voyage = [](std::uint64_t seed) {
        auto d = desk();
        auto agents = std::vector<simulated_agent>();
        auto executor = sim::executor(d.clock, seed);
        for (auto const* name : {"node-1", "node-2", "node-3"})
            agents.push_back(make_agent(d, {{.name = "*/job-*", .runs_for = seconds(20), .exit_code = 1}},
                                        {.name = name, .pod_cidr_patience = {}}));
        for (auto& agent : agents) executor.add(agent);
        for (auto i = 0; i < 12; ++i) {
            auto p = make_pod((i % 3 == 0 ? "job-" : "web-") + std::to_string(i));
            p.spec.node_name = "node-" + std::to_string(i % 3 + 1);
            d.add(p);
        }
        auto const report = executor.run({.seed = seed, .time_limit = minutes(10)});
        auto running = std::size_t{0};
        for (auto& agent : agents) running += agent.runtime().running().size();
        CHECK(running >= 8);
        return std::pair(report.trace, d.events);
    };
    auto const first = voyage(7);
    CHECK(voyage(7) == first);
    CHECK(voyage(8).first != first.first);
}

TEST_CASE("draining ends the containers and tells nobody", "[node][agent]") {
    auto d = desk();
    auto agent = make_agent(d, {{.image = {},
                                 .name = {},
                                 .runs_for = {},
                                 .exit_code = 0,
                                 .stops_after = {},
                                 .ignores_terminate = true}});
    d.add(make_pod("web"));
    d.run(agent, seconds(1));
    auto const before = d.pod("web");
    REQUIRE(agent.drain(d.now()).has_value());
    d.clock.advance(seconds(1));
    CHECK(agent.drain(d.now()).has_value());
    d.clock.advance(seconds(2));
    agent.drain(d.now());
    CHECK(!agent.drain(d.now()).has_value());
    CHECK(agent.runtime().running().empty());
    CHECK(d.pod("web") == before);
}
