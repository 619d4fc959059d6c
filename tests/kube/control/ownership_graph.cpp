/// \file
/// Who belongs to whom, and which objects a change makes worth a look.

#include "../vocabulary.hpp"

#include <berth/kube/control/ownership_graph.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace test;
using words = std::vector<std::string>;

namespace {

/// A graph that writes down what is to be looked at.
struct watched_graph {
    kube::ownership_graph graph;

    auto put(object::any_object now, object::any_object before = {}) -> words {
        using kind = reconcile::change::kind;
        auto c = reconcile::change{
            before ? kind::updated : kind::added, {std::move(before), 1}, {std::move(now), 2}};
        return apply(c);
    }
    auto remove(object::any_object last) -> words {
        return apply({reconcile::change::kind::deleted, {std::move(last), 1}, {}});
    }
    auto apply(reconcile::change const& c) -> words {
        auto out = words();
        graph.apply(c, [&](std::string const& uid) { out.push_back(uid); });
        return out;
    }
};

auto const set = make_replica_set("web", 1);

} // namespace

TEST_CASE("an object whose owner was not seen is worth a look, one with its owner is not") {
    auto g = watched_graph();
    CHECK(g.put(make_pod("early").owned_by(set).done()) == words{"uid-of-early"});
    CHECK(g.put(set.done()).empty());
    CHECK(g.put(make_pod("late").owned_by(set).done()).empty());
    CHECK(g.put(make_pod("free").done()).empty());
    CHECK(g.graph.dependents("uid-of-web").size() == 2);
}

TEST_CASE("when an owner goes its dependents are looked at, and it is known to be gone") {
    auto g = watched_graph();
    g.put(set.done());
    g.put(make_pod("a").owned_by(set).done());
    g.put(make_pod("b").owned_by(set).done());
    CHECK(g.remove(set.done()) == words{"uid-of-a", "uid-of-b"});
    CHECK(g.graph.is_gone("uid-of-web"));
    CHECK(!g.graph.is_gone("uid-of-other"));
}

TEST_CASE(
    "a foreground deletion makes dependents and owner worth a look, and each dependent that goes the owner") {
    auto g = watched_graph();
    auto const pod = make_pod("a").owned_by(set).done();
    auto const dying = make_replica_set("web", 1).deleting().finalizer("foregroundDeletion").done();
    g.put(set.done());
    g.put(pod);
    CHECK(g.put(dying, set.done()) == words{"uid-of-a", "uid-of-web"});
    CHECK(g.graph.find("uid-of-web")->deletes_dependents);
    CHECK(g.graph.find("uid-of-a")->blocks("uid-of-web"));
    CHECK(g.remove(pod) == words{"uid-of-web"});
    CHECK(!g.graph.has_dependents("uid-of-web"));
}

TEST_CASE("a dependent that no longer blocks lets its owner be looked at") {
    auto g = watched_graph();
    auto const pod = make_pod("a").owned_by(set).done();
    auto freed = pod;
    freed.metadata.owner_references[0].block_owner_deletion = false;
    g.put(make_replica_set("web", 1).deleting().finalizer("foregroundDeletion").done());
    g.put(pod);
    auto const looks = g.put(freed, pod);
    CHECK(std::find(looks.begin(), looks.end(), "uid-of-web") != looks.end());
}

TEST_CASE("an owner in another namespace, or of another name, was not seen there") {
    auto g = watched_graph();
    g.put(set.done());
    CHECK(g.put(make_pod("far").in("elsewhere").owned_by(set).done()) == words{"uid-of-far"});
    auto renamed = make_pod("misled").owned_by(set).done();
    renamed.metadata.owner_references[0].name = "other";
    CHECK(g.put(renamed) == words{"uid-of-misled"});
}

TEST_CASE("an orphaning deletion makes the owner worth a look") {
    auto g = watched_graph();
    g.put(set.done());
    CHECK(g.put(make_replica_set("web", 1).deleting().finalizer("orphan").done(), set.done()) ==
          words{"uid-of-web"});
}

TEST_CASE("what was seen before anybody looked is found when somebody does") {
    auto g = watched_graph();
    g.put(make_pod("lost").owned_by(make_replica_set("gone", 1)).done());
    g.put(set.done());
    g.put(make_pod("kept").owned_by(set).done());
    auto looks = words();
    g.graph.look_at_all([&](std::string const& uid) { looks.push_back(uid); });
    CHECK(looks == words{"uid-of-lost"});
}

TEST_CASE("an object's newer state takes the place of the one before, with its owners") {
    auto g = watched_graph();
    auto const other = make_replica_set("api", 1);
    g.put(set.done());
    g.put(other.done());
    auto const before = make_pod("a").owned_by(set).done();
    auto const now = make_pod("a").owned_by(other).done();
    CHECK(g.put(before).empty());
    CHECK(g.put(now, before).empty());
    CHECK(g.graph.size() == 3);
    CHECK_FALSE(g.graph.has_dependents("uid-of-web"));
    REQUIRE(g.graph.dependents("uid-of-api").size() == 1);
    CHECK(g.graph.dependents("uid-of-api")[0].uid == "uid-of-a");
    auto moved = std::move(g.graph);
    CHECK(moved.dependents("uid-of-api").size() == 1);
    g.graph = std::move(moved);
    CHECK(g.remove(now).empty());
    CHECK_FALSE(g.graph.has_dependents("uid-of-api"));
    CHECK(g.graph.size() == 2);
}
