/// \file
/// The table of pods.

#include "../../vocabulary.hpp"

#include <berth/kube/core/pod/table.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto text(api::cell const& c) -> std::string { return std::get<std::string>(c); }

auto row_of(kube::pod const& p) -> std::vector<api::cell> {
    return cells_of(kube::pod_columns(), p, new_year + seconds(300));
}
auto ready_of(kube::pod const& p) -> std::string { return text(row_of(p)[1]); }
auto status_of(kube::pod const& p) -> std::string { return text(row_of(p)[2]); }
auto restarts_of(kube::pod const& p) -> std::string { return text(row_of(p)[3]); }

auto running() -> kube::container_status {
    auto c = kube::container_status{};
    c.name = "main";
    c.ready = true;
    c.state.running.engage();
    return c;
}
auto ended(std::int32_t code, std::string reason = "") -> kube::container_status {
    auto c = kube::container_status{};
    c.name = "main";
    auto& t = c.state.terminated.engage();
    t.exit_code = code;
    t.reason = std::move(reason);
    return c;
}
auto waits(std::string reason) -> kube::container_status {
    auto c = kube::container_status{};
    c.name = "main";
    c.state.waiting.engage().reason = std::move(reason);
    return c;
}
auto with(std::string phase, kube::container_status c) -> kube::pod {
    auto p = make_pod("p").phase(std::move(phase)).done();
    p.status.container_statuses.push_back(std::move(c));
    return p;
}

} // namespace

TEST_CASE("a row has as many cells as there are columns") {
    CHECK(row_of(make_pod("p").done()).size() == kube::pod_columns().size());
    CHECK(text(row_of(make_pod("p").done())[4]) == "5m");
}

TEST_CASE("a pod that nobody has touched is pending") {
    auto const p = make_pod("p").done();
    CHECK(ready_of(p) == "0/1");
    CHECK(status_of(p) == "Pending");
    CHECK(restarts_of(p) == "0");
    CHECK(text(row_of(p)[6]) == "<none>");
}

TEST_CASE("the state of a container says more than the phase") {
    CHECK(status_of(with("Running", running())) == "Running");
    CHECK(ready_of(with("Running", running())) == "1/1");
    CHECK(status_of(with("Pending", waits("ContainerCreating"))) == "ContainerCreating");
    CHECK(status_of(with("Running", waits("CrashLoopBackOff"))) == "CrashLoopBackOff");
    CHECK(status_of(with("Succeeded", ended(0, "Completed"))) == "Completed");
    CHECK(status_of(with("Failed", ended(1, "Error"))) == "Error");
    CHECK(status_of(with("Failed", ended(3))) == "ExitCode:3");
}

TEST_CASE("a pod on its way out is terminating, unless it is over or its node is lost") {
    auto p = with("Running", running());
    p.metadata.deletion_timestamp = object::timestamp(new_year);
    CHECK(status_of(p) == "Terminating");
    p.status.reason = "NodeLost";
    CHECK(status_of(p) == "Unknown");
    auto over = with("Succeeded", ended(0, "Completed"));
    over.metadata.deletion_timestamp = object::timestamp(new_year);
    CHECK(status_of(over) == "Completed");
}

TEST_CASE("init containers are counted off, and tell what is wrong with them") {
    auto p = make_pod("p").done();
    p.spec.init_containers.resize(2);
    p.spec.init_containers[0].name = "one";
    p.spec.init_containers[1].name = "two";
    p.status.init_container_statuses = {ended(0), waits("")};
    CHECK(status_of(p) == "Init:1/2");
    p.status.init_container_statuses[1] = waits("CrashLoopBackOff");
    CHECK(status_of(p) == "Init:CrashLoopBackOff");
    p.status.init_container_statuses[1] = ended(2);
    CHECK(status_of(p) == "Init:ExitCode:2");
}

TEST_CASE("a sidecar counts among the containers") {
    auto p = with("Running", running());
    p.spec.init_containers.emplace_back().name = "side";
    p.spec.init_containers[0].restart_policy.engage() = "Always";
    auto side = running();
    side.name = "side";
    side.started = true;
    p.status.init_container_statuses.push_back(side);
    CHECK(ready_of(p) == "2/2");
    CHECK(status_of(p) == "Running");
}

TEST_CASE("restarts are told with the time of the last") {
    auto c = running();
    c.restart_count = 3;
    CHECK(restarts_of(with("Running", c)) == "3");
    c.last_state.terminated.engage().finished_at = object::timestamp(new_year + seconds(240));
    CHECK(restarts_of(with("Running", c)) == "3 (60s ago)");
}

TEST_CASE("a pod that is held by a gate says so") {
    auto p = make_pod("p").condition("PodScheduled", "False").done();
    p.status.conditions[0].reason = "SchedulingGated";
    CHECK(status_of(p) == "SchedulingGated");
    p.spec.readiness_gates.emplace_back().condition_type = "example.com/ok";
    CHECK(text(row_of(p)[8]) == "0/1");
}

TEST_CASE("the row of a pod that is over says how it went") {
    CHECK(kube::pod_completion(with("Succeeded", ended(0))).reason == "Succeeded");
    CHECK(kube::pod_completion(with("Failed", ended(1))).message == "The pod failed.");
    CHECK(kube::pod_completion(with("Running", running())).reason.empty());
}
