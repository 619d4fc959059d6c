/// \file
/// How replica sets behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/apps/replica_set/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using words = std::vector<std::string>;

} // namespace

TEST_CASE("the table of replica sets shows wanted, present and ready pods") {
    CHECK(headers_of(kube::replica_set_kind()) ==
          words{"Name", "Desired", "Current", "Ready", "Age", "Containers", "Images", "Selector"});
    CHECK(cells_of(kube::replica_set_kind(), make_replica_set("web", 3).counted(2, 1).done()) ==
          words{"web", "3", "2", "1", "100s", "main", "app:v1", "app=web"});
}

TEST_CASE("replica sets are found by the number of their pods") {
    auto const k = api::kind(kube::replica_set_kind());
    auto const r = make_replica_set("web", 3).counted(2, 1).done();
    CHECK(k.field_value(&r, "status.replicas") == "2");
}
