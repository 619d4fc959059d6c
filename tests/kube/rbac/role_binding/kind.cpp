/// \file
/// How bindings of roles behave in the API.

#include "../../complaints.hpp"

#include <berth/kube/rbac/role_binding/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a binding in a namespace gives roles of both kinds, to service accounts of any namespace") {
    auto const k = kube::role_binding_kind();
    for (auto const* const kind : {"Role", "ClusterRole"}) {
        auto b = named<kube::role_binding>();
        b.role_ref.kind = kind;
        b.role_ref.name = "system:reader";
        b.subjects.push_back({"ServiceAccount", "", "robot", "", {}});
        k.set_defaults(b);
        CHECK(complaints(b).empty());
        auto other = b;
        other.role_ref.name = "writer";
        CHECK(complaints(other, b).size() == 1);
    }
}
