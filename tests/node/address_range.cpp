/// \file
/// Ranges of which addresses are taken and given back.

#include <berth/node/address_range.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string>
#include <vector>

using namespace berth;

TEST_CASE("a range is an address of either family with a length from 8 on") {
    for (auto const* const text :
         {"10.244.3.0/24", "10.0.0.0/31", "10.0.0.7/32", "fd00:10::/64", "fd00::1/128"})
        CHECK(node::address_range::parse(text).has_value());
    for (auto const* const text : {"", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/7", "10.0.0/24",
                                   "::/7", "::/129", "10.0.0.0/2x", "10.0.0.0/99999999999"})
        CHECK_FALSE(node::address_range::parse(text).has_value());
}

TEST_CASE("the first and the last addresses are never given out, and others once") {
    auto r = node::address_range::parse("10.0.0.0/29").value();
    auto all = std::set<std::string>();
    while (auto const a = r.take()) CHECK(all.insert(*a).second);
    CHECK(all == std::set<std::string>{"10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6"});
}

TEST_CASE("of two addresses or one all are given out") {
    auto const all_of = [](std::string const& cidr) {
        auto r = node::address_range::parse(cidr).value();
        auto out = std::vector<std::string>();
        while (auto const a = r.take()) out.push_back(*a);
        return out;
    };
    using words = std::vector<std::string>;
    CHECK(all_of("10.0.0.6/30") == words{"10.0.0.6"});
    CHECK(all_of("10.0.0.7/31") == words{"10.0.0.6", "10.0.0.7"});
    CHECK(all_of("10.0.0.7/32") == words{"10.0.0.7"});
    CHECK(all_of("fd00::4/126") == words{"fd00::6", "fd00::7"});
    CHECK(all_of("fd00::4/127") == words{"fd00::4", "fd00::5"});
    CHECK(all_of("fd00::4/128") == words{"fd00::4"});
}

TEST_CASE("a range of the other family gives its addresses out like any") {
    auto r = node::address_range::parse("fd00:10:20::/64").value();
    CHECK(r.take() == "fd00:10:20::2");
    CHECK(r.take("fd00:10:20::ffff") == "fd00:10:20::ffff");
    CHECK(r.take("10.0.0.1") == "fd00:10:20::3");
    r.give_back("fd00:10:20::3");
    CHECK(r.take("fd00:10:20::3") == "fd00:10:20::3");
    CHECK(r.take("fd00:10:20::1") == "fd00:10:20::4"); // the gateway's
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
