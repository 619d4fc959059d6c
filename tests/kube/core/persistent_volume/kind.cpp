/// \file
/// How persistent volumes behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/core/persistent_volume/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using words = std::vector<std::string>;

} // namespace

TEST_CASE("the table of volumes shows what they offer and whose they are") {
    auto v = kube::persistent_volume();
    v.metadata.name = "disk";
    v.metadata.creation_timestamp = object::timestamp(new_year);
    v.spec.persistent_volume_reclaim_policy = "Retain";
    v.status.phase = "Available";
    auto const k = kube::persistent_volume_kind();
    CHECK(headers_of(k) == words{"Name", "Capacity", "Access Modes", "Reclaim Policy", "Status", "Claim",
                                 "StorageClass", "VolumeAttributesClass", "Reason", "Age", "VolumeMode"});
    CHECK(cells_of(k, v) ==
          words{"disk", "0", "", "Retain", "Available", "", "", "<unset>", "", "100s", "<unset>"});
    v.spec.capacity["storage"] = object::quantity::parse("10Gi").value();
    v.spec.access_modes = {"ReadOnlyMany", "ReadWriteOnce"};
    auto& claim = v.spec.claim_ref.engage();
    claim.namespace_ = "default";
    claim.name = "data";
    v.spec.storage_class_name = "slow";
    v.spec.volume_attributes_class_name.engage() = "silver";
    v.spec.volume_mode.engage() = "Block";
    v.status.reason = "why";
    v.metadata.deletion_timestamp = object::timestamp(new_year);
    CHECK(cells_of(k, v) == words{"disk", "10Gi", "RWO,ROX", "Retain", "Terminating", "default/data", "slow",
                                  "silver", "why", "100s", "Block"});
}

TEST_CASE("a new volume waits to be seen to") {
    auto v = kube::persistent_volume();
    kube::persistent_volume_kind().prepare_create(v);
    CHECK(v.status.phase == "Pending");
}
