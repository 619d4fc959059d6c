/// \file
/// Why a key is looked at.

#include <berth/reconcile/causes.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("causes merge, and each is told by its name") {
    auto c = reconcile::causes();
    CHECK(c.to_string().empty());
    c.merge(reconcile::cause::owned);
    c.merge(reconcile::cause::created);
    c.merge(reconcile::cause::owned);
    CHECK(c.has(reconcile::cause::created));
    CHECK_FALSE(c.has(reconcile::cause::failed));
    CHECK(c.to_string() == "created, owned");
    CHECK(reconcile::causes(reconcile::cause::asked).to_string() == "asked");
    CHECK(reconcile::causes(reconcile::cause::own_write).to_string() == "own write");
}
