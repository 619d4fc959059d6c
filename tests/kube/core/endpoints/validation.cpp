/// \file
/// Endpoints: what is refused, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/core/endpoints/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto at(std::string ip) -> kube::endpoints {
    auto e = named<kube::endpoints>();
    auto& s = e.subsets.emplace_back();
    s.addresses.emplace_back().ip = std::move(ip);
    auto& p = s.ports.emplace_back();
    p.port = 80;
    p.protocol = "TCP";
    return e;
}

} // namespace

TEST_CASE("endpoints are addresses of the network") {
    CHECK(complaints(at("192.0.2.7")).empty());
    CHECK(complaints(at("1.2.3")) ==
          lines{"subsets[0].addresses[0].ip: Invalid value: \"1.2.3\": must be a valid IP address, (e.g. "
                "10.9.8.7 or 2001:db8::ffff)",
                "subsets[0].addresses[0].ip: Invalid value: \"1.2.3\": must be a valid IP address"});
    CHECK(complaints(at("127.0.0.1")) ==
          lines{"subsets[0].addresses[0].ip: Invalid value: \"127.0.0.1\": may not be in the loopback range "
                "(127.0.0.0/8, ::1/128)"});
}

TEST_CASE("an address that is there may stay as it is written") {
    auto const old = at("1.2.3");
    CHECK(complaints(old, old) ==
          lines{"subsets[0].addresses[0].ip: Invalid value: \"1.2.3\": must be a valid IP address"});
}

TEST_CASE("a subset has addresses, and names for several ports") {
    auto e = at("192.0.2.7");
    e.subsets[0].addresses = {};
    e.subsets[0].ports[0].port = 0;
    auto& p = e.subsets[0].ports.emplace_back();
    p.name = "-x";
    p.port = 1;
    p.protocol = "tcp";
    auto const told = complaints(e);
    REQUIRE(told.size() == 5);
    CHECK(told[0] == "subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`");
    CHECK(told[1] == "subsets[0].ports[0].name: Required value");
    CHECK(told[2] == "subsets[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive");
    CHECK(told[3].starts_with("subsets[0].ports[1].name: Invalid value: \"-x\": a lowercase RFC 1123 label"));
    CHECK(told[4] == "subsets[0].ports[1].protocol: Unsupported value: \"tcp\": supported values: \"SCTP\", "
                     "\"TCP\", \"UDP\"");
}
