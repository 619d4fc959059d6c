/// \file
/// The tables of roles and bindings.

#include "../table.hpp"

#include <berth/kube/rbac/role/kind.hpp>
#include <berth/kube/rbac/role_binding/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the table of roles shows when they were made") {
    auto r = kube::role();
    r.metadata.name = "reader";
    r.metadata.creation_timestamp = object::timestamp(new_year);
    CHECK(cells_of(kube::role_kind(), r) == std::vector<std::string>{"reader", "2026-01-01T00:00:00Z"});
    CHECK(kube::role_kind().columns[1].type == "date");
}

TEST_CASE("the table of bindings shows the role, and who has it by their kinds") {
    auto b = kube::role_binding();
    b.metadata.name = "b";
    b.metadata.creation_timestamp = object::timestamp(new_year);
    b.role_ref = {"", "Role", "reader", {}};
    b.subjects.push_back({"User", "", "ann", "", {}});
    b.subjects.push_back({"ServiceAccount", "", "robot", "t", {}});
    b.subjects.push_back({"User", "", "bob", "", {}});
    CHECK(cells_of(kube::role_binding_kind(), b) ==
          std::vector<std::string>{"b", "Role/reader", "100s", "ann, bob", "", "t/robot"});
}
