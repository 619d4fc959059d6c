/// \file
/// How many pods there should be.

#include "../../../vocabulary.hpp"

#include <berth/kube/policy/pod_disruption_budget/controller/expected_pods.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto expected_in(reconcile::world& w) -> result<kube::expected_pods> {
    w.follow<kube::replication_controller>();
    w.follow<kube::stateful_set>();
    w.follow<kube::deployment>();
    auto const view = w.at(new_year);
    auto pods = std::vector<reconcile::seen<kube::pod>>();
    for (auto const p : view.all<kube::pod>()) pods.push_back(p);
    return kube::expected_scale(view, pods);
}

} // namespace

TEST_CASE("each controller is counted once, however many of its pods there are") {
    auto const set = make_replica_set("web", 3);
    auto w = world_of(set, make_pod("a").owned_by(set), make_pod("b").owned_by(set), make_pod("bare"));
    auto const found = expected_in(w);
    REQUIRE(found);
    CHECK(found->count == 3);
    CHECK(found->some_unmanaged);
}

TEST_CASE("a deployment stands for its replica sets") {
    auto const above = make_deployment("web", 9);
    auto const set = make_replica_set("web-1", 3).owned_by(above);
    auto w = world_of(above, set, make_pod("a").owned_by(set));
    auto const found = expected_in(w);
    REQUIRE(found);
    CHECK(found->count == 9);
    CHECK_FALSE(found->some_unmanaged);
}

TEST_CASE("another object under the name of the controller is not the controller") {
    auto const set = make_replica_set("web", 3);
    auto w = world_of(make_replica_set("web", 4).uid("new"), make_pod("a").owned_by(set));
    auto const found = expected_in(w);
    REQUIRE_FALSE(found);
    CHECK(found.error().message == "found no controllers for pod \"a\"");
}
