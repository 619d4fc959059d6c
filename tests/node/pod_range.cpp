/// \file
/// Ranges that nodes take for themselves: no two the same, whoever comes first.

#include <berth/core/random.hpp>
#include <berth/node/pod_range.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <vector>

using namespace berth;
using node::own_pod_cidrs;
using node::preferred_pod_cidr;

namespace {

auto node_of(std::string name, std::int64_t created, std::string cidr = {}) -> object::stored<kube::node> {
    auto n = kube::node();
    n.metadata.name = std::move(name);
    n.metadata.creation_timestamp = object::timestamp(time_point::from_unix_seconds(created));
    n.spec.pod_cidr = cidr;
    if (!cidr.empty()) n.spec.pod_cidrs = {std::move(cidr)};
    return object::stored<kube::node>({object::any_object(std::move(n)), 1});
}

} // namespace

TEST_CASE("numbers of names lead to ranges of their own", "[node][pod_range]") {
    CHECK(preferred_pod_cidr("node-3") == "10.244.3.0/24");
    CHECK(preferred_pod_cidr("node-255") == "10.244.255.0/24");
    CHECK(preferred_pod_cidr("node-256") == "10.0.128.0/25");
    CHECK(preferred_pod_cidr("node-257") == "10.0.128.128/25");
    CHECK(preferred_pod_cidr("alpha") == preferred_pod_cidr("alpha"));
    CHECK(preferred_pod_cidr("alpha") != preferred_pod_cidr("beta"));
    auto all = std::set<std::string>();
    for (auto i = 0; i < 100'000; ++i) all.insert(preferred_pod_cidr("worker-" + std::to_string(i)));
    CHECK(all.size() == 100'000);
    CHECK_FALSE(preferred_pod_cidr("worker-99999999999999999999999").empty());
}

TEST_CASE("a node takes the next range where the one it prefers is another's", "[node][pod_range]") {
    auto const nodes = std::vector{node_of("a-1", 5), node_of("b-1", 4), node_of("c-1", 9, "10.244.1.0/24"),
                                   node_of("d-3", 1, "10.244.2.128/25")};
    auto const out = own_pod_cidrs(nodes);
    REQUIRE(out.size() == 2);
    CHECK(out.at("b-1") == "10.244.3.0/24");
    CHECK(out.at("a-1") == "10.244.4.0/24");
    auto const large = std::vector{node_of("a-7", 5), node_of("b", 4, "10.244.0.0/16")};
    CHECK(own_pod_cidrs(large).at("a-7") == "10.0.128.0/25");
    CHECK(own_pod_cidrs({}).empty());
}

TEST_CASE("whoever writes first, each node gets what it was to get", "[node][pod_range]") {
    for (auto seed = std::uint64_t{1}; seed <= 50; ++seed) {
        auto draw = berth::random_engine(seed);
        auto nodes = std::vector<object::stored<kube::node>>();
        for (auto i = 0; i < 30; ++i)
            nodes.push_back(node_of("p" + std::to_string(i) + "-" + std::to_string(draw.below(9)),
                                    static_cast<std::int64_t>(draw.below(4)),
                                    i % 7 == 0 ? "10.244." + std::to_string(i) + ".0/24" : ""));
        auto const wanted = own_pod_cidrs(nodes);
        auto different = std::set<std::string>();
        for (auto const& [name, cidr] : wanted) different.insert(cidr);
        REQUIRE(different.size() == wanted.size());
        for (auto left = wanted.size(); left > 0; --left) {
            auto& n = nodes[draw.below(nodes.size())];
            if (n->spec.pod_cidr.empty())
                n = node_of(n->metadata.name, n->metadata.creation_timestamp.time().unix_seconds(),
                            wanted.at(n->metadata.name));
            for (auto const& [name, cidr] : own_pod_cidrs(nodes)) REQUIRE(wanted.at(name) == cidr);
        }
    }
}
