/// \file
/// What admission adds to new pods.

#include "../../admission_desk.hpp"

#include <berth/kube/core/pod/admission.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a pod stays some time on a node that fails, unless it says how long itself") {
    auto desk = admission_desk();
    auto p = make_pod("p").tolerates("node.kubernetes.io/not-ready", 5).done();
    REQUIRE(desk.create(kube::default_toleration_seconds(300), p).has_value());
    REQUIRE(p.spec.tolerations.size() == 2);
    CHECK(p.spec.tolerations[0].toleration_seconds == 5);
    auto const& added = p.spec.tolerations[1];
    CHECK(added.key == "node.kubernetes.io/unreachable");
    CHECK(added.operator_ == "Exists");
    CHECK(added.effect == "NoExecute");
    CHECK(added.toleration_seconds == 300);
    REQUIRE(desk.create(kube::default_toleration_seconds(300), p).has_value());
    CHECK(p.spec.tolerations.size() == 2);
    auto all = make_pod("q").tolerates("").done();
    REQUIRE(desk.create(kube::default_toleration_seconds(300), all).has_value());
    CHECK(all.spec.tolerations.size() == 1);
}
