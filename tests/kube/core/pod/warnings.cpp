/// \file
/// What writers of pods and templates are warned of.

#include "../../core/pod/sound_pod.hpp"

#include <berth/kube/core/pod/warnings.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("doubtful pods are warned of") {
    auto p = sound_pod();
    p.spec.containers[0].env.resize(2);
    p.spec.containers[0].env[0].name = p.spec.containers[0].env[1].name = "A";
    p.spec.containers[0].resources.requests["memory"] = quantity("100m");
    CHECK(warnings_of(p) ==
          lines{"spec.containers[0].env[1]: hides previous definition of \"A\", which may be dropped "
                "when using apply",
                "spec.containers[0].resources.requests[memory]: fractional byte value \"100m\" is invalid, "
                "must be an "
                "integer"});
    CHECK(warnings_of(p, &p).empty());
}
