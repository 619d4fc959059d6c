/// \file
/// Services whose manifests say little.

#include <berth/kube/core/service/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

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
