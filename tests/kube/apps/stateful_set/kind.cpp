/// \file
/// How stateful sets behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/apps/stateful_set/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the table of stateful sets shows ready pods of those wanted") {
    auto s = kube::stateful_set();
    s.metadata.name = "db";
    s.metadata.creation_timestamp = object::timestamp(new_year);
    s.spec.replicas = 3;
    s.status.ready_replicas = 2;
    auto& c = s.spec.template_.spec.containers.emplace_back();
    c.name = "main";
    c.image = "pg";
    auto const k = kube::stateful_set_kind();
    CHECK(headers_of(k) == std::vector<std::string>{"Name", "Ready", "Age", "Containers", "Images"});
    CHECK(cells_of(k, s) == std::vector<std::string>{"db", "2/3", "100s", "main", "pg"});
}

TEST_CASE("what a gate keeps from stateful sets is not stored") {
    auto s = kube::stateful_set();
    s.spec.update_strategy.rolling_update.engage().max_unavailable = 2;
    kube::stateful_set_kind().prepare_create(s);
    CHECK_FALSE(s.spec.update_strategy.rolling_update->max_unavailable);
}
