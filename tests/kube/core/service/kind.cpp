/// \file
/// How services behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/core/service/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using words = std::vector<std::string>;

auto named_service(std::string type) -> kube::service {
    auto s = kube::service();
    s.metadata.name = "web";
    s.metadata.creation_timestamp = object::timestamp(new_year);
    s.spec.type = std::move(type);
    s.spec.selector["app"] = "web";
    s.spec.cluster_ip = "10.0.0.1";
    s.spec.cluster_ips = {"10.0.0.1"};
    s.spec.ports.resize(2);
    s.spec.ports[0].port = 80;
    s.spec.ports[1].port = 443;
    s.spec.ports[1].node_port = 30443;
    for (auto& p : s.spec.ports) p.protocol = "TCP";
    return s;
}

} // namespace

TEST_CASE("the table of services shows addresses and ports") {
    auto const k = kube::service_kind();
    auto s = named_service("ClusterIP");
    CHECK(headers_of(k) == words{"Name", "Type", "Cluster-IP", "External-IP", "Port(s)", "Age", "Selector"});
    CHECK(cells_of(k, s) ==
          words{"web", "ClusterIP", "10.0.0.1", "<none>", "80/TCP,443:30443/TCP", "100s", "app=web"});
    s.spec.external_ips = {"192.0.2.1", "192.0.2.2"};
    CHECK(cells_of(k, s)[3] == "192.0.2.1,192.0.2.2");
}

TEST_CASE("a balanced service waits for an address from outside") {
    auto s = named_service("LoadBalancer");
    CHECK(cells_of(kube::service_kind(), s)[3] == "<pending>");
    auto& ingress = s.status.load_balancer.ingress;
    ingress.resize(2);
    ingress[0].ip = "192.0.2.9";
    ingress[1].hostname = "a.example.com";
    CHECK(cells_of(kube::service_kind(), s)[3] == "192.0.2.9,a.example.com");
    s = named_service("ExternalName");
    s.spec.external_name = "example.com";
    CHECK(cells_of(kube::service_kind(), s)[3] == "example.com");
}

TEST_CASE("an update takes the policy of traffic from outside away with the addresses there") {
    auto before = named_service("ClusterIP");
    before.spec.external_ips = {"192.0.2.1"};
    before.spec.external_traffic_policy = "Cluster";
    auto now = before;
    now.spec.external_ips.clear();
    kube::service_kind().prepare_update(now, before);
    CHECK(now.spec.external_traffic_policy.empty());
}
