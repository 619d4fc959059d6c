/// \file
/// Which bindings are refused.

#include "../../complaints.hpp"

#include <berth/kube/rbac/validation/binding.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a binding names a role that can be bound, and subjects by their kinds") {
    constexpr std::string_view kinds[] = {"ClusterRole"};
    auto subjects = object::list<kube::subject>();
    subjects.push_back({"ServiceAccount", "x", "Robot", "", {}});
    subjects.push_back({"User", "", "ann", "", {}});
    subjects.push_back({"Robot", "", "", "", {}});
    auto const said = said_by([&](auto& errors) {
        kube::detail::validate_binding({"x", "Role", "", {}}, kinds, subjects, false, errors);
    });
    REQUIRE(said.size() == 9);
    CHECK(said[0] ==
          "roleRef.apiGroup: Unsupported value: \"x\": supported values: \"rbac.authorization.k8s.io\"");
    CHECK(said[1] == "roleRef.kind: Unsupported value: \"Role\": supported values: \"ClusterRole\"");
    CHECK(said[2] == "roleRef.name: Required value");
    CHECK(said[4] == "subjects[0].apiGroup: Unsupported value: \"x\": supported values: \"\"");
    CHECK(said[5] == "subjects[0].namespace: Required value");
    CHECK(said[6] ==
          "subjects[1].apiGroup: Unsupported value: \"\": supported values: \"rbac.authorization.k8s.io\"");
    CHECK(said[7] == "subjects[2].name: Required value");
    CHECK(said[8] == "subjects[2].kind: Unsupported value: \"Robot\": supported values: \"ServiceAccount\", "
                     "\"User\", \"Group\"");
}

TEST_CASE("the role of a binding stays") {
    auto const a = kube::role_ref{"g", "Role", "a", {}};
    auto const b = kube::role_ref{"g", "Role", "b", {}};
    CHECK(said_by([&](auto& errors) { kube::detail::validate_same_role(a, a, errors); }).empty());
    CHECK(
        said_by([&](auto& errors) { kube::detail::validate_same_role(b, a, errors); }) ==
        lines{R"(roleRef: Invalid value: {"APIGroup":"g","Kind":"Role","Name":"b"}: cannot change roleRef)"});
}
