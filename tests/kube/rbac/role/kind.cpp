/// \file
/// How roles behave in the API.

#include "../../complaints.hpp"

#include <berth/kube/rbac/role/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("roles may have any name of a path, are made by updates, and their rules are checked again") {
    auto const k = kube::role_kind();
    CHECK(k.metadata.name == api::name_rule::path_segment);
    CHECK(k.create_on_update);
    auto r = named<kube::role>();
    CHECK(complaints(r).empty());
    r.rules.emplace_back();
    CHECK(said_by([&](auto& errors) { k.validate_update(r, {}, errors); }).size() == 3);
}
