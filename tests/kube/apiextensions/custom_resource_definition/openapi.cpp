/// \file
/// What OpenAPI says of a custom kind.

#include "definitions.hpp"

#include <berth/api/http/openapi.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/custom_kind.hpp>
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

TEST_CASE("what extensions mean is said in plain OpenAPI too") {
    auto const member = [](char const* text) {
        auto const d = accepted_ships(schema_with(text));
        auto const schema = boost::json::parse(kube::custom_openapi(d, d.spec.versions.front()));
        return schema.at("properties").at("spec").at("properties").at("a");
    };
    auto const either = boost::json::parse(R"([{"type":"integer"},{"type":"string"}])");
    CHECK(member(R"({"x-kubernetes-int-or-string":true})").at("anyOf") == either);
    auto const twice =
        member(R"({"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},{"type":"string"}]})");
    CHECK(twice.at("anyOf") == either);
    CHECK_FALSE(twice.get_object().contains("allOf"));
    CHECK(member(R"({"x-kubernetes-int-or-string":true,"anyOf":[{"minimum":1}]})")
              .at("allOf")
              .at(0)
              .at("anyOf") == either);
    auto const embedded =
        member(R"({"type":"array","items":{"type":"object","x-kubernetes-embedded-resource":true,)"
               R"("required":["kind"]}})")
            .at("items");
    CHECK(embedded.at("required") == boost::json::parse(R"(["kind","apiVersion"])"));
    CHECK(embedded.at("properties").at("kind").at("description").get_string().starts_with("kind is"));
}

TEST_CASE("fields that selectors may name are told") {
    auto d = accepted_ships(schema_with(R"({"type":"integer"})"));
    CHECK(kube::custom_openapi(d, d.spec.versions.front()).find("selectable") == std::string::npos);
    d.spec.versions.front().selectable_fields.emplace_back().json_path = ".spec.a";
    auto const schema = boost::json::parse(kube::custom_openapi(d, d.spec.versions.front()));
    CHECK(schema.at("x-kubernetes-selectable-fields") == boost::json::parse(R"([{"fieldPath":"spec.a"}])"));
}

TEST_CASE("a document of custom kinds is whole, and offers no strategic merge patches") {
    auto d = accepted_ships(schema_with(R"({"type":"object","x-kubernetes-embedded-resource":true})"));
    d.spec.versions.front().selectable_fields.emplace_back().json_path = ".spec.a";
    auto kinds = api::registry();
    for (auto& k : kube::custom_kinds_of(d)) kinds.replace(std::move(k));
    auto const text = api::http::openapi_text(kinds, "sea.example.org", "v1");
    auto const schemas = boost::json::parse(text).at_pointer("/components/schemas").as_object();
    constexpr std::string_view mark = "#/components/schemas/";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
        auto const from = at + mark.size();
        CHECK(schemas.contains(text.substr(from, text.find('"', from) - from)));
    }
    CHECK(text.find("merge-patch+json") != std::string::npos);
    CHECK(text.find("strategic") == std::string::npos);
    CHECK(
        schemas.at("org.example.sea.v1.ShipList").at_pointer("/x-kubernetes-selectable-fields/0/fieldPath") ==
        "spec.a");
}
