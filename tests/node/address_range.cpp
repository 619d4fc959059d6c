/// \file
/// Ranges of which addresses are taken and given back.

#include <berth/node/address_range.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>

using namespace berth;

TEST_CASE("a range is an IPv4 address with a length from 8 to 30") {
    CHECK(node::address_range::parse("10.244.3.0/24").has_value());
    for (auto const* const text : {"", "10.0.0.0", "10.0.0.0/", "10.0.0.0/31", "10.0.0.0/7", "10.0.0/24",
                                   "::/64", "10.0.0.0/2x", "10.0.0.0/99999999999"})
        CHECK_FALSE(node::address_range::parse(text).has_value());
}

TEST_CASE("the first and the last addresses are never given out, and others once") {
    auto r = node::address_range::parse("10.0.0.0/29").value();
    auto all = std::set<std::string>();
    while (auto const a = r.take()) CHECK(all.insert(*a).second);
    CHECK(all == std::set<std::string>{"10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6"});
}

TEST_CASE("an address comes round again as late as possible") {
    auto r = node::address_range::parse("10.0.0.0/29").value();
    CHECK(r.take() == "10.0.0.2");
    r.give_back("10.0.0.2");
    CHECK(r.take() == "10.0.0.3");
}

TEST_CASE("a wish is granted if the address is in the range and free") {
    auto r = node::address_range::parse("10.0.0.0/29").value();
    CHECK(r.take("10.0.0.5") == "10.0.0.5");
    CHECK(r.take("10.0.0.5") == "10.0.0.2");
    CHECK(r.take("10.0.0.1") == "10.0.0.3");
    CHECK(r.take("192.0.2.1") == "10.0.0.4");
}

TEST_CASE("an empty range gives nothing out") { CHECK_FALSE(node::address_range().take().has_value()); }
