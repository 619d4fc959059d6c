/// \file
/// Stateful sets whose manifests say little.

#include <berth/kube/apps/stateful_set/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("a stateful set is one pod, made and replaced in order, whose claims are kept") {
    auto s = kube::stateful_set();
    s.spec.volume_claim_templates.emplace_back();
    set_defaults(s);
    CHECK(s.spec.replicas == 1);
    CHECK(s.spec.pod_management_policy == "OrderedReady");
    CHECK(s.spec.update_strategy.type == "RollingUpdate");
    CHECK(s.spec.update_strategy.rolling_update->partition == 0);
    CHECK(s.spec.revision_history_limit == 10);
    CHECK(s.spec.persistent_volume_claim_retention_policy->when_deleted == "Retain");
    CHECK(s.spec.template_.spec.restart_policy == "Always");
    auto const& claim = s.spec.volume_claim_templates[0];
    CHECK(claim.kind == "PersistentVolumeClaim");
    CHECK(claim.api_version == "v1");
    CHECK(*claim.spec.volume_mode == "Filesystem");
}

TEST_CASE("a stateful set that is changed by hand rolls nothing") {
    auto s = kube::stateful_set();
    s.spec.update_strategy.type = "OnDelete";
    set_defaults(s);
    CHECK_FALSE(s.spec.update_strategy.rolling_update);
}
