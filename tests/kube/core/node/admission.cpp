/// \file
/// What admission adds to new nodes.

#include "../../admission_desk.hpp"

#include <berth/kube/core/node/admission.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a new node takes no pods until it has reported") {
    auto desk = admission_desk();
    auto n = make_node("a").done();
    REQUIRE(desk.create(kube::taint_nodes_by_condition(), n).has_value());
    REQUIRE(n.spec.taints.size() == 1);
    CHECK(n.spec.taints[0].key == "node.kubernetes.io/not-ready");
    CHECK(n.spec.taints[0].effect == "NoSchedule");
    REQUIRE(desk.create(kube::taint_nodes_by_condition(), n).has_value());
    CHECK(n.spec.taints.size() == 1);
    auto later = make_node("a").done();
    REQUIRE(desk.update(kube::taint_nodes_by_condition(), later, n).has_value());
    CHECK(later.spec.taints.empty());
}
