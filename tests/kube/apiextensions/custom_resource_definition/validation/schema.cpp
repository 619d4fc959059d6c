/// \file
/// Schemas must be structural.

#include "../definitions.hpp"

#include <berth/kube/apiextensions/custom_resource_definition/validation/schema.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using namespace test;

namespace {

/// What is wrong with the schema of a member `a`, or of the root.
auto root_problems(std::string const& text, bool status = false) -> std::string {
    auto const s = parsed_schema(text);
    auto errors = api::field_errors();
    kube::validate_schema(s.view(), status, {}, api::field_path("s"), errors);
    return told(errors);
}
auto problems(std::string const& member) -> std::string {
    return root_problems(R"({"type":"object","properties":{"a":)" + member + "}}");
}

} // namespace

TEST_CASE("everything has a type, the root that of an object") {
    CHECK(problems("{}") ==
          "s.properties[a].type: Required value: must not be empty for specified object fields\n");
    CHECK(root_problems("{}") == "s.type: Required value: must not be empty at the root\n");
    CHECK(root_problems(R"({"type":"string"})") ==
          "s.type: Invalid value: \"string\": must be object at the root\n");
    CHECK(problems(R"({"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},{"type":"string"}]})")
              .empty());
    CHECK(problems(R"({"type":"array"})") == "s.properties[a].items: Required value: must be specified\n");
}

TEST_CASE("alternatives say what is allowed, not what there is") {
    CHECK(problems(R"({"type":"object","properties":{"b":{"type":"string"}},
                       "anyOf":[{"properties":{"b":{"type":"string"}}}]})") ==
          "s.properties[a].anyOf[0].properties[b].type: Forbidden: must be empty to be structural\n");
    CHECK(root_problems(R"({"type":"object","allOf":[{"properties":{"b":{"minLength":1}}}]})") ==
          "s.properties[b]: Required value: because it is defined in s.allOf[0].properties[b]\n");
}

TEST_CASE("lists that are maps have keys that are there") {
    CHECK(problems(R"({"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"],
                       "items":{"type":"object","properties":{"k":{"type":"string"}}}})") ==
          "s.properties[a].items.properties[k].default: Required value: this property is in "
          "x-kubernetes-list-map-keys, so it must have a default or be a required property\n");
    CHECK(problems(R"({"type":"string","x-kubernetes-list-type":"set"})") ==
          "s.properties[a].type: Invalid value: \"string\": must be array if "
          "x-kubernetes-list-type is specified\n");
}

TEST_CASE("what is not supported is told alone") {
    CHECK(problems(R"({"$ref":"x"})") == "s.properties[a].$ref: Forbidden: $ref is not supported\n");
    CHECK(root_problems(R"({"$schema":"x","type":"object"})") ==
          "s: Invalid value: \"\": OpenAPIV3Schema 'schema' is not supported\n");
}

TEST_CASE("patterns are compiled, rules looked at") {
    CHECK(problems(R"({"type":"string","pattern":"("})").find("must be a valid regular expression") !=
          std::string::npos);
    CHECK(problems(R"({"type":"string","x-kubernetes-validations":[{"rule":" "}]})") ==
          "s.properties[a].x-kubernetes-validations[0].rule: Required value: rule is not specified\n");
}

TEST_CASE("of objects with a status, the root says little") {
    CHECK(root_problems(R"({"type":"object","minProperties":1})").empty());
    CHECK(root_problems(R"({"type":"object","minProperties":1})", true)
              .find("fields are allowed at the root") != std::string::npos);
}

TEST_CASE("metadata can only be restricted in their names") {
    CHECK(root_problems(R"({"type":"object","properties":{"metadata":{"type":"object",
                            "properties":{"name":{"type":"string","maxLength":9}}}}})")
              .empty());
    CHECK(
        root_problems(R"({"type":"object","properties":{"metadata":{"type":"object",
                            "properties":{"labels":{"type":"object"}}}}})") ==
        "s.properties[metadata]: Forbidden: must not specify anything other than name and generateName, but "
        "metadata is implicitly specified\n");
}
