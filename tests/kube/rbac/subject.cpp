/// \file
/// Which groups subjects and roles are of when a binding does not say.

#include "../vocabulary.hpp"

#include <berth/kube/rbac/subject.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("users, groups and roles are of the group of roles, service accounts of none") {
    auto subjects = object::list<kube::subject>();
    for (auto const* const kind : {"User", "Group", "ServiceAccount", "Robot"})
        subjects.emplace_back().kind = kind;
    auto role = kube::role_ref();
    kube::set_binding_defaults(subjects, role);
    CHECK(role.api_group == kube::rbac_group);
    CHECK(subjects[0].api_group == kube::rbac_group);
    CHECK(subjects[1].api_group == kube::rbac_group);
    CHECK(subjects[2].api_group.empty());
    CHECK(subjects[3].api_group.empty());
    role.api_group = "other";
    kube::set_binding_defaults(subjects, role);
    CHECK(role.api_group == "other");
}
