/// \file
/// Replica sets whose manifests say little.

#include <berth/kube/apps/replica_set/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("a replica set is one pod unless it says otherwise") {
    auto r = kube::replica_set();
    set_defaults(r);
    CHECK(r.spec.replicas == 1);
    CHECK(r.spec.template_.spec.restart_policy == "Always");
    r.spec.replicas = 0;
    set_defaults(r);
    CHECK(r.spec.replicas == 0);
}
