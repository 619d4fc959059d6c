/// \file
/// Volumes whose manifests say little.

#include <berth/kube/core/persistent_volume/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("a volume is a file system and is kept, unless it says otherwise") {
    auto v = kube::persistent_volume();
    v.spec.rbd.engage().image = "i";
    set_defaults(v);
    CHECK(v.spec.persistent_volume_reclaim_policy == "Retain");
    CHECK(*v.spec.volume_mode == "Filesystem");
    CHECK(v.status.phase == "Pending");
    CHECK(v.spec.rbd->pool == "rbd");
    v.spec.persistent_volume_reclaim_policy = "Delete";
    v.spec.volume_mode.engage() = "Block";
    set_defaults(v);
    CHECK(v.spec.persistent_volume_reclaim_policy == "Delete");
    CHECK(*v.spec.volume_mode == "Block");
}
