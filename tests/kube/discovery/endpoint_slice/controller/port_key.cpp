/// \file
/// Sets of ports as keys.

#include <berth/kube/discovery/endpoint_slice/controller/port_key.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

auto port(std::string name, std::int32_t number, std::string protocol = "TCP") -> kube::slice_port {
    auto out = kube::slice_port();
    out.name = std::move(name);
    out.protocol = std::move(protocol);
    out.port = number;
    return out;
}

auto names(object::list<kube::slice_port> ports) -> std::string {
    kube::sort_ports(ports);
    auto out = std::string();
    for (auto const& p : ports) out += *p.name + " ";
    return out;
}

} // namespace

TEST_CASE("the hash is FNV-1a of 128 bits") {
    CHECK(kube::detail::fnv_128a("") == kube::detail::wide_hash{0x6c62272e07bb0142U, 0x62b821756295c58dU});
    CHECK(kube::detail::fnv_128a("a") == kube::detail::wide_hash{0xd228cb696f1a8cafU, 0x78912b704e4a8964U});
}

TEST_CASE("ports are in the order that Kubernetes gives them, which their numbers decide") {
    auto ports = object::list<kube::slice_port>();
    ports.push_back(port("http", 8080));
    ports.push_back(port("dns", 53, "UDP"));
    CHECK(names(ports) == "http dns ");
    ports[0] = port("http", 9090);
    CHECK(names(ports) == "dns http ");
}

TEST_CASE("the order of ports does not matter to their key, all else does") {
    auto some = object::list<kube::slice_port>();
    some.push_back(port("a", 1));
    some.push_back(port("b", 2));
    auto reversed = object::list<kube::slice_port>();
    reversed.push_back(port("b", 2));
    reversed.push_back(port("a", 1));
    CHECK(kube::port_key(some) == kube::port_key(reversed));
    reversed[0].app_protocol = std::string("h2c");
    CHECK(kube::port_key(some) != kube::port_key(reversed));
    reversed[0] = kube::slice_port();
    CHECK(kube::detail::go_dump(reversed[0]) ==
          "(v1.EndpointPort){Name:(*string)<nil> Protocol:(*v1.Protocol)<nil> Port:(*int32)<nil> "
          "AppProtocol:(*string)<nil>}");
}
