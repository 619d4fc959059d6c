/// \file
/// Namespaces whose manifests say little.

#include <berth/kube/core/namespace/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("a namespace wears its name") {
    auto n = kube::namespace_();
    n.metadata.name = "t";
    set_defaults(n);
    CHECK(n.metadata.labels.get("kubernetes.io/metadata.name") == "t");
    CHECK(n.status.phase == "Active");
}
