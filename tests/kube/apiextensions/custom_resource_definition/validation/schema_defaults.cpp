/// \file
/// Defaults must be valid themselves.

#include "../definitions.hpp"

#include <berth/kube/apiextensions/custom_resource_definition/validation/schema_defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using namespace test;

namespace {

auto problems(std::string const& member) -> std::string {
    auto const s = parsed_schema(R"({"type":"object","properties":{"a":)" + member + "}}");
    auto errors = api::field_errors();
    kube::validate_schema_defaults(s.view(), true, api::field_path("s"), errors);
    return told(errors);
}

} // namespace

TEST_CASE("a default fits its schema") {
    CHECK(problems(R"({"type":"integer","default":1})").empty());
    CHECK(
        problems(R"({"type":"integer","default":"x"})") ==
        "s.properties[a].default: Invalid value: \"string\":  in body must be of type integer: \"string\"\n");
    CHECK(
        problems(R"({"type":"object","properties":{"b":{"type":"string"}},"required":["b"],"default":{}})") ==
        "s.properties[a].default.b: Required value\n");
}

TEST_CASE("a default has no unknown fields") {
    auto const loose = R"({"type":"object","properties":{"b":{"type":"string"}},"default":{"c":1}})";
    CHECK(problems(loose) ==
          "s.properties[a].default: Invalid value: {\"c\":1}: must not have unknown fields\n");
    CHECK(kube::has_unpruned_defaults(parsed_schema(loose).view()));
}
