/// \file
/// Addresses and ranges of addresses.

#include <berth/kube/meta/validation/addresses.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("addresses are read") {
    using kube::detail::parse_ip;
    for (auto const* text :
         {"10.9.8.7", "010.0.0.1", "::", "::1", "2001:db8::ffff", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4"})
        CHECK(parse_ip(text));
    for (auto const* text : {"", "1.2.3", "1.2.3.256", "1.2.3.4.5", ":", ":::", "1:2:3:4:5:6:7", "1::2::3",
                             "g::", "1:", "1:2:3:4:5:6:7:8:9", "12345::", "1.2.3.4 ", "::1.2.3"})
        CHECK_FALSE(parse_ip(text));
    CHECK(parse_ip("::ffff:1.2.3.4")->bytes == parse_ip("1.2.3.4")->bytes);
    CHECK(parse_ip("1::")->bytes[1] == 1);
    CHECK(parse_ip("::1")->bytes[15] == 1);
}

TEST_CASE("ranges are addresses with a length") {
    using kube::detail::parse_cidr;
    CHECK(parse_cidr("10.0.0.0/8")->bits == 8);
    CHECK(parse_cidr("2001:db8::/64")->bits == 64);
    for (auto const* text : {"10.0.0.0", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8", "::/129", "/8"})
        CHECK_FALSE(parse_cidr(text));
}
