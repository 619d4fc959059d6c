/// \file
/// Daemon sets whose manifests say little.

#include <berth/kube/apps/daemon_set/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("the pods of a daemon set are replaced on one node after the other") {
    auto d = kube::daemon_set();
    set_defaults(d);
    CHECK(d.spec.update_strategy.type == "RollingUpdate");
    CHECK(d.spec.update_strategy.rolling_update->max_unavailable == object::int_or_string(1));
    CHECK(d.spec.update_strategy.rolling_update->max_surge == object::int_or_string(0));
    CHECK(d.spec.revision_history_limit == 10);
    CHECK(d.spec.template_.spec.restart_policy == "Always");
}

TEST_CASE("a daemon set that is changed by hand rolls nothing") {
    auto d = kube::daemon_set();
    d.spec.update_strategy.type = "OnDelete";
    set_defaults(d);
    CHECK_FALSE(d.spec.update_strategy.rolling_update);
}
