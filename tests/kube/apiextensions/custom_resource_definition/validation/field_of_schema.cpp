/// \file
/// Paths into schemas.

#include "../definitions.hpp"

#include <berth/kube/apiextensions/custom_resource_definition/validation/field_of_schema.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using namespace test;

TEST_CASE("a path leads to a field or not") {
    auto const s = parsed_schema(R"({"properties":{"spec":{"properties":{"a b":{"type":"string"}},
        "additionalProperties":{"type":"integer"}}}})");
    auto const at = [&](char const* path, bool brackets = true) {
        auto const found = kube::find_field(s.view(), path, brackets);
        return found.problem.empty() ? std::string(found.schema->type()) : found.problem;
    };
    CHECK(at(".spec['a b']") == "string");
    CHECK(at(".spec.any") == "integer");
    CHECK(at(".spec['a b']", false) == "array notation is not allowed");
    CHECK(at(".none") == "does not refer to a valid field");
    CHECK(at("spec").starts_with("expected [ or . but got:"));
    CHECK(at("") == "does not refer to a valid field");
}
