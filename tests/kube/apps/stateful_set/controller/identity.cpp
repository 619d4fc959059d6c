/// \file
/// Who the pods of a stateful set are.

#include "../../sets.hpp"

#include <berth/kube/apps/stateful_set/controller/identity.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the number of a pod is at the end of its name") {
    auto const set = make_stateful_set("db", 1).done();
    CHECK(kube::ordinal_of(set, "db-0") == 0);
    CHECK(kube::ordinal_of(set, "db-12345678901") == 12345678901);
    for (auto const* const name :
         {"db", "db-", "db-x", "db-1x", "db-01", "dbx-1", "db-1-1", "other-1", "", "db-99999999999999999999"})
        CHECK(!kube::ordinal_of(set, name));
    CHECK(kube::is_named_by(set, "db-01"));
    CHECK(!kube::is_named_by(set, "db-1-1"));
}

TEST_CASE("the numbers that are wanted begin where the set says") {
    CHECK(kube::ordinals_of(make_stateful_set("db", 3).done()) == kube::pod_ordinals{0, 3});
    auto const high = make_stateful_set("db", 2147483647).starting_at(2147483647).done();
    CHECK(kube::ordinals_of(high) == kube::pod_ordinals{2147483647, 4294967294});
    CHECK(!kube::ordinals_of(high).contains(0));
}

TEST_CASE("a pod is made with its name, its labels and its claims") {
    auto set = make_stateful_set("db", 1).claiming("data");
    set.with([](kube::stateful_set& s) {
        s.spec.template_.spec.volumes.emplace_back().name = "data"; // hidden by the claim
        s.spec.template_.spec.volumes.emplace_back().name = "tmp";
    });
    auto const& s = set.done();
    auto const p = kube::made_pod(s, s.spec.template_, "db-abc", 3);
    CHECK(p.metadata.name == "db-3");
    CHECK(p.metadata.generate_name == "db-");
    CHECK(p.spec.hostname == "db-3");
    CHECK(p.spec.subdomain == "db");
    CHECK(p.metadata.labels.get("statefulset.kubernetes.io/pod-name") == "db-3");
    CHECK(p.metadata.labels.get("apps.kubernetes.io/pod-index") == "3");
    CHECK(p.metadata.labels.get("controller-revision-hash") == "db-abc");
    REQUIRE(p.spec.volumes.size() == 2);
    CHECK(p.spec.volumes[0].persistent_volume_claim->claim_name == "data-db-3");
    CHECK(p.spec.volumes[1].name == "tmp");
    CHECK(kube::with_identity(s, p, 3) == p);
    auto stripped = p;
    stripped.metadata.labels.erase("statefulset.kubernetes.io/pod-name");
    stripped.spec.volumes.clear();
    CHECK(kube::with_identity(s, stripped, 3).spec.volumes.size() == 1);
    auto const claim = kube::made_claim(s, s.spec.volume_claim_templates[0], 3);
    CHECK(claim.metadata.name == "data-db-3");
    CHECK(claim.metadata.labels.get("app") == "db");
}
