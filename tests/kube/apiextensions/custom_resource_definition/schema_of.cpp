/// \file
/// The schema of a version, if it has one.

#include "definitions.hpp"

#include <berth/kube/apiextensions/custom_resource_definition/schema_of.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using namespace test;

TEST_CASE("a version has the schema that it was given, or none") {
    CHECK(kube::schema_of(version_with("v1", true, R"({"type":"object"})"))->at("type") == "object");
    CHECK_FALSE(kube::schema_of(version_with("v1", true, "[]")));
    CHECK_FALSE(kube::schema_of(version_with("v1", true, "{")));
    CHECK_FALSE(kube::schema_of(kube::custom_resource_version()));
}
