/// \file
/// The controller of the example 030: two values are compared, and its laws are checked.

#include "../../examples/030-write-a-controller/database.hpp"

#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace story;
using reconcile::world;

namespace {

auto make_database(std::int32_t members, std::string version) -> database {
    auto db = database();
    db.metadata.namespace_ = "default";
    db.metadata.name = "orders";
    db.metadata.uid = "uid-of-orders";
    db.spec = {members, std::move(version), {}};
    return db;
}

constexpr auto make_member = &database_controller::new_member;

} // namespace

TEST_CASE("an outdated member is replaced only when all are there") {
    auto const old = make_database(2, "16.1");
    auto const now = make_database(2, "16.2");
    auto const orders = key{"default", "orders"};

    auto const partial = world(now, make_member(old, 0));
    auto seen = partial.at({});
    auto expected = plan();
    expected.create(make_member(now, 1)).tell(seen.get<database>(orders), "Created", "{name}, version 16.2");
    CHECK(database_controller().reconcile(seen, orders) == expected);
}

TEST_CASE("the controller of the example keeps the laws") {
    auto const old = make_database(2, "16.1");
    auto const now = make_database(2, "16.2");
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    auto const check = [&](world const& w) {
        reconcile::laws::all(database_controller(), w, {"default", "orders"}, judge);
    };
    check(world());
    check(world(now));
    check(world(now, make_member(old, 0), make_member(old, 1)));
    check(world(now, make_member(now, 0), make_member(old, 1), make_member(old, 2), make_member(now, 3)));
}
