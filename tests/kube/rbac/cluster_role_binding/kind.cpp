/// \file
/// How bindings of roles of the cluster behave in the API.

#include "../../complaints.hpp"

#include <berth/kube/rbac/cluster_role_binding/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a binding of the cluster gives roles of the cluster only, to service accounts of a namespace") {
    auto b = named<kube::cluster_role_binding>();
    b.role_ref.kind = "Role";
    b.role_ref.name = "reader";
    b.subjects.push_back({"ServiceAccount", "", "robot", "", {}});
    kube::cluster_role_binding_kind().set_defaults(b);
    CHECK(complaints(b) ==
          lines{"roleRef.kind: Unsupported value: \"Role\": supported values: \"ClusterRole\"",
                "subjects[0].namespace: Required value"});
    auto other = b;
    other.role_ref.kind = "ClusterRole";
    CHECK(complaints(other, b).size() == 2);
}
