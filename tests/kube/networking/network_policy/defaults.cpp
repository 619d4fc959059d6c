/// \file
/// What a network policy is when its manifest does not say.

#include "../../vocabulary.hpp"

#include <berth/kube/networking/network_policy/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a policy is about what comes in, and about what goes out if it says something of that") {
    auto p = kube::network_policy();
    p.spec.ingress.emplace_back().ports.emplace_back();
    set_defaults(p);
    CHECK(p.spec.policy_types == std::vector<std::string>{"Ingress"});
    CHECK(*p.spec.ingress[0].ports[0].protocol == "TCP");
    p.spec.policy_types.clear();
    p.spec.egress.emplace_back();
    set_defaults(p);
    CHECK(p.spec.policy_types == std::vector<std::string>{"Ingress", "Egress"});
}
