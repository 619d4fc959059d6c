/// \file
/// Ranges of IP addresses and the order of addresses.

#include <berth/kube/meta/ip_range.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth::kube::detail;

namespace {

auto range(std::string_view text) -> ip_range { return parse_cidr(text).value(); }
auto address(std::string_view text) -> ip_address { return parse_ip(text).value(); }

} // namespace

TEST_CASE("a range has a first and a last address, in both families") {
    CHECK(text_of(network_of(range("10.1.2.3/16")).address) == "10.1.0.0");
    CHECK(text_of(last_of(range("10.1.2.3/16"))) == "10.1.255.255");
    CHECK(text_of(network_of(range("10.1.2.3/31")).address) == "10.1.2.2");
    CHECK(text_of(last_of(range("10.1.2.3/32"))) == "10.1.2.3");
    CHECK(text_of(network_of(range("fd00:10:20:30::5/64")).address) == "fd00:10:20:30::");
    CHECK(text_of(last_of(range("fd00::/127"))) == "fd00::1");
}

TEST_CASE("an address is inside the ranges of its own family that begin as it does") {
    CHECK(is_inside(address("10.1.2.3"), range("10.1.2.0/30")));
    CHECK_FALSE(is_inside(address("10.1.2.4"), range("10.1.2.0/30")));
    CHECK(is_inside(address("fd00::1"), range("::/0")));
    CHECK_FALSE(is_inside(address("10.1.2.3"), range("::/0")));
}

TEST_CASE("addresses follow one another across their bytes") {
    CHECK(text_of(after(address("10.1.255.254"), 3)) == "10.2.0.1");
    CHECK(text_of(after(address("fd00::ffff"))) == "fd00::1:0");
    CHECK(after(address("10.0.0.9"), 0) == address("10.0.0.9"));
    CHECK(is_before(address("10.0.255.0"), address("10.1.0.0")));
    CHECK_FALSE(is_before(address("fd00::1"), address("fd00::1")));
}

TEST_CASE("a bit is set and found where it was set") {
    auto a = address("10.0.0.0");
    set_bit(a, 31, true);
    CHECK(bit_at(a, 31));
    CHECK(text_of(a) == "10.0.0.1");
    set_bit(a, 4, false);
    CHECK(text_of(a) == "2.0.0.1");
}
