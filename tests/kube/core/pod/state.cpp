/// \file
/// What can be read off a pod.

#include "../../vocabulary.hpp"

#include <berth/kube/core/pod/state.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto container_of(std::string requests_cpu, std::string limits_cpu, std::string limits_memory = "")
    -> kube::container {
    auto c = kube::container{};
    if (!requests_cpu.empty()) c.resources.requests["cpu"] = object::quantity::parse(requests_cpu).value();
    if (!limits_cpu.empty()) c.resources.limits["cpu"] = object::quantity::parse(limits_cpu).value();
    if (!limits_memory.empty()) c.resources.limits["memory"] = object::quantity::parse(limits_memory).value();
    return c;
}
auto condition(std::string type, std::string status) -> kube::pod_condition {
    auto c = kube::pod_condition{};
    c.type = std::move(type);
    c.status = std::move(status);
    return c;
}

} // namespace

TEST_CASE(
    "a pod is over when it succeeded or failed, and active when it is neither over nor on its way out") {
    CHECK(kube::is_finished(make_pod("p").phase("Succeeded").done()));
    CHECK(kube::is_finished(make_pod("p").phase("Failed").done()));
    CHECK_FALSE(kube::is_finished(make_pod("p").phase("Running").done()));
    CHECK(kube::is_active(make_pod("p").done()));
    CHECK_FALSE(kube::is_active(make_pod("p").deleting().done()));
    CHECK_FALSE(kube::is_active(make_pod("p").phase("Failed").done()));
}

TEST_CASE("a pod is available when it has been ready for as long as is asked for") {
    auto const p = make_pod("p").ready(new_year).done();
    CHECK(kube::is_available(p, 0, new_year));
    CHECK_FALSE(kube::is_available(p, 10, new_year + seconds(9)));
    CHECK(kube::is_available(p, 10, new_year + seconds(10)));
    CHECK_FALSE(kube::is_available(make_pod("p").condition("Ready", "False").done(), 0, new_year));
    CHECK_FALSE(kube::is_available(make_pod("p").done(), 0, new_year));
}

TEST_CASE("a condition's time of transition moves only when its status does") {
    auto all = object::list<kube::pod_condition>();
    CHECK(kube::set_condition(all, condition("Ready", "False"), new_year));
    CHECK_FALSE(kube::set_condition(all, condition("Ready", "False"), new_year + seconds(1)));
    auto with_reason = condition("Ready", "False");
    with_reason.reason = "Slow";
    CHECK(kube::set_condition(all, with_reason, new_year + seconds(2)));
    REQUIRE(all.size() == 1);
    CHECK(all[0].reason == "Slow");
    CHECK(all[0].last_transition_time.time() == new_year);
    CHECK(kube::set_condition(all, condition("Ready", "True"), new_year + seconds(3)));
    CHECK(all[0].last_transition_time.time() == new_year + seconds(3));
    CHECK(kube::set_condition(all, condition("Other", "True"), new_year));
    CHECK(all.size() == 2);
}

TEST_CASE("a pod's class of service follows from what its containers ask for and may use") {
    auto spec = kube::pod_spec{};
    spec.containers = {container_of("", "")};
    CHECK(kube::qos_class(spec) == "BestEffort");
    spec.containers = {container_of("0", "")};
    CHECK(kube::qos_class(spec) == "BestEffort");
    spec.containers = {container_of("1", "1", "1Gi")};
    CHECK(kube::qos_class(spec) == "Guaranteed");
    spec.containers = {container_of("", "1", "1Gi"), container_of("", "", "")};
    CHECK(kube::qos_class(spec) == "Burstable");
    spec.containers = {container_of("500m", "1", "1Gi")};
    CHECK(kube::qos_class(spec) == "Burstable");
    spec.containers = {container_of("1", "1", "1Gi")};
    spec.init_containers = {container_of("1", "")};
    CHECK(kube::qos_class(spec) == "Burstable");
}

TEST_CASE("what a pod asks for as a whole decides its class of service") {
    auto spec = kube::pod_spec{};
    spec.containers = {container_of("1", "")};
    spec.resources.engage() = container_of("", "2", "1Gi").resources;
    CHECK(kube::qos_class(spec) == "Guaranteed");
}

TEST_CASE("a pod that is made to go has a condition that says why") {
    auto const c = kube::disruption_target("DeletionByPodGC", "PodGC: node no longer exists");
    CHECK(c.type == "DisruptionTarget");
    CHECK(c.status == "True");
    CHECK(c.reason == "DeletionByPodGC");
    CHECK(c.message == "PodGC: node no longer exists");
}

TEST_CASE("a pod that is ready becomes available when it has been so for long enough") {
    auto const p = make_pod("p").ready(new_year).done();
    CHECK(kube::until_available(p, 10, new_year + seconds(4)) == seconds(6));
    CHECK(!kube::until_available(p, 10, new_year + seconds(10)));
    CHECK(!kube::until_available(p, 0, new_year));
    CHECK(!kube::until_available(make_pod("p").done(), 10, new_year));
}
