/// \file
/// Storage drivers whose manifests say little.

#include <berth/kube/storage/csi_driver/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("volumes of a driver are attached and outlive pods, unless it says otherwise") {
    auto d = kube::csi_driver();
    set_defaults(d);
    CHECK(d.spec.attach_required == true);
    CHECK(d.spec.pod_info_on_mount == false);
    CHECK(d.spec.storage_capacity == false);
    CHECK(d.spec.requires_republish == false);
    CHECK(d.spec.se_linux_mount == false);
    CHECK(*d.spec.fs_group_policy == "ReadWriteOnceWithFSType");
    CHECK(d.spec.volume_lifecycle_modes == std::vector<std::string>{"Persistent"});
    d.spec.volume_lifecycle_modes = {"Ephemeral"};
    set_defaults(d);
    CHECK(d.spec.volume_lifecycle_modes == std::vector<std::string>{"Ephemeral"});
}
