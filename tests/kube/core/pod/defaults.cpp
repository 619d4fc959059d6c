/// \file
/// What is filled in where the manifest of a pod says nothing.

#include "../../complaints.hpp"

#include <berth/kube/core/pod/defaults.hpp>
#include <berth/object/any_object.hpp>

#include <catch2/catch_test_macros.hpp>

#include <utility>

using namespace test;

namespace {

auto pod_of(std::string image) -> kube::pod {
    auto p = kube::pod();
    p.spec.containers.emplace_back().image = std::move(image);
    return p;
}

} // namespace

TEST_CASE("a pod of one image is complete") {
    auto p = pod_of("busybox");
    set_defaults(p);
    auto const& c = p.spec.containers[0];
    CHECK(c.image_pull_policy == "Always");
    CHECK(c.termination_message_path == "/dev/termination-log");
    CHECK(c.termination_message_policy == "File");
    CHECK(p.spec.restart_policy == "Always");
    CHECK(p.spec.dns_policy == "ClusterFirst");
    CHECK(p.spec.scheduler_name == "default-scheduler");
    CHECK(p.spec.termination_grace_period_seconds == 30);
    CHECK(p.spec.enable_service_links == true);
    CHECK(p.spec.security_context.has_value());
}

TEST_CASE("filling in twice is filling in once") {
    auto p = pod_of("busybox:1");
    p.spec.volumes.emplace_back().name = "v";
    set_defaults(p);
    auto again = p;
    set_defaults(again);
    CHECK(again == p);
    CHECK(p.spec.volumes[0].empty_dir.has_value());
    CHECK(p.spec.containers[0].image_pull_policy == "IfNotPresent");
}

TEST_CASE("limits without requests are requests, in pods but not in templates") {
    auto p = pod_of("b");
    p.spec.containers[0].resources.limits["cpu"] = quantity("2");
    auto t = p.spec;
    set_defaults(p);
    object::apply_defaults(t);
    complete(t);
    CHECK(p.spec.containers[0].resources.requests.get("cpu") == quantity("2"));
    CHECK(t.containers[0].resources.requests.empty());
}

TEST_CASE("a pod's own limits bound its requests") {
    auto p = pod_of("b");
    p.spec.containers[0].resources.requests["cpu"] = quantity("1");
    p.spec.resources.engage().limits["cpu"] = quantity("3");
    p.spec.resources->limits["memory"] = quantity("1Gi");
    set_defaults(p);
    CHECK(p.spec.resources->requests.get("cpu") == quantity("1"));
    CHECK(p.spec.resources->requests.get("memory") == quantity("1Gi"));
}

TEST_CASE("the old and the new name of the service account agree") {
    auto p = pod_of("b");
    p.spec.service_account = "robot";
    set_defaults(p);
    CHECK(p.spec.service_account_name == "robot");
    p.spec.service_account_name = "other";
    set_defaults(p);
    CHECK(p.spec.service_account == "other");
}

TEST_CASE("what a complete pod has in common with another stays in common") {
    auto p = pod_of("b");
    p.spec.containers[0].resources.limits["cpu"] = quantity("2");
    p.spec.volumes.emplace_back().name = "v";
    p.status.pod_ip = "10.0.0.1";
    set_defaults(p);
    auto const whole = object::any_object(std::move(p));
    auto copy = whole.as<kube::pod>();
    auto const& in = whole.as<kube::pod>();
    set_defaults(copy);
    CHECK(std::as_const(copy).spec.containers.data() == in.spec.containers.data());
    CHECK(std::as_const(copy).spec.volumes.data() == in.spec.volumes.data());
    CHECK(std::as_const(copy).status.pod_ips.data() == in.status.pod_ips.data());
}
