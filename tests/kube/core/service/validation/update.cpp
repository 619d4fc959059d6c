/// \file
/// Changes of services: what is refused, where and in which words.

#include "../sound_service.hpp"

#include <berth/kube/core/service/validation/update.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a service's address stays") {
    auto before = sound_service();
    before.spec.cluster_ip = "10.0.0.1";
    before.spec.cluster_ips = {"10.0.0.1"};
    auto now = before;
    now.spec.cluster_ip = "10.0.0.2";
    now.spec.cluster_ips = {"10.0.0.2"};
    CHECK(complaints(now, before) ==
          lines{"spec.clusterIPs[0]: Invalid value: [\"10.0.0.2\"]: may not change once set"});
}

TEST_CASE("a service may move to another address together with its type") {
    auto before = sound_service();
    before.spec.cluster_ip = "10.0.0.1";
    before.spec.cluster_ips = {"10.0.0.1"};
    auto now = sound_service();
    now.spec.type = "ExternalName";
    now.spec.external_name = "example.com";
    CHECK(complaints(now, before).empty());
}

TEST_CASE("the class of a balancer is complained of as a change and as what it is") {
    auto const before = sound_service();
    auto now = before;
    now.spec.load_balancer_class.engage() = "example.com/x";
    auto const why = "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'";
    CHECK(complaints(now, before) == lines{why, why});
}
