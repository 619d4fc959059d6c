/// \file
/// Which revisions a stateful set is between.

#include "../../sets.hpp"

#include <berth/kube/apps/stateful_set/controller/revisions.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

struct choice {
    kube::rollout_revisions revisions;
    reconcile::plan plan;
};

auto choose(reconcile::world& w, make_stateful_set const& set) -> choice {
    w.follow<kube::controller_revision>();
    auto const world = w.at(new_year);
    auto out = choice{};
    auto own = revisions_in(world);
    erase_if(own, [&](auto const& r) {
        return !reconcile::is_controlled_by(r->metadata, set.done().metadata.uid);
    });
    out.revisions = kube::choose_revisions(world, set.done(), own, out.plan);
    return out;
}

} // namespace

TEST_CASE("the revision of a new template is made, with the set's annotations, and is both at first") {
    auto const set = make_stateful_set("db", 1).annotation("note", "x");
    auto w = world_of(set);
    auto const c = choose(w, set);
    CHECK(steps_of(c.plan) == words{"create controllerrevisions default/" + revision_of(set)});
    CHECK(c.revisions.update == c.revisions.current);
    CHECK(c.revisions.update.revision == 1);
    CHECK(c.revisions.update.metadata.annotations.get("note") == "x");
    CHECK(c.revisions.update.metadata.labels.get("app") == "db");
    CHECK("db-" + c.revisions.update.metadata.labels.get("controller.kubernetes.io/hash") ==
          revision_of(set));
    CHECK(object::controller_of(c.revisions.update.metadata)->uid == "uid-of-db");
}

TEST_CASE("the current revision is the one that the status names") {
    auto const old = make_stateful_set("db", 1);
    auto const set = make_stateful_set("db", 1).image("app:v2").coming_from(revision_of(old));
    auto w = world_of(set, made_revision(old, 4), made_revision(set, 5));
    auto const c = choose(w, set);
    CHECK(c.plan.empty());
    CHECK(c.revisions.current.revision == 4);
    CHECK(c.revisions.update.revision == 5);
}

TEST_CASE("a set that is rolled back to what it was makes that revision the newest") {
    auto const old = make_stateful_set("db", 0);
    auto const now = make_stateful_set("db", 0).image("app:v2");
    auto w = world_of(old, made_revision(old), made_revision(now, 2));
    auto const c = choose(w, old);
    CHECK(steps_of(c.plan) == words{"update controllerrevisions default/" + revision_of(old)});
    CHECK(written<kube::controller_revision>(c.plan)->revision == 3);
}

TEST_CASE("a name that something else has is passed over, and counted") {
    auto const set = make_stateful_set("db", 0);
    auto const other = make_stateful_set("other", 0);
    auto const patch = kube::template_patch(set.done().spec.template_);
    auto w = world_of(set, make_revision(other, revision_of(set), 1));
    auto const c = choose(w, set);
    CHECK(c.revisions.update.metadata.name == "db-" + kube::revision_hash(patch, 1));
    CHECK(c.revisions.collisions == 1);
    auto same = make_revision(set, revision_of(set), 7);
    same.with([](kube::controller_revision& r) { r.metadata.owner_references.clear(); });
    auto w2 = world_of(set, same);
    CHECK(choose(w2, set).plan.empty());
    CHECK(choose(w2, set).revisions.update.revision == 7);
}
