/// \file
/// How claims for volumes behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/core/persistent_volume_claim/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using words = std::vector<std::string>;

} // namespace

TEST_CASE("the table of claims shows what they have got") {
    auto c = kube::persistent_volume_claim();
    c.metadata.name = "data";
    c.metadata.creation_timestamp = object::timestamp(new_year);
    c.spec.storage_class_name.engage() = "slow";
    c.status.phase = "Pending";
    c.status.capacity["storage"] = object::quantity::parse("10Gi").value();
    c.status.access_modes = {"ReadWriteOncePod"};
    auto const k = kube::persistent_volume_claim_kind();
    CHECK(headers_of(k) == words{"Name", "Status", "Volume", "Capacity", "Access Modes", "StorageClass",
                                 "VolumeAttributesClass", "Age", "VolumeMode"});
    CHECK(cells_of(k, c) == words{"data", "Pending", "", "", "", "slow", "<unset>", "100s", "<unset>"});
    c.spec.volume_name = "disk";
    c.status.phase = "Bound";
    CHECK(cells_of(k, c) ==
          words{"data", "Bound", "disk", "10Gi", "RWOP", "slow", "<unset>", "100s", "<unset>"});
    c.metadata.deletion_timestamp = object::timestamp(new_year);
    CHECK(cells_of(k, c)[1] == "Terminating");
}

TEST_CASE("a new claim waits for its volume") {
    auto c = kube::persistent_volume_claim();
    kube::persistent_volume_claim_kind().prepare_create(c);
    CHECK(c.status.phase == "Pending");
}
