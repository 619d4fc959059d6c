/// \file
/// Claims whose manifests say little.

#include <berth/kube/core/persistent_volume_claim/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("a claim is for a file system, unless it says otherwise") {
    auto c = kube::persistent_volume_claim();
    set_defaults(c);
    CHECK(*c.spec.volume_mode == "Filesystem");
    CHECK(c.status.phase == "Pending");
}
