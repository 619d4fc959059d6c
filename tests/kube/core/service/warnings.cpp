/// \file
/// What writers of services are warned of.

#include "../../complaints.hpp"

#include <berth/kube/core/service/warnings.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("members of a service that its type ignores are told") {
    auto s = named<kube::service>();
    s.spec.type = "ClusterIP";
    CHECK(warnings_of(s).empty());
    s.spec.external_name = "example.com";
    s.spec.load_balancer_ip = "192.0.2.1";
    CHECK(warnings_of(s) == lines{"spec.externalName is ignored when spec.type is not \"ExternalName\"",
                                  "spec.loadBalancerIP is ignored when spec.type is not \"LoadBalancer\""});
    s.spec.type = "ExternalName";
    CHECK(warnings_of(s).size() == 1);
}

TEST_CASE("what goes out of use is told") {
    auto s = named<kube::service>();
    s.spec.external_ips = {"192.0.2.1"};
    s.metadata.annotations["service.kubernetes.io/topology-aware-hints"] = "auto";
    CHECK(warnings_of(s).size() == 2);
}
