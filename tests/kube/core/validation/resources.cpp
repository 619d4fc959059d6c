/// \file
/// Amounts of resources: what is refused, where and in which words.

#include "../../core/pod/sound_pod.hpp"

#include <berth/kube/core/validation/resources.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a request is at most its limit, and equal for what cannot be shared") {
    auto p = sound_pod();
    auto& r = p.spec.containers[0].resources;
    r.requests["memory"] = quantity("64Mi");
    r.limits["memory"] = quantity("32Mi");
    r.requests["example.com/gpu"] = quantity("1");
    r.limits["example.com/gpu"] = quantity("2");
    CHECK(
        complaints(p) ==
        lines{"spec.containers[0].resources.requests: Invalid value: \"1\": must be equal to "
              "example.com/gpu limit of 2",
              "spec.containers[0].resources.requests: Invalid value: \"64Mi\": must be less than or equal to "
              "memory "
              "limit of 32Mi"});
}

TEST_CASE("names of resources are standard or qualified") {
    auto p = sound_pod();
    p.spec.containers[0].resources.requests["Memory"] = quantity("1");
    CHECK(complaints(p) ==
          lines{"spec.containers[0].resources.requests[Memory]: Invalid value: \"Memory\": must be a "
                "standard resource type or fully qualified",
                "spec.containers[0].resources.requests[Memory]: Invalid value: \"Memory\": must be a "
                "standard resource for containers"});
}
