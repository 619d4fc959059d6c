/// \file
/// How storage capacities behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/storage/csi_storage_capacity/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using words = std::vector<std::string>;

} // namespace

TEST_CASE("the table of storage capacities shows how much room there is") {
    auto c = kube::csi_storage_capacity();
    c.metadata.name = "c";
    c.storage_class_name = "slow";
    CHECK(headers_of(kube::csi_storage_capacity_kind()) == words{"Name", "StorageClassName", "Capacity"});
    CHECK(cells_of(kube::csi_storage_capacity_kind(), c) == words{"c", "slow", "<unset>"});
    c.capacity.engage() = object::quantity::parse("5Gi").value();
    CHECK(cells_of(kube::csi_storage_capacity_kind(), c)[2] == "5Gi");
}
