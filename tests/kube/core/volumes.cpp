/// \file
/// What volumes and claims for them have in common.

#include <berth/kube/core/volumes.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("a claim or volume tells its class, or in old times by an annotation") {
    auto c = kube::persistent_volume_claim();
    CHECK(storage_class_of(c).empty());
    c.spec.storage_class_name.engage() = "new";
    CHECK(storage_class_of(c) == "new");
    c.metadata.annotations["volume.beta.kubernetes.io/storage-class"] = "old";
    CHECK(storage_class_of(c) == "old");
    auto v = kube::persistent_volume();
    v.spec.storage_class_name = "new";
    CHECK(storage_class_of(v) == "new");
    v.metadata.annotations["volume.beta.kubernetes.io/storage-class"] = "";
    CHECK(storage_class_of(v).empty());
}

TEST_CASE("a volume is meant for the claim that it names, by its uid if it tells that") {
    auto c = kube::persistent_volume_claim();
    c.metadata.namespace_ = "default";
    c.metadata.name = "c";
    c.metadata.uid = "1";
    auto v = kube::persistent_volume();
    CHECK(!kube::is_meant_for(v, c));
    auto& ref = v.spec.claim_ref.engage();
    ref.namespace_ = "default";
    ref.name = "c";
    CHECK(kube::is_meant_for(v, c));
    ref.uid = "2";
    CHECK(!kube::is_meant_for(v, c));
    ref.uid = "1";
    CHECK(kube::is_meant_for(v, c));
    CHECK_FALSE(kube::bound_to(v, c).has_value());
}

TEST_CASE("a volume must have all the modes that a claim wants, and be of its sort") {
    auto c = kube::persistent_volume_claim();
    auto v = kube::persistent_volume();
    v.spec.access_modes = {"ReadWriteOnce", "ReadOnlyMany"};
    c.spec.access_modes = {"ReadOnlyMany"};
    CHECK(kube::has_access_modes(v, c));
    c.spec.access_modes = {"ReadOnlyMany", "ReadWriteMany"};
    CHECK(!kube::has_access_modes(v, c));
    CHECK(kube::has_volume_mode(v, c));
    v.spec.volume_mode.engage() = "Filesystem";
    CHECK(kube::has_volume_mode(v, c));
    c.spec.volume_mode.engage() = "Block";
    CHECK(!kube::has_volume_mode(v, c));
    CHECK(kube::has_attributes_class(v, c));
    c.spec.volume_attributes_class_name.engage() = "gold";
    CHECK(!kube::has_attributes_class(v, c));
}

TEST_CASE("a claim may say that it wants no class") {
    auto c = kube::persistent_volume_claim();
    CHECK(!kube::has_storage_class(c));
    c.spec.storage_class_name.engage() = "";
    CHECK(kube::has_storage_class(c));
}

TEST_CASE("access modes are shown in short, each once, in one order") {
    CHECK(kube::shown_access_modes({}).empty());
    CHECK(kube::shown_access_modes({"ReadWriteMany", "ReadWriteOnce", "ReadWriteMany", "Other"}) ==
          "RWO,RWX");
    CHECK(kube::shown_access_modes({"ReadWriteOncePod", "ReadOnlyMany"}) == "ROX,RWOP");
}

TEST_CASE("storage is shown as it was written") {
    auto r = kube::resource_list();
    CHECK(kube::shown_storage(r) == "0");
    r["storage"] = object::quantity::parse("1024Mi").value();
    CHECK(kube::shown_storage(r) == "1Gi");
}
