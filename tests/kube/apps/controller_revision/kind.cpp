/// \file
/// How controller revisions behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/apps/controller_revision/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the table of controller revisions shows whose they are") {
    auto r = kube::controller_revision();
    r.metadata.name = "web-1";
    r.metadata.creation_timestamp = object::timestamp(new_year);
    r.revision = 3;
    auto const k = kube::controller_revision_kind();
    CHECK(cells_of(k, r) == std::vector<std::string>{"web-1", "<none>", "3", "100s"});
    auto& owner = r.metadata.owner_references.emplace_back();
    owner.api_version = "apps/v1";
    owner.kind = "StatefulSet";
    owner.name = "web";
    owner.controller = true;
    CHECK(cells_of(k, r)[1] == "statefulset.apps/web");
}
