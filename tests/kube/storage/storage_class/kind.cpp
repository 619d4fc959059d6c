/// \file
/// How storage classes behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/storage/storage_class/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using words = std::vector<std::string>;

} // namespace

TEST_CASE("the table of storage classes shows how volumes are made") {
    auto c = kube::storage_class();
    c.metadata.name = "slow";
    c.metadata.creation_timestamp = object::timestamp(new_year);
    c.provisioner = "example.com/disk";
    auto const k = kube::storage_class_kind();
    CHECK(headers_of(k) ==
          words{"Name", "Provisioner", "ReclaimPolicy", "VolumeBindingMode", "AllowVolumeExpansion", "Age"});
    CHECK(cells_of(k, c) == words{"slow", "example.com/disk", "Delete", "Immediate", "false", "100s"});
    c.reclaim_policy.engage() = "Retain";
    c.volume_binding_mode.engage() = "WaitForFirstConsumer";
    c.allow_volume_expansion = true;
    c.metadata.annotations["storageclass.kubernetes.io/is-default-class"] = "true";
    CHECK(cells_of(k, c) ==
          words{"slow (default)", "example.com/disk", "Retain", "WaitForFirstConsumer", "true", "100s"});
}
