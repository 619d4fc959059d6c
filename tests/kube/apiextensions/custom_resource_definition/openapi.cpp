/// \file
/// What OpenAPI says of a custom kind.

#include "definitions.hpp"

#include <berth/kube/apiextensions/custom_resource_definition/openapi.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using namespace test;

TEST_CASE("the schema is the one of the definition, with what all objects have") {
    auto const d = accepted_ships(schema_with(R"({"type":"object","x-kubernetes-embedded-resource":true})"));
    auto const schema = boost::json::parse(kube::custom_openapi(d, d.spec.versions.front()));
    auto const& properties = schema.at("properties");
    CHECK(properties.at("metadata").at("allOf").at(0).at("$ref") ==
          "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
    CHECK(properties.at("spec").at("properties").at("a").at("properties").get_object().contains("kind"));
    CHECK(schema.at("x-kubernetes-group-version-kind").at(0).at("kind") == "Ship");
}
