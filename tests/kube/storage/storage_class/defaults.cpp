/// \file
/// Storage classes whose manifests say little.

#include <berth/kube/storage/storage_class/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("volumes of a class are made at once and go with their claims, unless it says otherwise") {
    auto c = kube::storage_class();
    set_defaults(c);
    CHECK(*c.reclaim_policy == "Delete");
    CHECK(*c.volume_binding_mode == "Immediate");
}
