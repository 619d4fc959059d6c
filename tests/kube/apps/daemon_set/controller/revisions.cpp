/// \file
/// The revisions of daemon sets.

#include "../../sets.hpp"

#include <berth/kube/apps/daemon_set/controller/revisions.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

struct settled {
    std::optional<std::string> hash;
    std::size_t old = 0;
    reconcile::plan plan;
};

auto settle(reconcile::world& w) -> settled {
    w.follow<kube::controller_revision>();
    w.follow<kube::pod>();
    auto const world = w.at(new_year);
    auto const set = world.get<kube::daemon_set>({"default", "agent"});
    auto own = revisions_in(world);
    erase_if(own,
             [&](auto const& r) { return !reconcile::is_controlled_by(r->metadata, set->metadata.uid); });
    auto out = settled{};
    auto const history = kube::settle_history(world, set, own, pods_in(world), out.plan);
    if (history) out.hash = history->hash;
    if (history) out.old = history->old.size();
    return out;
}

} // namespace

TEST_CASE("the revision of a new template is made, and is the newest") {
    auto const old = make_daemon_set("agent");
    auto const set = make_daemon_set("agent").image("app:v2");
    auto w = world_of(set, made_revision(old, 4));
    auto const s = settle(w);
    CHECK(s.hash == hash_of(set));
    CHECK(s.old == 1);
    CHECK(steps_of(s.plan) == words{"create controllerrevisions default/agent-" + hash_of(set)});
    CHECK(written<kube::controller_revision>(s.plan)->revision == 5);
}

TEST_CASE("revisions without a hash get their name for one, and the present one becomes the newest") {
    auto const set = make_daemon_set("agent");
    auto const old = make_daemon_set("agent").image("old");
    auto w = world_of(set, make_revision(old, "two", 2), made_revision(set, 1));
    auto const s = settle(w);
    CHECK(steps_of(s.plan) == words{"update controllerrevisions default/two",
                                    "update controllerrevisions default/agent-" + hash_of(set)});
    CHECK(written<kube::controller_revision>(s.plan)->revision == 3);
    CHECK(s.hash == hash_of(set));
}

TEST_CASE("of several revisions of the same template the last stays, and pods are labelled with it") {
    auto const set = make_daemon_set("agent");
    auto w = world_of(set, made_revision(set, 1), make_revision(set, "twin", 2).hashed("twin"),
                      pod_of(set, "p", "a", hash_of(set)));
    auto const s = settle(w);
    CHECK(!s.hash);
    CHECK(steps_of(s.plan) ==
          words{"update pods default/p", "delete controllerrevisions default/agent-" + hash_of(set)});
    CHECK(written<kube::pod>(s.plan)->metadata.labels.get("controller-revision-hash") == "twin");
}

TEST_CASE("a name that something else has is counted, and another one taken") {
    auto const set = make_daemon_set("agent");
    auto const other = make_daemon_set("other").image("app:v9");
    auto w = world_of(set, make_revision(other, "agent-" + hash_of(set), 1));
    auto const s = settle(w);
    CHECK(!s.hash);
    CHECK(steps_of(s.plan) == words{"update daemonsets/status default/agent"});
    CHECK(written<kube::daemon_set>(s.plan)->status.collision_count == 1);
    auto same = made_revision(set, 7);
    same.with([](kube::controller_revision& r) { r.metadata.owner_references.clear(); });
    auto w2 = world_of(set, same);
    CHECK(settle(w2).hash == hash_of(set));
    CHECK(settle(w2).plan.empty());
}
