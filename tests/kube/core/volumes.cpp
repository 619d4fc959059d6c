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
