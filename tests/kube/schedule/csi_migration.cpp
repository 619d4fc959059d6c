/// \file
/// Volumes of clouds whose code was once in Kubernetes.

#include "volume_world.hpp"

#include <berth/kube/schedule/csi_migration.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a disk in old words is one of a driver, the same in a pod and in a volume") {
    auto v = kube::volume();
    CHECK_FALSE(kube::migrated(v).has_value());
    v.aws_elastic_block_store.engage().volume_id = "aws://zone-a/vol-1";
    auto pv = kube::persistent_volume_spec();
    pv.aws_elastic_block_store.engage().volume_id = "vol-1";
    auto const in_pod = kube::migrated(v);
    auto const in_volume = kube::migrated(pv);
    REQUIRE(in_pod.has_value());
    REQUIRE(in_volume.has_value());
    CHECK(in_pod->by.driver == "ebs.csi.aws.com");
    CHECK(in_pod->handle == "vol-1");
    CHECK(in_volume->handle == "vol-1");
}

TEST_CASE("each plugin of old has a driver, and others have none") {
    for (auto const* const plugin : {"aws-ebs", "gce-pd", "azure-disk", "cinder", "portworx-volume"}) {
        auto const* const by = kube::replacement_of("kubernetes.io/" + std::string(plugin));
        REQUIRE(by != nullptr);
        CHECK_FALSE(by->driver.empty());
    }
    CHECK(kube::replacement_of("kubernetes.io/nfs") == nullptr);
    CHECK(kube::replacement_of("") == nullptr);
}

TEST_CASE("a node tells which plugins its drivers stand for") {
    auto const* const annotation = "storage.alpha.kubernetes.io/migrated-plugins";
    using plugins = std::set<std::string_view>;
    auto n = make_csi_node("n");
    CHECK(kube::plugins_replaced_on(n.done()).empty());
    n.annotation(annotation, "kubernetes.io/aws-ebs,kubernetes.io/gce-pd");
    CHECK(kube::plugins_replaced_on(n.done()) == plugins{"kubernetes.io/aws-ebs", "kubernetes.io/gce-pd"});
}
