/// \file
/// A cluster's range of addresses, cut into those of nodes.

#include <berth/core/random.hpp>
#include <berth/kube/core/node/controller/ranges.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string>

using namespace berth;
using kube::node_ranges;

namespace {

auto ranges(std::string_view cluster, std::optional<int> prefix = {}) -> node_ranges {
    return node_ranges::of(cluster, prefix).value();
}

} // namespace

TEST_CASE("a cluster's range is cut into ranges of nodes, from its first to its last") {
    auto r = ranges("10.244.0.0/16");
    CHECK(r.size() == 256);
    CHECK(r.take() == "10.244.0.0/24");
    CHECK(r.take() == "10.244.1.0/24");
    for (auto n = 2; n < 255; ++n) CHECK(r.take());
    CHECK(r.free() == 1);
    CHECK(r.take() == "10.244.255.0/24");
    CHECK(!r.take());
}

TEST_CASE("ranges may be of any length, in both families") {
    auto odd = ranges("10.0.0.128/25", 27);
    CHECK(odd.take() == "10.0.0.128/27");
    CHECK(odd.take() == "10.0.0.160/27");
    CHECK(odd.size() == 4);
    auto six = ranges("fd00:10:20::/48");
    CHECK(six.size() == 65536);
    CHECK(six.take() == "fd00:10:20::/64");
    CHECK(six.take() == "fd00:10:20:1::/64");
    six.start_at(0xabcd);
    CHECK(six.take() == "fd00:10:20:abcd::/64");
    auto whole = ranges("10.1.2.3/24", 24);
    CHECK(whole.take() == "10.1.2.0/24");
    CHECK(!whole.take());
}

TEST_CASE("what somebody has is not given away") {
    auto r = ranges("10.244.0.0/22");
    CHECK(r.occupy("10.244.1.0/24"));
    CHECK(r.occupy("10.244.1.0/24"));
    CHECK(r.free() == 3);
    CHECK(r.occupy("10.244.2.64/26")); // a part of one
    CHECK(r.free() == 2);
    CHECK(r.take() == "10.244.0.0/24");
    CHECK(r.take() == "10.244.3.0/24");
    CHECK(!r.take());
}

TEST_CASE("a range that holds several, or all, takes them all") {
    auto r = ranges("10.244.0.0/16");
    CHECK(r.occupy("10.244.64.0/18"));
    CHECK(r.free() == 192);
    CHECK(r.occupy("10.0.0.0/8"));
    CHECK(r.free() == 0);
}

TEST_CASE("what lies elsewhere takes nothing") {
    auto r = ranges("10.244.0.0/16");
    for (auto const* const other :
         {"10.245.0.0/24", "192.168.0.0/16", "fd00::/64", "", "10.244.1.0", "nonsense/24"})
        CHECK(!r.occupy(other));
    CHECK(r.free() == 256);
}

TEST_CASE("a range comes round again after all others") {
    auto r = ranges("10.244.0.0/22");
    r.start_at(3);
    CHECK(r.take() == "10.244.3.0/24");
    CHECK(r.take() == "10.244.0.0/24");
    r.start_at(5);
    CHECK(r.take() == "10.244.1.0/24");
}

TEST_CASE("what cannot be cut is refused with the reason") {
    auto const why = [](std::string_view cluster, std::optional<int> prefix = {}) {
        auto const made = node_ranges::of(cluster, prefix);
        REQUIRE(!made);
        CHECK(made.error().code == error_code::invalid);
        return made.error().message;
    };
    CHECK(why("10.244.0.0") ==
          R"("10.244.0.0" is not a range of addresses such as 10.244.0.0/16 or fd00:10::/48)");
    CHECK(why("10.244.0.0/16", 12) ==
          "a node's range with a prefix of 12 bits does not fit into the cluster's, 10.244.0.0/16");
    CHECK(why("10.244.0.0/16", 33).find("33 bits") != std::string::npos);
    CHECK(why("10.0.0.0/28").find("24 bits does not fit") != std::string::npos);
    CHECK(why("fd00::/40") == "a node's range may have a prefix of at most 56 bits in fd00::/40, not 64");
    CHECK(why("0.0.0.0/4", 30) == "a node's range may have a prefix of at most 28 bits in 0.0.0.0/4, not 30");
}

TEST_CASE("nothing is given twice, whatever was taken before", "[random]") {
    for (auto seed = 1U; seed <= 200; ++seed) {
        auto draw = berth::random_engine(seed);
        auto const bits = static_cast<int>(8 + draw.below(14));
        auto const more = static_cast<int>(draw.below(9));
        auto r = ranges("10.0.0.0/" + std::to_string(bits), bits + more);
        auto others = std::set<std::string>();
        auto helper = r;
        for (auto n = draw.below(r.size() + 1); n > 0; --n) {
            helper.start_at(draw.below(r.size()));
            auto const one = helper.take();
            CHECK(r.occupy(*one));
            others.insert(*one);
        }
        CHECK(r.free() == r.size() - others.size());
        r.start_at(draw.below(r.size()));
        while (auto const one = r.take()) CHECK(others.insert(*one).second);
        CHECK(others.size() == r.size());
    }
}
