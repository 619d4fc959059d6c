/// \file
/// The bindings of one step, which leave together.

#include "scheduler_cluster.hpp"

#include <berth/kube/schedule/binding_batch.hpp>

using namespace test;

TEST_CASE("bindings leave in one batch, and each is answered") {
    auto c = scheduler_cluster();
    c.add(make_pod("p"));
    c.add(make_pod("q").with([](kube::pod& p) { p.spec.node_name = "elsewhere"; }));
    auto client = api::any_client(c.server());
    auto batch = kube::binding_batch();
    batch.put(c.info("p"), "a", {1, 1});
    batch.put(c.info("q"), "a", {2, 1});
    c.server().batches.clear();
    auto const answers = batch.send(client);
    CHECK(c.server().batches == std::vector<std::size_t>{2});
    REQUIRE(answers.size() == 2);
    CHECK(answers[0].first == schedule::ticket{1, 1});
    CHECK(answers[0].second.has_value());
    CHECK(answers[1].first == schedule::ticket{2, 1});
    REQUIRE_FALSE(answers[1].second.has_value());
    CHECK(answers[1].second.error().code == error_code::conflict);
    CHECK(c.node_of("p") == "a");
}

TEST_CASE("where nothing is to be bound nobody is asked") {
    auto c = scheduler_cluster();
    auto client = api::any_client(c.server());
    CHECK(kube::binding_batch().send(client).empty());
    CHECK(c.server().batches.empty());
}
