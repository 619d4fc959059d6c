/// \file
/// The claims that pods use.

#include "volume_world.hpp"

#include <berth/kube/schedule/volume_claims.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a pod uses the claims that it names and those that are made for it") {
    auto const p = pod_with_scratch("p")
                       .with([](kube::pod& o) {
                           o.spec.volumes.emplace_back().name = "other";
                           auto& v = o.spec.volumes.emplace_back();
                           v.persistent_volume_claim.engage().claim_name = "data";
                       })
                       .done();
    auto const uses = kube::claims_of(p);
    REQUIRE(uses.size() == 2);
    CHECK(uses[0].name == "p-scratch");
    CHECK(uses[0].ephemeral);
    CHECK(uses[1].name == "data");
    CHECK_FALSE(uses[1].ephemeral);
}

TEST_CASE("a claim that is made for a pod is controlled by it") {
    auto const p = pod_with_scratch("p");
    CHECK(kube::ownership_problem(p.done(), make_claim("p-scratch").owned_by(p).done()).empty());
    CHECK(kube::ownership_problem(p.done(), make_claim("p-scratch").done()) ==
          "PVC default/p-scratch was not created for pod default/p (pod is not owner)");
}

TEST_CASE("a claim is bound when its controller says so") {
    CHECK(kube::is_fully_bound(make_claim("c").bound_to("v").done()));
    CHECK_FALSE(kube::is_fully_bound(make_claim("c").with([](auto& c) { c.spec.volume_name = "v"; }).done()));
    CHECK_FALSE(kube::is_fully_bound(make_claim("c").done()));
}

TEST_CASE("a pod is on the claims of its namespace that it names") {
    auto w = volume_world();
    w.has(make_claim("c").of_class("slow"));
    auto const p = pod_on("p", {"c", "d"}).done();
    CHECK(kube::is_on(p, make_claim("d").done()));
    CHECK_FALSE(kube::is_on(p, make_claim("e").done()));
    CHECK_FALSE(kube::is_on(p, make_claim("c").in("other").done()));
    CHECK(kube::has_claim_of_class(p, w.all, "slow"));
    CHECK_FALSE(kube::has_claim_of_class(p, w.all, "fast"));
}
