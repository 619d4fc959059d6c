/// \file
/// What the writer of a claim is warned of.

#include "../../complaints.hpp"

#include <berth/kube/core/persistent_volume_claim/warnings.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("old annotations and parts of bytes are told of") {
    auto c = kube::persistent_volume_claim();
    c.spec.resources.requests["storage"] = quantity("1Gi");
    CHECK(warnings_of(c, nullptr).empty());
    c.spec.resources.requests["storage"] = quantity("1500m");
    c.metadata.annotations["volume.beta.kubernetes.io/storage-class"] = "x";
    auto const said = warnings_of(c, nullptr);
    REQUIRE(said.size() == 2);
    CHECK(said[1] ==
          "spec.resources.requests[storage]: fractional byte value \"1500m\" is invalid, must be an integer");
}
