/// \file
/// Mounts of volumes: what is refused, where and in which words.

#include "../../../core/pod/sound_pod.hpp"

#include <berth/kube/core/pod/validation/mounts.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("only sound volumes can be mounted") {
    auto p = sound_pod();
    auto& v = p.spec.volumes.emplace_back();
    v.name = "v";
    v.config_map = kube::config_map_volume_source{};
    auto& m = p.spec.containers[0].volume_mounts.emplace_back();
    m.name = "v";
    m.mount_path = "/v";
    CHECK(complaints(p) == lines{"spec.volumes[0].configMap.name: Required value",
                                 "spec.containers[0].volumeMounts[0].name: Not found: \"v\""});
    p.spec.volumes[0].config_map->name = "c";
    CHECK(complaints(p).empty());
    p.spec.volumes[0].empty_dir = kube::empty_dir_volume_source{};
    CHECK(complaints(p)[0] ==
          "spec.volumes[0].configMap: Forbidden: may not specify more than 1 volume type");
}

TEST_CASE("two volumes are not mounted on one path") {
    auto p = sound_pod();
    p.spec.volumes.emplace_back().name = "v";
    set_defaults(p);
    auto& m = p.spec.containers[0].volume_mounts;
    m.resize(2);
    m[0].name = m[1].name = "v";
    m[0].mount_path = m[1].mount_path = "/v";
    CHECK(complaints(p) ==
          lines{"spec.containers[0].volumeMounts[1].mountPath: Invalid value: \"/v\": must be unique"});
}
