/// \file
/// Who owns the claims of a stateful set.

#include "../../sets.hpp"

#include <berth/kube/apps/stateful_set/controller/claims.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto owners(kube::persistent_volume_claim const& c) -> std::string {
    auto out = std::string();
    for (auto const& r : c.metadata.owner_references) out += r.kind + "/" + r.uid + " ";
    return out;
}

auto owners_under(std::string when_deleted, std::string when_scaled, bool surplus) -> std::string {
    auto const set = make_stateful_set("db", 1).retaining(std::move(when_deleted), std::move(when_scaled));
    auto const of = kube::claim_context{set.done(), "db-0", "uid-of-db-0", surplus};
    auto const c = kube::rightly_owned(make_bare_claim("data-db-0").done(), of);
    CHECK(kube::is_owned_rightly(c, of));
    CHECK(kube::rightly_owned(c, of) == c);
    return owners(c);
}

} // namespace

TEST_CASE(
    "claims belong to the set, to a pod that is not wanted any more, or to nobody, as the policy says") {
    CHECK(owners_under("Retain", "Retain", false).empty());
    CHECK(owners_under("Retain", "Retain", true).empty());
    CHECK(owners_under("Delete", "Retain", false) == "StatefulSet/uid-of-db ");
    CHECK(owners_under("Delete", "Retain", true) == "StatefulSet/uid-of-db ");
    CHECK(owners_under("Retain", "Delete", false).empty());
    CHECK(owners_under("Retain", "Delete", true) == "Pod/uid-of-db-0 ");
    CHECK(owners_under("Delete", "Delete", false) == "StatefulSet/uid-of-db ");
    CHECK(owners_under("Delete", "Delete", true) == "Pod/uid-of-db-0 ");
    CHECK(owners_under("Delete", "Perhaps", true).empty());
}

TEST_CASE("a claim of an earlier pod is stale, and left to the garbage collector") {
    auto const set = make_stateful_set("db", 1).retaining("Retain", "Delete");
    auto const old = make_bare_claim("data-db-0").owned_by(make_pod("db-0").uid("earlier"));
    auto const of = kube::claim_context{set.done(), "db-0", "", false};
    CHECK(kube::is_stale(old.done(), of));
    CHECK(kube::is_owned_rightly(old.done(), of));
    CHECK(!kube::is_stale(make_bare_claim("data-db-0").owned_by(make_pod("db-1")).done(), of));
}

TEST_CASE("a claim that something else controls is not fought for") {
    auto const set = make_stateful_set("db", 1).retaining("Delete", "Retain");
    auto const of = kube::claim_context{set.done(), "db-0", "uid-of-db-0", false};
    auto taken = make_bare_claim("data-db-0").owned_by(make_replica_set("web", 1));
    CHECK(kube::has_foreign_controller(taken.done(), of));
    CHECK(kube::is_owned_rightly(taken.done(), of));
    taken.owned_by(set);
    CHECK(!kube::is_owned_rightly(taken.done(), of));
    CHECK(owners(kube::rightly_owned(taken.done(), of)) == "ReplicaSet/uid-of-web ");
    auto const keeps = make_stateful_set("db", 1);
    CHECK(!kube::has_foreign_controller(taken.done(), {keeps.done(), "db-0", "uid-of-db-0", false}));
}

TEST_CASE("an owner that does not control a claim comes to") {
    auto const set = make_stateful_set("db", 1).retaining("Delete", "Retain");
    auto const of = kube::claim_context{set.done(), "db-0", "uid-of-db-0", false};
    auto half = make_bare_claim("data-db-0").owned_by(set);
    half.with([](auto& c) { c.metadata.owner_references[0].controller.reset(); });
    CHECK(!kube::is_owned_rightly(half.done(), of));
    CHECK(kube::is_owned_rightly(kube::rightly_owned(half.done(), of), of));
}
