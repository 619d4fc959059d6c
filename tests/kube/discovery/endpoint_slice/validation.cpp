/// \file
/// Which endpoint slices are refused.

#include "../../complaints.hpp"

#include <berth/kube/discovery/endpoint_slice/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto sound() -> kube::endpoint_slice {
    auto s = named<kube::endpoint_slice>();
    s.address_type = "IPv4";
    s.endpoints.emplace_back().addresses = {"10.1.2.3"};
    s.ports.push_back({std::string("http"), std::string("TCP"), 80, {}, {}});
    return s;
}

} // namespace

TEST_CASE("addresses of a slice are all of its type") {
    CHECK(complaints(sound()).empty());
    auto s = sound();
    s.endpoints[0].addresses = {"fd00::1", "x", "127.0.0.1"};
    CHECK(complaints(s).size() == 3);
    CHECK(complaints(s)[0] ==
          "endpoints[0].addresses[0]: Invalid value: \"fd00::1\": must be an IPv4 address");
    s.address_type = "FQDN";
    s.endpoints[0].addresses = {"a.example.com.", "local"};
    CHECK(complaints(s) == lines{"endpoints[0].addresses[1]: Invalid value: \"local\": should be a domain "
                                 "with at least two segments separated by dots"});
    s.address_type = "x";
    CHECK(complaints(s, sound()) ==
          lines{"addressType: Unsupported value: \"x\": supported values: \"FQDN\", \"IPv4\", \"IPv6\"",
                "addressType: Invalid value: \"x\": field is immutable"});
}

TEST_CASE("ports of a slice have names of their own, and hints name each place once") {
    auto s = sound();
    s.ports.push_back(s.ports[0]);
    s.ports[1].port = 0;
    s.ports[1].protocol = std::string("ICMP");
    s.endpoints[0].hints.engage().for_zones.push_back({"a", {}});
    s.endpoints[0].hints->for_zones.push_back({"a", {}});
    s.endpoints.emplace_back();
    CHECK(
        complaints(s) ==
        lines{"ports[1].name: Duplicate value: \"http\"",
              "ports[1].protocol: Unsupported value: \"ICMP\": supported values: \"SCTP\", \"TCP\", \"UDP\"",
              "ports[1].port: Invalid value: 0: must be between 1 and 65535, inclusive",
              "endpoints[0].hints.forZones[1].name: Duplicate value: \"a\"",
              "endpoints[1].addresses: Required value: must contain at least 1 address"});
}

TEST_CASE("a slice has a thousand endpoints at most") {
    auto s = sound();
    for (auto i = 0; i < 1000; ++i) s.endpoints.emplace_back();
    CHECK(complaints(s) == lines{"endpoints: Too many: 1001: must have at most 1000 items"});
}
