/// \file
/// Where volumes are: what is refused, where and in which words.

#include "../../../complaints.hpp"

#include <berth/kube/core/persistent_volume/validation/source.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto place(kube::persistent_volume_spec const& s) -> lines {
    auto const at = api::field_path("spec");
    return said_by([&](auto& errors) { kube::detail::validate_volume_place(s, at, errors); });
}

} // namespace

TEST_CASE("a volume is in one place") {
    auto s = kube::persistent_volume_spec();
    CHECK(place(s) == lines{"spec: Required value: must specify a volume type"});
    s.nfs.engage().server = "s";
    s.nfs->path = "/p";
    CHECK(place(s).empty());
    s.host_path.engage().path = "/data";
    s.host_path->type.engage() = "";
    CHECK(place(s) == lines{"spec.nfs: Forbidden: may not specify more than 1 volume type"});
}

TEST_CASE("a disk of a node says which nodes") {
    auto s = kube::persistent_volume_spec();
    s.local.engage().path = "/a/../b";
    CHECK(place(s) == lines{"spec.local.path: Invalid value: \"/a/../b\": must not contain '..'",
                            "spec.nodeAffinity: Required value: Local volume requires node affinity"});
}

TEST_CASE("a volume of a driver names it, itself and its secrets") {
    auto s = kube::persistent_volume_spec();
    s.csi.engage().driver = "d.example.com";
    s.csi->node_stage_secret_ref.engage().name = "A";
    auto const told = place(s);
    REQUIRE(told.size() == 3);
    CHECK(told[0] == "spec.csi.volumeHandle: Required value");
    CHECK(told[1].starts_with("spec.csi.nodeStageSecretRef.name: Invalid value: \"A\""));
    CHECK(told[2] == "spec.csi.nodeStageSecretRef.namespace: Required value");
}

TEST_CASE("volumes of old times say what they need") {
    auto s = kube::persistent_volume_spec();
    s.iscsi.engage().chap_auth_session = true;
    CHECK(place(s) == lines{"spec.iscsi.targetPortal: Required value", "spec.iscsi.iqn: Required value",
                            "spec.iscsi.secretRef: Required value"});
    auto g = kube::persistent_volume_spec();
    g.glusterfs.engage().endpoints_namespace.engage();
    CHECK(place(g).size() >= 3);
    auto r = kube::persistent_volume_spec();
    r.rbd.engage();
    CHECK(place(r) == lines{"spec.rbd.monitors: Required value", "spec.rbd.image: Required value"});
}
