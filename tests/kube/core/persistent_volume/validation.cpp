/// \file
/// Which volumes are refused.

#include "../../complaints.hpp"

#include <berth/kube/core/persistent_volume/defaults.hpp>
#include <berth/kube/core/persistent_volume/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto sound() -> kube::persistent_volume {
    auto v = named<kube::persistent_volume>();
    v.spec.capacity["storage"] = quantity("1Gi");
    v.spec.access_modes = {"ReadWriteOnce"};
    v.spec.host_path.engage().path = "/data";
    v.spec.host_path->type = std::string();
    set_defaults(v);
    return v;
}

} // namespace

TEST_CASE("a volume has room, modes and one source") {
    CHECK(complaints(sound()).empty());
    CHECK(complaints(named<kube::persistent_volume>()) ==
          lines{"spec.accessModes: Required value", "spec.capacity: Required value",
                "spec.capacity: Unsupported value: null: supported values: \"storage\"",
                "spec: Required value: must specify a volume type"});
    auto v = sound();
    v.spec.access_modes = {"ReadWriteOnce", "ReadWriteOncePod"};
    v.spec.capacity["storage"] = quantity("0");
    v.spec.csi.engage();
    v.spec.node_affinity.engage();
    v.spec.volume_attributes_class_name = std::string();
    CHECK(complaints(v) ==
          lines{"spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes",
                "spec.capacity[storage]: Invalid value: \"0\": must be greater than zero",
                "spec.nodeAffinity.required: Required value: must specify required node constraints",
                "spec.csi: Forbidden: may not specify more than 1 volume type",
                "spec.volumeAttributesClassName: Required value: an empty string is disallowed"});
    v = sound();
    v.spec.host_path->path = "/";
    v.spec.persistent_volume_reclaim_policy = "Recycle";
    CHECK(complaints(v) ==
          lines{"spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath "
                "mount of '/'"});
}

TEST_CASE("the source of a volume stays, and its nodes once it has some") {
    auto now = sound();
    now.spec.storage_class_name = "fast";
    CHECK(complaints(now, sound()).empty());
    now.spec.host_path->path = "/other";
    auto const said = complaints(now, sound());
    REQUIRE(said.size() == 1);
    CHECK(said[0].starts_with(
        "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable "
        "after creation\n@@ "));
    auto before = sound();
    before.spec.node_affinity.engage();
    CHECK(complaints(sound(), before) ==
          lines{"nodeAffinity: Invalid value: null: field is immutable, except for "
                "updating from beta label to GA"});
}
