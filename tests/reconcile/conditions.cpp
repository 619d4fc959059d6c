/// \file
/// Conditions: the time of the last transition is that of the last change of the status.

#include <berth/reconcile/conditions.hpp>

#include <catch2/catch_test_macros.hpp>

#include <vector>

using namespace berth;

TEST_CASE("the transition time moves with the status, and with nothing else") {
    auto const at = [](std::int64_t n) { return time_point::from_unix_seconds(n); };
    auto in = std::vector<object::condition>();
    reconcile::set_condition(in, {.type = "Ready", .status = "False", .reason = "Starting"}, at(1));
    reconcile::set_condition(in, {.type = "Healthy", .status = "True"}, at(2));
    REQUIRE(in.size() == 2);
    CHECK_FALSE(reconcile::is_true(in, "Ready"));
    CHECK(reconcile::is_true(in, "Healthy"));

    in[0].observed_generation = 7;
    reconcile::set_condition(in, {.type = "Ready", .status = "False", .message = "soon"}, at(3));
    CHECK(in[0].last_transition_time == object::timestamp(at(1)));
    CHECK(in[0].reason.empty());
    CHECK(in[0].message == "soon");
    auto const before = in;
    reconcile::set_condition(in, {.type = "Ready", .status = "False", .message = "soon"}, at(4));
    CHECK(in == before);
    reconcile::set_condition(in, {.type = "Ready", .status = "True"}, at(5));
    CHECK(in[0].last_transition_time == object::timestamp(at(5)));
    CHECK(in[0].observed_generation == 7);

    reconcile::remove_condition(in, "Ready");
    CHECK(in.size() == 1);
    CHECK_FALSE(reconcile::is_true(in, "Ready"));
}
