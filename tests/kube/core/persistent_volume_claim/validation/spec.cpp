/// \file
/// What a claim for a volume asks for: what is refused, where and in which words.

#include "../../../complaints.hpp"

#include <berth/kube/core/persistent_volume_claim/validation/spec.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto told(kube::persistent_volume_claim_spec const& s) -> lines {
    return said_by([&](auto& errors) { kube::detail::validate_claim_spec(s, api::field_path("c"), errors); });
}

} // namespace

TEST_CASE("a claim asks for storage and a way to use it") {
    auto s = kube::persistent_volume_claim_spec();
    CHECK(told(s) == lines{"c.accessModes: Required value: at least 1 access mode is required",
                           "c.resources[storage]: Required value"});
    s.access_modes = {"ReadWriteOnce"};
    s.resources.requests["storage"] = quantity("1Gi");
    CHECK(told(s).empty());
    s.resources.requests["storage"] = quantity("-1");
    CHECK(told(s) == lines{"c.resources[storage]: Invalid value: \"-1\": must be greater than or equal to 0",
                           "c.resources[storage]: Invalid value: \"-1\": must be greater than zero"});
}

TEST_CASE("a volume for one pod is for one pod only") {
    auto s = kube::persistent_volume_claim_spec();
    s.resources.requests["storage"] = quantity("1Gi");
    s.access_modes = {"ReadWriteOncePod", "ReadOnlyMany"};
    CHECK(told(s) == lines{"c.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes"});
    s.access_modes = {"Write"};
    CHECK(told(s)[0].starts_with("c.accessModes: Unsupported value: \"Write\""));
}

TEST_CASE("a template for claims has labels and annotations only") {
    auto t = kube::persistent_volume_claim_template();
    t.spec.access_modes = {"ReadWriteOnce"};
    t.spec.resources.requests["storage"] = quantity("1Gi");
    t.metadata.labels["a"] = "b";
    t.metadata.name = "n";
    CHECK(said_by([&](auto& errors) {
              kube::detail::validate_claim_template(t, api::field_path("t"), errors);
          }) == lines{"t.metadata.name: Forbidden: cannot be set"});
}
