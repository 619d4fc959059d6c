/// \file
/// Volumes of pods: what is refused, where and in which words.

#include "../../../core/pod/sound_pod.hpp"

#include <berth/kube/core/pod/validation/volumes.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("volumes have different names, and are something") {
    auto p = sound_pod();
    p.spec.volumes.resize(2);
    p.spec.volumes[0].name = p.spec.volumes[1].name = "v";
    p.spec.volumes[0].empty_dir.engage();
    CHECK(complaints(p) == lines{"spec.volumes[1]: Required value: must specify a volume type",
                                 "spec.volumes[1].name: Duplicate value: \"v\""});
}

TEST_CASE("paths of the host do not climb") {
    auto p = sound_pod();
    auto& v = p.spec.volumes.emplace_back();
    v.name = "v";
    v.host_path.engage().path = "/a/../b";
    v.host_path->type.engage() = "Cupboard";
    auto const told = complaints(p);
    REQUIRE(told.size() == 2);
    CHECK(told[0] == "spec.volumes[0].hostPath.path: Invalid value: \"/a/../b\": must not contain '..'");
    CHECK(told[1].starts_with("spec.volumes[0].hostPath.type: Unsupported value: \"Cupboard\""));
}
