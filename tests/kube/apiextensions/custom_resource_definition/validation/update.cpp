/// \file
/// How definitions may change.

#include "../definitions.hpp"

#include <berth/kube/apiextensions/custom_resource_definition/conditions.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/update.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using namespace test;

namespace {

auto problems(kube::custom_resource_definition const& now, kube::custom_resource_definition const& before)
    -> std::string {
    auto errors = api::field_errors();
    kube::validate_update(now, before, errors);
    return told(errors);
}

} // namespace

TEST_CASE("once established, kind and scope stay") {
    auto before = ships();
    auto now = before;
    now.spec.scope = "Cluster";
    now.spec.names.kind = "Boat";
    CHECK(problems(now, before).empty());
    before = kube::with_accepted_names(before, {}, time_point{});
    now.status = before.status;
    CHECK(problems(now, before) == "spec.scope: Invalid value: \"Cluster\": field is immutable\n"
                                   "spec.names.kind: Invalid value: \"Boat\": field is immutable\n");
}

TEST_CASE("group and plural stay from the beginning") {
    auto now = ships();
    now.spec.names.plural = "boats";
    CHECK(problems(now, ships()) == "spec.names.plural: Invalid value: \"boats\": field is immutable\n");
}

TEST_CASE("what was accepted once is accepted again") {
    auto const loose = R"({"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"],
                           "items":{"type":"object","properties":{"k":{"type":"string"}}}})";
    auto const before = ships(schema_with(loose));
    auto now = before;
    now.spec.names.short_names = {"sh"};
    CHECK(problems(now, before).empty());
    CHECK_FALSE(problems(now, ships()).empty());
}
