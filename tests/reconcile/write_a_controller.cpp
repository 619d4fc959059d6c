/// \file
/// The controller of the example 030: two values are compared, and its laws are checked.

#include "../../examples/030-write-a-controller/database.hpp"

#include <berth/reconcile/laws.hpp>
#include <berth/reconcile/ownership.hpp>

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

auto make_member(database const& of, int n) -> member {
    auto m = database_controller::new_member(of, n);
    m.metadata.namespace_ = "default";
    m.metadata.owner_references.push_back(reconcile::controlled_by(of));
    return m;
}

auto const orders = key{"default", "orders"};
auto const now = time_point::from_unix_seconds(1'767'225'600);

} // namespace

TEST_CASE("an outdated member is replaced only when all are there") {
    auto const old = make_database(2, "16.1");
    auto wanted = make_database(2, "16.2");
    wanted.metadata.finalizers = {"example.org/members"};

    auto const partial = world(wanted, make_member(old, 0));
    auto seen = partial.at(now);
    auto const db = seen.get<database>(orders);
    auto expected = plan();
    expected.create(make_member(wanted, 1)).tell(db, "Created", "{name}");
    auto unready = wanted;
    reconcile::set_condition(unready.status.conditions, database_controller::readiness(false), now);
    expected.update_status(db, unready);
    CHECK(database_controller().reconcile(seen, orders) == expected);

    auto const complete = world(unready, make_member(old, 0), make_member(old, 1));
    auto all = complete.at(now + minutes(1));
    auto replaced = plan();
    replaced.remove(all.get<member>("default", "orders-0"))
        .tell(all.get<database>(orders), "Outdated", "{name}");
    CHECK(database_controller().reconcile(all, orders) == replaced);
}

TEST_CASE("a database goes after its members") {
    auto going = make_database(2, "16.1");
    going.metadata.finalizers = {"example.org/members"};
    going.metadata.deletion_timestamp = object::timestamp(now);
    reconcile::set_condition(going.status.conditions, database_controller::readiness(false), now);

    auto const before = world(going, make_member(going, 0));
    auto seen = before.at(now);
    auto removed = plan();
    removed.remove(seen.get<member>("default", "orders-0"))
        .tell(seen.get<database>(orders), "Removed", "{name}");
    CHECK(database_controller().reconcile(seen, orders) == removed);

    auto after = world(going);
    after.follow<member>();
    auto freed = going;
    freed.metadata.finalizers.clear();
    auto alone = after.at(now);
    CHECK(database_controller().reconcile(alone, orders) ==
          plan().update(alone.get<database>(orders), freed));
}

TEST_CASE("the controller of the example keeps the laws") {
    auto const old = make_database(2, "16.1");
    auto const wanted = make_database(2, "16.2");
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    auto const check = [&](world const& w) {
        reconcile::laws::all(database_controller(), w, {"default", "orders"}, judge);
    };
    check(world());
    check(world(wanted));
    check(world(wanted, make_member(old, 0), make_member(old, 1)));
    check(world(wanted, make_member(wanted, 0), make_member(old, 1), make_member(old, 2),
                make_member(wanted, 3)));
}
