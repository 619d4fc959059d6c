/// \file
/// Names, versions, columns, subresources and conversion of a definition.

#include "../definitions.hpp"

#include <berth/kube/apiextensions/custom_resource_definition/validation/spec.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using namespace test;

namespace {

auto problems(kube::custom_resource_definition const& d) -> std::string {
    auto errors = api::field_errors();
    kube::validate_spec(d.spec, {}, errors);
    return told(errors);
}

auto with_two_versions() -> kube::custom_resource_definition {
    auto d = ships();
    d.spec.versions.push_back(version_with("v2", false, schema_with(R"({"type":"string"})")));
    return d;
}

} // namespace

TEST_CASE("what all versions say alike is blamed once") {
    auto d = ships(schema_with(R"({"type":"wrong"})"));
    CHECK(problems(d).starts_with(
        "spec.validation.openAPIV3Schema.properties[spec].properties[a].type: Unsupported"));
    d.spec.versions.push_back(version_with("v2", false, schema_with(R"({"type":"string"})")));
    CHECK(problems(d).starts_with(
        "spec.versions[0].schema.openAPIV3Schema.properties[spec].properties[a].type: Unsupported"));
}

TEST_CASE("one version is stored, and each has a name of its own") {
    auto d = with_two_versions();
    CHECK(problems(d).empty());
    d.spec.versions[1].storage = true;
    CHECK(problems(d).find("must have exactly one version marked as storage version") != std::string::npos);
    d.spec.versions[1].storage = false;
    d.spec.versions[1].name = "v1";
    CHECK(problems(d).find("must contain unique version names") != std::string::npos);
}

TEST_CASE("columns, scales and selectable fields point into objects") {
    auto d = with_two_versions();
    auto& v = d.spec.versions[0];
    auto& column = v.additional_printer_columns.emplace_back();
    column.name = "Size";
    column.type = "list";
    column.json_path = "spec.size";
    v.subresources.engage().scale.engage().spec_replicas_path = ".status.n";
    v.selectable_fields.emplace_back().json_path = ".spec.none";
    v.selectable_fields.emplace_back().json_path = ".spec.a";
    CHECK(problems(d) ==
          "spec.versions[0].subresources.scale.specReplicasPath: Invalid value: \".status.n\": should be "
          "a json "
          "path under .spec\n"
          "spec.versions[0].subresources.scale.statusReplicasPath: Required value\n"
          "spec.versions[0].additionalPrinterColumns[0].type: Invalid value: \"list\": must be one of "
          "boolean,date,integer,number,string\n"
          "spec.versions[0].additionalPrinterColumns[0].JSONPath: Invalid value: \"spec.size\": must be a "
          "simple "
          "json path starting with .\n"
          "spec.versions[0].selectableFields[0].jsonPath: Invalid value: \".spec.none\": is an invalid "
          "path: does "
          "not refer to a valid field\n");
}

TEST_CASE("only deprecated versions warn, in characters that can be printed") {
    auto d = ships();
    auto& v = d.spec.versions[0];
    v.deprecation_warning.engage() = "old";
    CHECK(problems(d) ==
          "spec.versions[0].deprecationWarning: Invalid value: \"old\": can only be set for deprecated "
          "versions\n");
    v.deprecated = true;
    CHECK(problems(d).empty());
    *v.deprecation_warning = "tab\there";
    CHECK(problems(d).ends_with("non-printable character found at index 3\n"));
}

TEST_CASE("conversion by webhook says whom to ask") {
    auto d = ships();
    d.spec.conversion.engage().strategy = "Webhook";
    CHECK(problems(d) ==
          "spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook\n"
          "spec.conversion.conversionReviewVersions: Required value\n");
    auto& webhook = d.spec.conversion->webhook.engage();
    webhook.conversion_review_versions = {"v9"};
    webhook.client_config.engage().url.engage() = "http://example.org/x";
    CHECK(
        problems(d) ==
        "spec.conversion.webhookClientConfig.url: Invalid value: \"http\": 'https' is the only allowed URL "
        "scheme; desired format: https://host[/path]\n"
        "spec.conversion.conversionReviewVersions: Invalid value: [\"v9\"]: must include at least one of v1, "
        "v1beta1\n");
}
