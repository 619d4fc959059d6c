/// \file
/// Which network policies are refused.

#include "../../complaints.hpp"

#include <berth/kube/networking/network_policy/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("ports of a policy are numbers, names, or ranges of numbers") {
    auto p = named<kube::network_policy>();
    auto& ports = p.spec.ingress.emplace_back().ports;
    ports.emplace_back().end_port = 9;
    ports.emplace_back().port = 80;
    ports.back().end_port = 79;
    ports.emplace_back().port = object::int_or_string("http");
    ports.back().end_port = 80;
    ports.emplace_back().protocol = std::string("ICMP");
    auto const at = std::string("spec.ingress[0].ports");
    CHECK(
        complaints(p) ==
        lines{at + "[0].endPort: Invalid value: 9: may not be specified when `port` is not specified",
              at + "[1].endPort: Invalid value: 80: must be greater than or equal to `port`",
              at + "[2].endPort: Invalid value: 80: may not be specified when `port` is non-numeric",
              at +
                  "[3].protocol: Unsupported value: \"ICMP\": supported values: \"TCP\", \"UDP\", \"SCTP\""});
}

TEST_CASE("a peer is selected or is a range, whose exceptions lie within") {
    auto p = named<kube::network_policy>();
    auto& to = p.spec.egress.emplace_back().to;
    to.emplace_back();
    auto& block = to.emplace_back().ip_block.engage();
    block.cidr = "10.0.0.0/8";
    block.except = {"10.1.0.0/16", "11.0.0.0/16", "10.0.0.0/8"};
    to.emplace_back(to[1]).pod_selector.engage();
    to[2].ip_block->except.clear();
    CHECK(complaints(p) ==
          lines{"spec.egress[0].to[0]: Required value: must specify a peer",
                "spec.egress[0].to[1].ipBlock.except[1]: Invalid value: \"11.0.0.0/16\": must be a strict "
                "subset of `cidr`",
                "spec.egress[0].to[1].ipBlock.except[2]: Invalid value: \"10.0.0.0/8\": must be a strict "
                "subset of `cidr`",
                "spec.egress[0].to[2]: Forbidden: may not specify both ipBlock and another peer"});
    CHECK(complaints(p, p).size() == 8); // Kubernetes tells each twice
}

TEST_CASE("a policy is about two ways at most") {
    auto p = named<kube::network_policy>();
    p.spec.policy_types = {"Ingress", "Up"};
    CHECK(complaints(p) == lines{"spec.policyTypes[1]: Unsupported value: \"Up\": supported values: "
                                 "\"Ingress\", \"Egress\""});
    p.spec.policy_types.resize(3);
    CHECK(complaints(p).size() == 1);
}
