/// \file
/// What writers of a volume are warned of.

#include <berth/kube/core/persistent_volume/warnings.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("a volume is warned of what is of old times") {
    auto v = kube::persistent_volume();
    CHECK(warnings_of(v).empty());
    v.metadata.annotations["volume.beta.kubernetes.io/storage-class"] = "slow";
    v.spec.persistent_volume_reclaim_policy = "Recycle";
    v.spec.rbd.engage();
    CHECK(warnings_of(v) ==
          std::vector<std::string>{
              "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use "
              "\"storageClassName\" attribute instead",
              "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the "
              "recommended approach is to use dynamic provisioning.",
              "spec.rbd: deprecated in v1.28, non-functional in v1.31+"});
}
