/// \file
/// Pods: what is refused at birth, where and in which words.

#include "../../core/pod/sound_pod.hpp"

#include <berth/kube/core/pod/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a pod with defaults is sound") { CHECK(complaints(sound_pod()).empty()); }

TEST_CASE("a pod needs a container, and a container a name and an image") {
    auto p = sound_pod();
    p.spec.containers.clear();
    CHECK(complaints(p) == lines{"spec.containers: Required value"});
    p = sound_pod();
    p.spec.containers[0].name.clear();
    p.spec.containers[0].image.clear();
    CHECK(complaints(p) ==
          lines{"spec.containers[0].name: Required value", "spec.containers[0].image: Required value"});
}
