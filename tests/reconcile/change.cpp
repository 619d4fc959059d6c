/// \file
/// What happened to an object: the newer of its two states is the one to look at.

#include "things.hpp"

#include <berth/reconcile/change.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace things;
using reconcile::change;

TEST_CASE("the latest state is that after, or of what is gone the last one that is known") {
    auto const before = object::object_ref{object::any_object(make_item("a", nullptr, "red")), 3};
    auto const after = object::object_ref{object::any_object(make_item("a", nullptr, "blue")), 4};
    CHECK(change{change::kind::added, {}, after}.latest() == after);
    CHECK(change{change::kind::updated, before, after}.latest() == after);
    CHECK(change{change::kind::deleted, before, {}}.latest() == before);
    CHECK_FALSE(change{change::kind::updated, before, after} ==
                change{change::kind::updated, before, before});
    auto found_gone = change{change::kind::deleted, before, {}};
    found_gone.exact = false;
    CHECK_FALSE(found_gone == change{change::kind::deleted, before, {}});
}
