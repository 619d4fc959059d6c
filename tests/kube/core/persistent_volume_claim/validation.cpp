/// \file
/// Which claims are refused.

#include "../../complaints.hpp"

#include <berth/kube/core/persistent_volume_claim/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto claim(std::string_view size, std::string phase = "Bound") -> kube::persistent_volume_claim {
    auto c = named<kube::persistent_volume_claim>();
    c.spec.access_modes = {"ReadWriteOnce"};
    c.spec.resources.requests["storage"] = quantity(size);
    c.spec.storage_class_name = std::string("fast");
    c.status.phase = std::move(phase);
    c.status.capacity["storage"] = quantity("2Gi");
    return c;
}

} // namespace

TEST_CASE("a bound claim grows, and takes back what it has not got yet") {
    CHECK(complaints(claim("4Gi"), claim("2Gi")).empty());
    CHECK(complaints(claim("3Gi"), claim("4Gi")).empty());
    CHECK(complaints(claim("1Gi"), claim("4Gi")) ==
          lines{"spec.resources.requests.storage: Forbidden: field can not be less than status.capacity"});
}

TEST_CASE("an unbound claim is given a volume and a class, and nothing else of a claim changes") {
    auto before = claim("2Gi", "Pending");
    before.spec.storage_class_name.reset();
    auto now = claim("2Gi", "Pending");
    now.spec.volume_name = "v";
    CHECK(complaints(now, before).empty());
    now.spec.access_modes = {"ReadOnlyMany"};
    auto const said = complaints(now, before);
    REQUIRE(said.size() == 1);
    CHECK(said[0] ==
          "spec: Forbidden: spec is immutable after creation except resources.requests and "
          "volumeAttributesClassName for bound claims\n@@ -1,6 +1,6 @@\n {\n  \"AccessModes\": [\n-  "
          "\"ReadWriteOnce\"\n+  \"ReadOnlyMany\"\n  ],\n  \"Selector\": null,\n  \"Resources\": {\n");
}

TEST_CASE("a claim keeps some class of attributes once it has one") {
    auto before = claim("2Gi");
    before.spec.volume_attributes_class_name = std::string("gold");
    auto now = before;
    now.spec.volume_attributes_class_name = std::string("silver");
    CHECK(complaints(now, before).empty());
    now.spec.volume_attributes_class_name.reset();
    CHECK(complaints(now, before) ==
          lines{"spec.volumeAttributesClassName: Forbidden: update from non-nil value to "
                "nil is forbidden"});
}
