/// \file
/// What keeps claims and volumes that are in use.

#include "../../admission_desk.hpp"

#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/core/persistent_volume_claim/admission.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("new claims and volumes wait until nobody uses them, and have that finalizer once") {
    auto desk = admission_desk();
    auto c = kube::persistent_volume_claim();
    REQUIRE(desk.create(kube::storage_protection(), c));
    REQUIRE(desk.create(kube::storage_protection(), c));
    CHECK(c.metadata.finalizers == std::vector<std::string>{"kubernetes.io/pvc-protection"});
    auto v = kube::persistent_volume();
    REQUIRE(desk.create(kube::storage_protection(), v));
    CHECK(v.metadata.finalizers == std::vector<std::string>{"kubernetes.io/pv-protection"});
    auto p = make_pod("p").done();
    REQUIRE(desk.create(kube::storage_protection(), p));
    CHECK(p.metadata.finalizers.empty());
}
