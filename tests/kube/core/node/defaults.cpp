/// \file
/// Nodes whose manifests say little.

#include "../../complaints.hpp"

#include <berth/kube/core/node/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("what a node has is what pods may have, unless it says otherwise") {
    auto n = named<kube::node>();
    n.status.capacity["cpu"] = quantity("4");
    set_defaults(n);
    CHECK(n.status.allocatable == n.status.capacity);
    n.status.allocatable["cpu"] = quantity("3");
    set_defaults(n);
    CHECK(n.status.allocatable.get("cpu") == quantity("3"));
}

TEST_CASE("the old field for a range of addresses and the new one agree; the old one wins") {
    auto n = named<kube::node>();
    n.spec.pod_cidrs = {"10.0.0.0/24", "fd00::/64"};
    set_defaults(n);
    CHECK(n.spec.pod_cidr == "10.0.0.0/24");
    n.spec.pod_cidr = "10.1.0.0/24";
    set_defaults(n);
    CHECK(n.spec.pod_cidrs == lines{"10.1.0.0/24"});
}
