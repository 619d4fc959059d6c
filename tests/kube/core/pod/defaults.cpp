/// \file
/// What is filled in where a manifest says nothing.

#include <berth/kube/apps/deployment/defaults.hpp>
#include <berth/kube/apps/replica_set/defaults.hpp>
#include <berth/kube/core/namespace/defaults.hpp>
#include <berth/kube/core/node/defaults.hpp>
#include <berth/kube/core/pod/defaults.hpp>
#include <berth/kube/core/secret/defaults.hpp>
#include <berth/kube/core/service/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

auto pod_of(std::string image) -> kube::pod {
    auto p = kube::pod();
    p.spec.containers.emplace_back().image = std::move(image);
    return p;
}

auto quantity(std::string_view text) -> object::quantity { return *object::quantity::parse(text); }

} // namespace

TEST_CASE("images without a tag are the latest") {
    CHECK(kube::image_tag("busybox") == "latest");
    CHECK(kube::image_tag("registry.example.com:5000/team/app") == "latest");
    CHECK(kube::image_tag("registry.example.com:5000/team/app:1.0") == "1.0");
    CHECK(kube::image_tag("app:1.0@sha256:0123456789abcdef0123456789abcdef") == "1.0");
}

TEST_CASE("images that are none have no tag") {
    for (auto const* image : {"", " b", "B:1", "a//b", "a:", "a@sha256:12", "a..b", "app@sha256:zz"})
        CHECK(kube::image_tag(image).empty());
    CHECK(kube::image_tag("app@sha256:0123456789abcdef0123456789abcdef").empty());
}

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
    set_defaults(t);
    CHECK(p.spec.containers[0].resources.requests.get("cpu") == quantity("2"));
    CHECK(t.containers[0].resources.requests.empty());
}

TEST_CASE("amounts finer than a thousandth are rounded up") {
    auto p = pod_of("b");
    p.spec.containers[0].resources.requests["cpu"] = quantity("100u");
    set_defaults(p);
    CHECK(p.spec.containers[0].resources.requests.get("cpu").to_string() == "1m");
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

TEST_CASE("deployments roll a quarter at a time") {
    auto d = kube::deployment();
    set_defaults(d);
    CHECK(d.spec.replicas == 1);
    CHECK(d.spec.strategy.rolling_update->max_surge == object::int_or_string("25%"));
    CHECK(d.spec.revision_history_limit == 10);
    auto recreate = kube::deployment();
    recreate.spec.strategy.type = "Recreate";
    set_defaults(recreate);
    CHECK_FALSE(recreate.spec.strategy.rolling_update.has_value());
}

TEST_CASE("services are inside the cluster unless they say otherwise") {
    auto s = kube::service();
    s.spec.ports.emplace_back().port = 80;
    set_defaults(s);
    CHECK(s.spec.type == "ClusterIP");
    CHECK(s.spec.ports[0].protocol == "TCP");
    CHECK(s.spec.ports[0].target_port.number() == 80);
    CHECK(s.spec.external_traffic_policy.empty());
    auto open = kube::service();
    open.spec.type = "NodePort";
    set_defaults(open);
    CHECK(open.spec.external_traffic_policy == "Cluster");
}

TEST_CASE("a namespace wears its name") {
    auto n = kube::namespace_();
    n.metadata.name = "t";
    set_defaults(n);
    CHECK(n.metadata.labels.get("kubernetes.io/metadata.name") == "t");
    CHECK(n.status.phase == "Active");
}

TEST_CASE("texts of secrets become data") {
    auto s = kube::secret();
    s.string_data["a"] = "b";
    set_defaults(s);
    CHECK(s.data.get("a").data == "b");
    CHECK(s.string_data.empty());
    CHECK(s.type == "Opaque");
}
