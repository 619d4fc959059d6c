/// \file
/// How pods behave in the API.

#include "../../vocabulary.hpp"

#include <berth/kube/core/pod/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a new pod is pending, of a class of service, and held by its gates") {
    auto p = make_pod("p").phase("Running").done();
    auto const k = kube::pod_kind();
    k.prepare_create(p);
    CHECK(p.status.phase == "Pending");
    CHECK(p.status.qos_class == "BestEffort");
    CHECK(p.status.conditions.empty());
    p.spec.scheduling_gates.emplace_back().name = "example.com/a";
    k.prepare_create(p);
    REQUIRE(p.status.conditions.size() == 1);
    CHECK(p.status.conditions[0].reason == "SchedulingGated");
}

TEST_CASE("a pod that runs has time to end") {
    auto const grace = kube::pod_kind().grace;
    CHECK(grace(make_pod("p").done(), 5) == 0);
    CHECK(grace(make_pod("p").on("n").phase("Succeeded").done(), 5) == 0);
    CHECK(grace(make_pod("p").on("n").phase("Running").done(), 5) == 5);
    CHECK(grace(make_pod("p").on("n").phase("Running").done(), std::nullopt) == 30);
    CHECK(grace(make_pod("p").on("n").phase("Running").done(), -3) == 1);
}

namespace {

/// Binds a pod in a world in which there is nothing to look up.
auto bind(kube::pod& p, kube::binding const& b) -> result<object::any_object> {
    auto const world = api::admission_world{{}, {}, {}, {}, new_year};
    auto const who = api::system_identity("kube-scheduler");
    auto const k = api::kind(kube::pod_kind());
    return k.find<api::action>("binding")->apply(&p, &b, {world, who, new_year, false, 0});
}

} // namespace

TEST_CASE("a pod is bound to a node once") {
    auto p = make_pod("p").done();
    auto b = kube::binding();
    CHECK(bind(p, b).error().code == error_code::invalid);
    b.target.name = "n";
    b.metadata.annotations["why"] = "room";
    REQUIRE(bind(p, b).has_value());
    CHECK(p.spec.node_name == "n");
    CHECK(p.metadata.annotations.get("why") == "room");
    CHECK(kube::has_condition(p, "PodScheduled"));
    auto const again = bind(p, b);
    CHECK(again.error().code == error_code::conflict);
    CHECK(again.error().message.ends_with("pod p is already assigned to node \"n\""));
}

TEST_CASE("a pod that waits at a gate, goes away or is another one is not bound") {
    auto b = kube::binding();
    b.target.name = "n";
    auto const refused = [&](kube::pod p) {
        auto const done = bind(p, b);
        return done ? std::string() : done.error().message;
    };
    auto gated = make_pod("p").done();
    gated.spec.scheduling_gates.emplace_back().name = "example.com/a";
    CHECK(refused(gated).ends_with("pod p has non-empty .spec.schedulingGates"));
    CHECK(refused(make_pod("p").deleting().done()).ends_with("cannot be assigned to a host"));
    b.metadata.uid = "other";
    CHECK(
        refused(make_pod("p").done()).ends_with("UID in precondition: other, UID in object meta: uid-of-p"));
}

TEST_CASE("pods are found by node, phase and addresses") {
    auto p = make_pod("p").on("n").done();
    p.status.pod_ips.resize(2);
    p.status.pod_ips[0].ip = "10.0.0.1";
    p.status.pod_ips[1].ip = "fd00::1";
    auto const k = api::kind(kube::pod_kind());
    CHECK(k.field_value(&p, "spec.nodeName") == "n");
    CHECK(k.field_value(&p, "status.phase") == "Pending");
    CHECK(k.field_value(&p, "status.podIP") == "10.0.0.1");
    CHECK(k.field_value(&p, "status.podIPs") == "10.0.0.1,fd00::1");
    CHECK(k.field_value(&p, "spec.hostNetwork") == "false");
}
