/// \file
/// Replication controllers whose manifests say little.

#include <berth/kube/core/replication_controller/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("a replication controller is one pod, selected by the labels of its template") {
    auto c = kube::replication_controller();
    c.spec.template_.engage().metadata.labels["app"] = "a";
    set_defaults(c);
    CHECK(c.spec.replicas == 1);
    CHECK(*c.spec.selector.find("app") == "a");
    CHECK(*c.metadata.labels.find("app") == "a");
    CHECK(c.spec.template_->spec.restart_policy == "Always");
}
