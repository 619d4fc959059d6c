/// \file
/// Finalizers come on once, and go off as steps of a plan.

#include "things.hpp"

#include <berth/reconcile/finalizer.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace things;

TEST_CASE("a finalizer is put on once and taken off once") {
    auto m = object::meta();
    CHECK(reconcile::add_finalizer(m, "test/a"));
    CHECK_FALSE(reconcile::add_finalizer(m, "test/a"));
    CHECK(reconcile::add_finalizer(m, "test/b"));
    CHECK(reconcile::has_finalizer(m, "test/a"));
    CHECK(reconcile::remove_finalizer(m, "test/a"));
    CHECK_FALSE(reconcile::remove_finalizer(m, "test/a"));
    CHECK(m.finalizers == std::vector<std::string>{"test/b"});
}

TEST_CASE("as a step it is an update of the object, and none where nothing is to change") {
    auto g = make_group("web", 1);
    auto with = g;
    with.metadata.finalizers = {"test/a"};
    auto const w = reconcile::world(g);
    auto const seen = w.at({}).get<group>("default", "web");
    auto p = plan();
    add_finalizer(p, seen.ref(), "test/a");
    CHECK(p == plan().update(seen, with));
    auto none = plan();
    CHECK(remove_finalizer(none, seen.ref(), "test/a").empty());

    auto const held = reconcile::world(with);
    auto const kept = held.at({}).get<group>("default", "web");
    CHECK(add_finalizer(none, kept.ref(), "test/a").empty());
    auto q = plan();
    CHECK(remove_finalizer(q, kept.ref(), "test/a") == plan().update(kept, g));
}

TEST_CASE("what is being deleted gets no new finalizer") {
    auto g = make_group("web", 1);
    g.metadata.deletion_timestamp = object::timestamp(time_point::from_unix_seconds(1));
    auto const w = reconcile::world(g);
    auto p = plan();
    CHECK(add_finalizer(p, w.at({}).get<group>("default", "web").ref(), "test/a").empty());
}
