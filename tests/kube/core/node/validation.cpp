/// \file
/// Nodes: what is refused, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/core/node/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("taints are there once, with an effect") {
    auto n = named<kube::node>();
    auto& t = n.spec.taints.emplace_back();
    t.key = "k";
    CHECK(complaints(n) == lines{"metadata.taints[0].effect: Required value"});
    n.spec.taints[0].effect = "NoSchedule";
    n.spec.taints.push_back(n.spec.taints[0]);
    CHECK(complaints(n) ==
          lines{"metadata.taints[1]: Duplicate value: {\"Key\":\"k\",\"Value\":\"\",\"Effect\":"
                "\"NoSchedule\",\"TimeAdded\":null}: taints must be unique by key and effect pair"});
}
