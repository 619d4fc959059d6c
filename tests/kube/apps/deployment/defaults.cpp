/// \file
/// Deployments whose manifests say little.

#include <berth/kube/apps/deployment/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("deployments roll a quarter at a time") {
    auto d = kube::deployment();
    set_defaults(d);
    CHECK(d.spec.replicas == 1);
    CHECK(d.spec.strategy.rolling_update->max_surge == object::int_or_string("25%"));
    CHECK(d.spec.revision_history_limit == 10);
    auto recreate = kube::deployment();
    recreate.spec.strategy.type = "Recreate";
    set_defaults(recreate);
    CHECK_FALSE(recreate.spec.strategy.rolling_update.has_value());
}
