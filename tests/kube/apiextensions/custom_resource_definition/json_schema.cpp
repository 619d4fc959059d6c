/// \file
/// Schemas are read as strictly as the rest of a definition.

#include "definitions.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace berth;
using namespace test;

namespace {

auto normalized(char const* text, std::vector<std::string>* unknown = nullptr) -> std::string {
    auto value = boost::json::parse(text);
    auto gone = object::told_paths();
    if (auto ok = kube::normalize_schema(value, "s", gone); !ok) return ok.error().message;
    if (unknown != nullptr) *unknown = std::move(gone).paths();
    return boost::json::serialize(value);
}

} // namespace

TEST_CASE("what is no keyword goes and is told, but not below items and additionalProperties") {
    auto unknown = std::vector<std::string>();
    CHECK(normalized(R"({"type":"object","hue":1,)"
                     R"("properties":{"a":{"type":"array","items":{"type":"string","hue":2}}}})",
                     &unknown) ==
          R"({"type":"object","properties":{"a":{"type":"array","items":{"type":"string"}}}})");
    CHECK(unknown == std::vector<std::string>{"s.hue"});
}

TEST_CASE("a schema in a list or a map that is null says nothing") {
    CHECK(normalized(R"({"properties":{"a":null},"allOf":[null]})") ==
          R"({"properties":{"a":{}},"allOf":[{}]})");
}

TEST_CASE("what occurs twice is told but below what Go reads with a decoder of its own") {
    for (auto const* const strict :
         {"type", "properties.a.type", "properties.items.type", "allOf[0].not.properties.a.items", "items",
          "additionalProperties", "properties.a.enum", "dependencies.a", "externalDocs.url", "hue.items.x"})
        CHECK(kube::is_strict_in_schema(strict));
    for (auto const* const lenient :
         {"items.type", "items[0].type", "additionalProperties.properties.a", "properties.a.items.type",
          "additionalItems.type", "default.a", "enum[1].a", "dependencies.a.type", "example.a"})
        CHECK_FALSE(kube::is_strict_in_schema(lenient));
}

TEST_CASE("what says nothing goes") {
    CHECK(
        normalized(R"({"type":"","nullable":false,"required":[],"properties":{},"enum":[null],"default":null,
                         "additionalProperties":false,"x-kubernetes-preserve-unknown-fields":false})") ==
        R"({"enum":[null],"additionalProperties":false,"x-kubernetes-preserve-unknown-fields":false})");
}

TEST_CASE("values of the wrong form are refused") {
    CHECK(normalized(R"({"type":5})") ==
          "json: cannot unmarshal value into Go struct field s.type of type string");
    CHECK(normalized(R"({"maxLength":1.5})") ==
          "json: cannot unmarshal value into Go struct field s.maxLength of type int64");
}

TEST_CASE("schemas inside are found, wherever they are") {
    auto const s = parsed_schema(R"({"properties":{"a":{"items":{"allOf":[{"not":{"format":"x"}}]}}}})");
    CHECK(s.view().any([](kube::json_schema const& one) { return one.text("format") == "x"; }));
    CHECK_FALSE(s.view().any([](kube::json_schema const& one) { return one.text("format") == "y"; }));
    CHECK(s.view().property("a")->schema("items")->list("allOf").size() == 1);
}
