/// \file
/// References by which objects own others.

#include "things.hpp"

#include <berth/reconcile/ownership.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace things;

TEST_CASE("who controls something is named with uid, kind and group, and waits for it to go first") {
    auto const g = make_group("web", 1);
    auto const r = reconcile::controlled_by(g);
    CHECK(r.api_version == "test/v1");
    CHECK(r.kind == "Group");
    CHECK(r.name == "web");
    CHECK(r.uid == "uid-of-web");
    CHECK(r.controller == true);
    CHECK(r.block_owner_deletion == true);
    CHECK(reconcile::controlled_by(group::resource, g.metadata) == r);
}

TEST_CASE("an owner that is not the controller does not control") {
    auto const g = make_group("web", 1);
    auto i = make_item("i", &g);
    CHECK(reconcile::is_controlled_by(i.metadata, "uid-of-web"));
    CHECK_FALSE(reconcile::is_controlled_by(i.metadata, "uid-of-other"));
    i.metadata.owner_references[0].controller = false;
    CHECK_FALSE(reconcile::is_controlled_by(i.metadata, "uid-of-web"));
}
